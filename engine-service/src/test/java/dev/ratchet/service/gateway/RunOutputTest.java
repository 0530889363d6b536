package dev.ratchet.service.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ratchet.document.Json;
import dev.ratchet.plan.Edge;
import dev.ratchet.plan.Node;
import dev.ratchet.plan.Plan;
import dev.ratchet.plan.PlanPolicy;
import dev.ratchet.plan.Policies;
import dev.ratchet.plan.RetryPolicy;
import dev.ratchet.plan.Scope;
import dev.ratchet.plan.TaskSpec;
import dev.ratchet.run.RunRecord;
import dev.ratchet.run.RunStatus;
import dev.ratchet.run.TaskKey;
import dev.ratchet.run.TaskRecord;
import dev.ratchet.run.TaskStatus;
import dev.ratchet.run.Usage;
import dev.ratchet.run.Value;
import dev.ratchet.task.blob.BlobStore;
import dev.ratchet.task.blob.FolderBlobStore;
import dev.ratchet.workflow.PlanRef;
import dev.ratchet.workflow.Snapshot;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunOutputTest {
    @TempDir
    Path folder;

    private BlobStore blobs;
    private RunOutput outputs;

    @BeforeEach
    void open() {
        blobs = new FolderBlobStore(folder);
        outputs = new RunOutput(new Pages(blobs), new Hydration(blobs));
    }

    @Test
    void shouldBeTheOutputOfTheOnlyLeaf() {
        Plan plan = plan(node("a"), node("b", "a"));

        Value output =
                outputs.of(plan, ended(List.of(completed("a", "1"), completed("b", "2")), List.of()), new Damages());

        assertThat(output).isEqualTo(Value.of(json("2")));
    }

    @Test
    void shouldBeAnObjectByLeafWithoutThoseThatDidNotComplete() {
        Plan plan = plan(node("a"), node("b"), node("c"));

        Value output =
                outputs.of(plan, ended(List.of(completed("a", "1"), completed("c", "[3]")), List.of()), new Damages());

        assertThat(output).isEqualTo(Value.of(json("{\"a\":1,\"c\":[3]}")));
    }

    @Test
    void shouldFindLeavesInSealedPages() {
        String ref = blobs.putJson(Json.tree(List.of(completed("a", "1")))).ref();
        Plan plan = plan(node("a"));

        Value output = outputs.of(plan, ended(List.of(), List.of(new Snapshot.Page(ref, 5, 1))), new Damages());

        assertThat(output).isEqualTo(Value.of(json("1")));
    }

    /** One leaf is known, the other is not: half of an output would look like a whole one. */
    @Test
    void shouldBeAbsentWhenAPageIsLostThatMayHoldALeaf() {
        Plan plan = plan(node("a"), node("b"));
        Damages damages = new Damages();
        Snapshot.Page lost = new Snapshot.Page("0".repeat(64), 5, 1);

        assertThat(outputs.of(plan, ended(List.of(completed("a", "1")), List.of(lost)), damages))
                .isNull();
        assertThat(damages.found()).extracting(Damage::ref).containsExactly(lost.ref());
        assertThat(outputs.of(
                        plan, ended(List.of(completed("a", "1"), completed("b", "2")), List.of(lost)), new Damages()))
                .isEqualTo(Value.of(json("{\"a\":1,\"b\":2}")));
    }

    @Test
    void shouldBeAbsentAboveAHundredLeaves() {
        Plan plan = plan(IntStream.range(0, 101).mapToObj(i -> node("t" + i)).toArray(Node[]::new));

        assertThat(outputs.of(plan, ended(List.of(completed("t0", "1")), List.of()), new Damages()))
                .isNull();
    }

    private static Snapshot ended(List<TaskRecord> tasks, List<Snapshot.Page> pages) {
        RunRecord run =
                new RunRecord(RunStatus.COMPLETED, 9, 1, 1L, 2L, 2, null, null, Usage.NONE, null, null, null, null, 1);
        Snapshot.RunFacts facts = new Snapshot.RunFacts("r", "default", null, Map.of(), 1, Value.of(json("{}")));
        return new Snapshot(run, tasks, pages, new PlanRef("hash", null), facts, List.of());
    }

    private static TaskRecord completed(String id, String output) {
        return new TaskRecord(
                TaskKey.root(id),
                TaskStatus.COMPLETED,
                1,
                1,
                null,
                null,
                1,
                1L,
                2L,
                Value.of(json(output)),
                null,
                null,
                List.of(),
                null,
                null,
                List.of(),
                List.of(),
                null,
                null,
                null,
                null);
    }

    private static JsonNode json(String text) {
        return Json.read(text, JsonNode.class);
    }

    private static Plan plan(Node... nodes) {
        return new Plan(PlanPolicy.DEFAULT, new Scope(List.of(nodes)));
    }

    private static Node node(String id, String... deps) {
        return new Node(
                new TaskSpec(id, "function", null, null, null, List.of(), null, List.of(), List.of(), 1),
                Policies.ExecutionMode.DISPATCHED,
                false,
                List.of(deps).stream().map(Edge::plain).toList(),
                List.of(),
                null,
                List.of(),
                Policies.TriggerRule.NONE_FAILED,
                RetryPolicy.ONCE,
                false,
                null,
                null,
                null,
                0,
                null);
    }
}
