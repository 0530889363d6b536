package dev.ratchet.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ratchet.testkit.Compiling;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a patch leaves alone stays the same to the last byte, and what it asks of such tasks is asked late. */
class PatchedPlanTest {
    private static final String A = "{'id': 'a', 'type': 'function', 'function': 'noop'}";
    private static final String B =
            "{'id': 'b', 'type': 'function', 'function': 'noop', 'deps': [{'task': 'a', 'port': 'x', 'when': 'output.y > 1'}]}";

    private static Plan plan(String... tasks) {
        return Compiling.plan("{'tasks': [" + String.join(",", tasks) + "]}");
    }

    private static String task(String id, String dependency) {
        return "{'id': '" + id + "', 'type': 'function', 'function': 'noop', 'deps': [" + dependency + "]}";
    }

    private static Node node(Plan plan, String id) {
        return plan.root().node(plan.root().indexOf(id));
    }

    private static Edge onlyEdge(Plan plan, String id) {
        return node(plan, id).edges().getFirst();
    }

    @Test
    void shouldKeepUntouchedNodesToTheLastByte() {
        Plan before = plan(A, B);
        String first = task("0", "{'task': 'a', 'port': 'z'}");
        Plan patched = PatchedPlan.of(before, plan(first, A, B), Set.of("0"));

        assertThat(node(patched, "a")).isEqualTo(node(before, "a"));
        assertThat(node(patched, "b")).isEqualTo(node(before, "b"));
        assertThat(node(plan(first, A, B), "a")).isNotEqualTo(node(before, "a"));
        assertThat(Plans.fromJson(Plans.toJson(patched))).isEqualTo(patched);
    }

    @Test
    void shouldAskAgainWhatIsAskedAlready() {
        Plan patched = PatchedPlan.of(plan(A, B), plan(A, B, task("c", "{'task': 'a', 'port': 'x'}")), Set.of("c"));

        assertThat(onlyEdge(patched, "c").portQuestion())
                .isEqualTo(onlyEdge(patched, "b").portQuestion());
        assertThat(node(patched, "c").late()).isEmpty();
    }

    @Test
    void shouldAskLateWhatNobodyHasAnswered() {
        String more = task("c", "{'task': 'a', 'port': 'z', 'when': 'output.y > 1'}");
        Plan patched = PatchedPlan.of(plan(A, B), plan(A, B, more), Set.of("c"));

        Edge edge = onlyEdge(patched, "c");
        assertThat(edge.portQuestion()).isNegative();
        assertThat(edge.conditionQuestion()).isNegative();
        assertThat(edge.lateCondition()).isZero();
        assertThat(node(patched, "c").late().getFirst().path("from").asText()).isEqualTo("a");
        assertThat(node(patched, "c").late().getFirst().path("port").asText()).isEqualTo("z");
        assertThat(node(patched, "c").late().getFirst().has("condition")).isTrue();
        assertThat(node(patched, "c").needsDecision()).isTrue();
    }

    @Test
    void shouldStayTheSameWhenPatchedAgain() {
        String more = task("c", "{'task': 'a', 'port': 'z'}");
        Plan second = PatchedPlan.of(plan(A, B), plan(A, B, more), Set.of("c"));
        Plan third = PatchedPlan.of(second, plan(A, B, more, task("d", "'c'")), Set.of("d"));

        assertThat(node(third, "c")).isEqualTo(node(second, "c"));
    }

    @Test
    void shouldAskANewTaskAtItsSource() {
        String made = task("c", "'a'");
        String after = task("d", "{'task': 'c', 'when': 'output.y > 1'}");
        Plan patched = PatchedPlan.of(plan(A, B), plan(A, B, made, after), Set.of("c", "d"));

        assertThat(onlyEdge(patched, "d").conditionQuestion()).isZero();
        assertThat(node(patched, "c").task().questions()).hasSize(1);
    }

    @Test
    void shouldAskLateOfTasksThatAnotherRunCarriedOut() {
        String branch = "{'id': 'br', 'type': 'function', 'function': 'noop'}";
        Plan plan = plan(branch, task("c", "{'task': 'br', 'port': 'p'}"), task("d", "'c'"));
        Plan kept = PatchedPlan.keeping(plan, Set.of("br"));

        assertThat(node(kept, "br").task().questions()).isEmpty();
        assertThat(onlyEdge(kept, "c").lateCondition()).isZero();
        assertThat(node(kept, "d")).isEqualTo(node(plan, "d"));
        assertThat(PatchedPlan.keeping(plan, Set.of())).isEqualTo(plan);
    }
}
