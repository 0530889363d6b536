package dev.ratchet.workflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ratchet.plan.Plan;
import dev.ratchet.plan.Policies.ExecutionMode;
import dev.ratchet.plan.Policies.Scheduling;
import dev.ratchet.run.Command;
import dev.ratchet.run.Request;
import dev.ratchet.run.RunStatus;
import dev.ratchet.run.TaskStatus;
import dev.ratchet.testkit.PlanBuilder;
import dev.ratchet.workflow.RenewalLimits.Bound;
import io.temporal.client.WorkflowStub;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How a run goes on as a new execution: what holds that up, and what does not. */
@Timeout(120)
class RenewalTest {
    private static final long ANY = Long.MAX_VALUE;
    private static final int MANY = Integer.MAX_VALUE;
    private static final Bound NEVER = new Bound(ANY, ANY, MANY, MANY);

    @Test
    void shouldGoOnAsANewExecutionWhileALongAttemptIsInFlight() {
        ScriptedWorker worker = new ScriptedWorker(longBesideChain(), false, "long");
        try (RunsForTests runs = new RunsForTests(worker, eager(), worker, new Closed())) {
            WorkflowStub run = runs.start("r1", longBesideChain());
            String first = run.getExecution().getRunId();
            await().atMost(Duration.ofSeconds(60)).until(() -> state(runs, "e") == TaskStatus.COMPLETED);
            assertThat(runs.current("r1")).isNotEqualTo(first);
            assertThat(runs.look("r1").run().state()).isEqualTo(RunStatus.RUNNING);

            worker.release("long");

            Snapshot end = runs.find("r1").getResult(Snapshot.class);
            assertThat(end.run().state()).isEqualTo(RunStatus.COMPLETED);
            assertThat(worker.performed)
                    .as("each was handed out once")
                    .containsExactlyInAnyOrder("long#1.1", "a#1.1", "b#1.1", "c#1.1", "d#1.1", "e#1.1");
        }
    }

    @Test
    void shouldStopALongAttemptOfAnEarlierExecution() {
        ScriptedWorker worker = new ScriptedWorker(longBesideChain(), false, "long");
        try (RunsForTests runs = new RunsForTests(worker, eager(), worker, new Closed())) {
            WorkflowStub run = runs.start("r1", longBesideChain());
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> state(runs, "e") == TaskStatus.COMPLETED
                            && !runs.current("r1").equals(run.getExecution().getRunId()));

            runs.find("r1").signal("command", new Command("c1", "me", "enough", new Request.Abort()));

            Snapshot end = runs.find("r1").getResult(Snapshot.class);
            assertThat(end.run().state()).isEqualTo(RunStatus.ABORTED);
            await().atMost(Duration.ofSeconds(60)).until(() -> worker.cancelled.contains("long"));
        }
    }

    @Test
    void shouldDeliverAgainWhatALongDispatchLostThatWasEndedFromOutside() {
        ScriptedWorker worker = new ScriptedWorker(longBesideChain(), false, "long");
        try (RunsForTests runs = new RunsForTests(worker, eager(), worker, new Closed("default/r1/dispatch/2"))) {
            runs.start("r1", longBesideChain());
            await().atMost(Duration.ofSeconds(60)).until(() -> state(runs, "e") == TaskStatus.COMPLETED);
            runs.find("r1/dispatch/2").terminate("an operator did");
            await().atMost(Duration.ofSeconds(60)).until(() -> worker.performed.contains("long#1.2"));
            worker.release("long");

            assertThat(runs.find("r1").getResult(Snapshot.class).run().state()).isEqualTo(RunStatus.COMPLETED);
        }
    }

    @Test
    void shouldStartNoStandstillBehindAnAttemptThatIsInFlight() {
        Plan plan = wideBeside("slow", 60);
        ScriptedWorker worker = new ScriptedWorker(plan, false, "slow");
        RenewalLimits limits = new RenewalLimits(
                new Bound(20, ANY, MANY, MANY), new Bound(60, ANY, MANY, MANY), NEVER, 600_000, 1_000);
        try (RunsForTests runs = new RunsForTests(worker, limits, worker, new Closed())) {
            runs.start("r1", plan);
            await().atMost(Duration.ofSeconds(90)).until(() -> worker.performed.size() == 61);

            worker.release("slow");

            assertThat(runs.find("r1").getResult(Snapshot.class).run().state()).isEqualTo(RunStatus.COMPLETED);
        }
    }

    @Test
    void shouldHoldWhenTheReserveBegins() {
        Plan plan = wideBeside("slow", 60);
        ScriptedWorker worker = new ScriptedWorker(plan, false, "slow");
        Bound all = new Bound(60, ANY, MANY, MANY);
        try (RunsForTests runs =
                new RunsForTests(worker, new RenewalLimits(all, NEVER, all, 600_000, 1_000), worker, new Closed())) {
            WorkflowStub run = runs.start("r1", plan);
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> runs.look("r1").tasks().stream()
                                    .filter(task -> task.state() == TaskStatus.RUNNING)
                                    .count()
                            == 1);
            int then = worker.performed.size();
            assertThat(then).isLessThan(61);
            assertThat(runs.current("r1")).isEqualTo(run.getExecution().getRunId());

            worker.release("slow");

            assertThat(runs.find("r1").getResult(Snapshot.class).run().state()).isEqualTo(RunStatus.COMPLETED);
            assertThat(worker.performed).hasSize(61);
        }
    }

    @Test
    void shouldGoOnAsANewExecutionAfterManySignals() {
        PlanBuilder plan = new PlanBuilder();
        plan.task("w").mode(ExecutionMode.PARKED);
        Plan built = plan.build();
        ScriptedWorker worker = new ScriptedWorker(built, false);
        RenewalLimits limits = new RenewalLimits(new Bound(ANY, ANY, 20, MANY), NEVER, NEVER, 600_000, 1_000);
        try (RunsForTests runs = new RunsForTests(worker, limits, worker, new Closed())) {
            WorkflowStub run = runs.start("r1", built);
            for (int i = 0; i < 25; i++) {
                runs.find("r1").signal("command", new Command("c" + i, null, null, new Request.Pause()));
            }
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> !runs.current("r1").equals(run.getExecution().getRunId()));
            assertThat(runs.find("r1")
                            .query("verdict", CommandVerdict.class, "c24")
                            .accepted())
                    .isTrue();
        }
    }

    @Test
    void shouldStopALongAttemptWhoseRunWasEndedFromOutside() {
        PlanBuilder brief = new PlanBuilder();
        brief.task("long").timeout(Duration.ofMinutes(11));
        Plan plan = brief.build();
        ScriptedWorker worker = new ScriptedWorker(plan, false, "long");
        RenewalLimits limits = new RenewalLimits(NEVER, NEVER, NEVER, 60_000, 100);
        try (RunsForTests runs = new RunsForTests(worker, limits, worker, new Closed("default/r1"))) {
            runs.start("r1", plan);
            await().atMost(Duration.ofSeconds(60)).until(() -> worker.performed.contains("long#1.1"));

            runs.find("r1").terminate("an operator did");

            await().atMost(Duration.ofSeconds(60)).until(() -> worker.cancelled.contains("long"));
        }
    }

    private static TaskStatus state(RunsForTests runs, String task) {
        Snapshot snapshot = runs.look("r1");
        boolean sealed = snapshot.pages().stream().mapToInt(Snapshot.Page::size).sum()
                                + snapshot.tasks().size()
                        == 6
                && !RunsForTests.states(snapshot).containsKey(task);
        return sealed ? TaskStatus.COMPLETED : RunsForTests.states(snapshot).getOrDefault(task, TaskStatus.PENDING);
    }

    private static RenewalLimits eager() {
        return new RenewalLimits(new Bound(8, ANY, MANY, MANY), NEVER, NEVER, 600_000, 1_000);
    }

    private static Plan longBesideChain() {
        PlanBuilder plan = PlanBuilder.chain("a", "b", "c", "d", "e").scheduling(Scheduling.DATAFLOW);
        plan.task("long").timeout(Duration.ofDays(1));
        return plan.build();
    }

    private static Plan wideBeside(String slow, int others) {
        PlanBuilder plan = new PlanBuilder().scheduling(Scheduling.DATAFLOW).maxParallelism(4);
        plan.task(slow);
        for (int i = 0; i < others; i++) {
            plan.task("t%02d".formatted(i));
        }
        return plan.build();
    }
}
