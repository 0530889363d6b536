package dev.ratchet.workflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ratchet.document.Json;
import dev.ratchet.plan.Plan;
import dev.ratchet.plan.Policies.ExecutionMode;
import dev.ratchet.run.Command;
import dev.ratchet.run.Request;
import dev.ratchet.run.RunStatus;
import dev.ratchet.run.TaskStatus;
import dev.ratchet.testkit.PlanBuilder;
import io.temporal.client.WorkflowStub;
import io.temporal.client.WorkflowUpdateException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What somebody with access to Temporal sends to a run, past the engine. */
@Timeout(60)
class StrangersTest {
    private final Plan plan = waiting();
    private final ScriptedWorker worker = new ScriptedWorker(plan, false);

    @Test
    void shouldGoOnWhateverSignalsItIsSent() throws Exception {
        try (RunsForTests runs = new RunsForTests(worker, RenewalLimits.DEFAULT, worker, new Closed())) {
            WorkflowStub run = runs.start("r1", plan);
            for (String signal : List.of(RunWorkflow.COMMAND, RunWorkflow.REPORT, RunWorkflow.ENDED, "unheard-of")) {
                run.signal(signal);
                run.signal(signal, new Object[] {null});
                run.signal(signal, "text", "more", 3);
                malformed().forEach(json -> run.signal(signal, json));
            }

            assertThat(runs.find("r1")
                            .query("verdict", CommandVerdict.class, "x1")
                            .accepted())
                    .as("a command that can be read is read, and refused")
                    .isFalse();
            assertThat(RunsForTests.states(runs.look("r1"))).containsEntry("w", TaskStatus.WAITING);
            run.signal(RunWorkflow.COMMAND, new Command("c1", null, null, new Request.Abort()));
            assertThat(run.getResult(Snapshot.class).run().state()).isEqualTo(RunStatus.ABORTED);
            runs.replay(run);
        }
    }

    @Test
    void shouldRefuseAPatchThatIsNone() {
        try (RunsForTests runs =
                new RunsForTests(worker.failingOnce("plan"::equals), RenewalLimits.DEFAULT, worker, new Closed())) {
            WorkflowStub run = runs.start("r1", plan);
            runs.look("r1");

            assertThatThrownBy(() -> run.update(RunWorkflow.PATCH, PatchVerdict.class, new Object[] {null}))
                    .isInstanceOf(WorkflowUpdateException.class);
            assertThatThrownBy(() -> run.update(
                            RunWorkflow.PATCH,
                            PatchVerdict.class,
                            json("{\"id\": \"p1\", \"base\": 1, \"change\": {\"plan\": \"nowhere\"}}")))
                    .isInstanceOf(WorkflowUpdateException.class);
            assertThat(RunsForTests.states(runs.look("r1"))).containsEntry("w", TaskStatus.WAITING);
        }
    }

    /** Also what Temporal's own request to cancel says is not ours to trust. */
    @Test
    void shouldReadWhoCancelsAndTakeOtherWordsForTheReason() {
        Command abort = new Command("c1", "ann", "enough", new Request.Abort());

        assertThat(Cancellation.read(Cancellation.reason(abort))).isEqualTo(abort);
        assertThat(Cancellation.read("{\"id\": 1").why()).isEqualTo("{\"id\": 1");
        assertThat(Cancellation.read(
                                Cancellation.reason(new Command("c2", null, "x".repeat(9_000), new Request.Abort())))
                        .id())
                .isEqualTo("c2");
        assertThat(Cancellation.read(Json.write(new Command("c3", null, null, new Request.Pause())))
                        .what())
                .isEqualTo(new Request.Abort());
        assertThat(Cancellation.read(null).by()).isEqualTo("temporal");
    }

    private static Stream<JsonNode> malformed() {
        return Stream.of(
                        "[]",
                        "[null]",
                        "{}",
                        "17",
                        "{\"id\": \"x0\"}",
                        "{\"id\": \"x1\", \"what\": {\"request\": \"skip\", \"key\": \"m[0\"}}",
                        "{\"id\": \"x2\", \"what\": {\"request\": \"retry\", \"key\": \"a[1][2].b[x].c\"}}",
                        "{\"id\": \"x3\", \"what\": {\"request\": \"give\", \"key\": \"w\"}}",
                        "{\"id\": \"x4\", \"what\": {\"request\": \"give\", \"key\": \"w\", \"given\": {}}}",
                        "{\"id\": \"x5\", \"what\": {\"request\": \"budget\"}}",
                        "{\"id\": \"x6\", \"what\": {\"request\": \"patch\", \"base\": 1}}",
                        "{\"id\": \"x7\", \"what\": {\"request\": \"rerun\"}}",
                        "[{\"key\": \"w\", \"attempt\": 1, \"delivery\": 1}]",
                        "[{\"key\": \"nobody[3].x\", \"attempt\": 1, \"delivery\": 1, \"result\": {\"r\": \"x\"}}]",
                        "[{\"key\": \"w\", \"attempt\": 1, \"delivery\": 1, \"result\": {\"r\": \"c\"}}]",
                        "[{\"key\": \"w\", \"attempt\": 1, \"delivery\": 1, \"result\": {\"r\": \"f\"}}]",
                        "{\"end\": \"returned\", \"dispatch\": 1}",
                        "{\"end\": \"lost\", \"dispatch\": 99}",
                        "{\"end\": \"returned\", \"dispatch\": 99, \"result\": {\"outcomes\": [null]}}",
                        "{\"end\": \"gave\", \"dispatch\": 99, \"key\": \"w\"}",
                        "{\"end\": \"settled\", \"dispatch\": 99}")
                .map(StrangersTest::json);
    }

    private static JsonNode json(String text) {
        return Json.read(text, JsonNode.class);
    }

    private static Plan waiting() {
        PlanBuilder plan = new PlanBuilder();
        plan.task("w").mode(ExecutionMode.PARKED);
        return plan.build();
    }
}
