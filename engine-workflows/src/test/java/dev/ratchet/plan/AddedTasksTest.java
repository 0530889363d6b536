package dev.ratchet.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ratchet.testkit.Compiling;
import dev.ratchet.testkit.PlanBuilder;
import org.junit.jupiter.api.Test;

/** Tasks that a patch brings in are found wherever they are written. */
class AddedTasksTest {
    private static final String A = "{'id': 'a', 'type': 'function', 'function': 'noop'}";
    private static final String OTHER = "{'id': 'a', 'type': 'transform', 'expression': '1'}";
    private static final String MORE = "{'id': 'b', 'type': 'function', 'function': 'noop'}";

    @Test
    void shouldCountNewTasksOfTheTypeOnly() {
        assertThat(added(written(A), written(A, MORE))).isEqualTo(1);
        assertThat(added(written(A, MORE), written(A))).isZero();
        assertThat(added(written(MORE), written(OTHER, MORE))).isZero();
    }

    @Test
    void shouldCountATaskThatBecomesOneOfTheType() {
        assertThat(added(written(OTHER), written(A))).isEqualTo(1);
    }

    @Test
    void shouldCountWhatBodiesHoldAtAnyDepth() {
        PlanBuilder plan = new PlanBuilder();
        plan.task("loop").loop(map("map", PlanBuilder.chain("a", "b")), 3, false);
        assertThat(AddedTasks.count(new PlanBuilder().build(), plan.build(), "test"))
                .isEqualTo(4);
    }

    @Test
    void shouldCountWhatIsPutIntoABodyThatWasThere() {
        Plan before = map("map", PlanBuilder.chain("a")).build();
        Plan wider = map("map", PlanBuilder.chain("a", "b", "c")).build();
        Plan deeper = map("map", map("a", PlanBuilder.chain("a", "b"))).build();
        assertThat(AddedTasks.count(before, wider, "test")).isEqualTo(2);
        assertThat(AddedTasks.count(before, deeper, "test")).isEqualTo(2);
    }

    @Test
    void shouldCountWhatTheGraphOfAChildHolds() {
        String child = "{'id': 'c', 'type': 'run', 'graph': {'tasks': [%s]}}";
        assertThat(added(written(A), written(A, child.formatted(A + "," + MORE))))
                .isEqualTo(2);
        assertThat(added(written(child.formatted(A)), written(child.formatted(A + "," + MORE))))
                .isEqualTo(1);
    }

    private static int added(Plan before, Plan after) {
        return AddedTasks.count(before, after, "function");
    }

    private static Plan written(String... tasks) {
        return Compiling.plan("{'tasks': [" + String.join(",", tasks) + "]}");
    }

    private static PlanBuilder map(String id, PlanBuilder body) {
        PlanBuilder plan = new PlanBuilder();
        plan.task(id).each(body, 2, false);
        return plan;
    }
}
