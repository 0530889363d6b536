package dev.ratchet.workflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.ratchet.plan.Node;
import dev.ratchet.plan.Plan;
import dev.ratchet.plan.PlanPolicy;
import dev.ratchet.plan.Policies.ExecutionMode;
import dev.ratchet.plan.Policies.TriggerRule;
import dev.ratchet.plan.RetryPolicy;
import dev.ratchet.plan.Scope;
import dev.ratchet.plan.TaskSpec;
import dev.ratchet.run.Command;
import dev.ratchet.run.Request;
import dev.ratchet.run.RunStatus;
import dev.ratchet.workflow.RenewalLimits.Bound;
import io.temporal.client.WorkflowStub;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** While the blob store is away, a run waits with what has to be stored, and still hears what it is told. */
@Timeout(120)
class StoreAwayTest {
    private static final long ANY = Long.MAX_VALUE;
    private static final Bound NEVER = new Bound(ANY, ANY, Integer.MAX_VALUE, Integer.MAX_VALUE);

    @Test
    void shouldHearAnAbortWhileARequestWaitsToBeStored() {
        Plan plan = new Plan(PlanPolicy.DEFAULT, new Scope(List.of(node("a", ExecutionMode.DISPATCHED))));
        ScriptedWorker worker = new ScriptedWorker(plan, false);
        worker.storeIsAway = true;
        try (RunsForTests runs = new RunsForTests(worker, RenewalLimits.DEFAULT, worker, new Closed())) {
            WorkflowStub run = runs.start("r1");
            await().atMost(Duration.ofSeconds(60)).until(() -> worker.refused.get() > 0);

            run.signal(RunWorkflow.COMMAND, new Command("c1", null, null, new Request.Abort()));

            assertThat(run.getResult(Snapshot.class).run().state()).isEqualTo(RunStatus.ABORTED);
            assertThat(worker.performed).isEmpty();
        }
    }

    @Test
    void shouldHearAnAbortWhileItsStateWaitsToBeStored() {
        Plan plan = new Plan(
                PlanPolicy.DEFAULT,
                new Scope(List.of(node("first", ExecutionMode.INLINE), node("w", ExecutionMode.PARKED))));
        ScriptedWorker worker = new ScriptedWorker(plan, false);
        worker.storeIsAway = true;
        RenewalLimits always = new RenewalLimits(
                new Bound(6, ANY, Integer.MAX_VALUE, Integer.MAX_VALUE), NEVER, NEVER, 600_000, 600_000);
        try (RunsForTests runs = new RunsForTests(worker, always, worker, new Closed())) {
            WorkflowStub run = runs.start("r1");
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> !runs.look("r1").tasks().isEmpty());
            run.signal(RunWorkflow.COMMAND, new Command("c0", null, null, new Request.Pause()));
            await().atMost(Duration.ofSeconds(60)).until(() -> worker.refused.get() > 0);

            run.signal(RunWorkflow.COMMAND, new Command("c1", null, null, new Request.Abort()));

            await().atMost(Duration.ofSeconds(60))
                    .until(() -> runs.look("r1").run().state() == RunStatus.ABORTED);
        }
    }

    private static Node node(String id, ExecutionMode mode) {
        TaskSpec spec = new TaskSpec(
                id,
                "function",
                JsonNodeFactory.instance.objectNode().put("text", "x".repeat(300_000)),
                null,
                null,
                List.of(),
                null,
                List.of(),
                List.of(),
                60_000);
        return new Node(
                spec,
                mode,
                false,
                List.of(),
                List.of(),
                null,
                List.of(),
                TriggerRule.NONE_FAILED,
                RetryPolicy.ONCE,
                false,
                null,
                null,
                null,
                0,
                null);
    }
}
