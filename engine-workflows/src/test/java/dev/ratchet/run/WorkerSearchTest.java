package dev.ratchet.run;

import static dev.ratchet.run.TaskStatus.COMPLETED;
import static dev.ratchet.run.TaskStatus.FAILED;
import static dev.ratchet.run.TaskStatus.RUNNING;
import static dev.ratchet.run.TaskStatus.WAITING;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ratchet.plan.Policies.ExecutionMode;
import dev.ratchet.plan.Policies.Scheduling;
import dev.ratchet.testkit.PlanBuilder;
import dev.ratchet.testkit.Script;
import dev.ratchet.testkit.Simulation;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What is handed to a queue that no worker looks at is told, and ends in time. */
class WorkerSearchTest {
    @Test
    void shouldSayThatAQueueHasNoWorker() {
        Simulation run = handed("a");
        run.advance(Duration.ofMillis(9_999));
        assertThat(run.sought()).isEmpty();
        run.advance(Duration.ofMillis(1));
        assertThat(run.sought()).containsExactly("q");
        assertThat(run.status("a")).isEqualTo(RUNNING);

        run.see("q", RunInput.Workers.NONE);

        assertThat(run.record("a").state()).isEqualTo(WAITING);
        assertThat(run.record("a").waitingFor()).isEqualTo(WaitingFor.WORKER);
        assertThat(run.record("a").startedAt()).isNotNull();
        assertThat(run.finish("a").record("a").state()).isEqualTo(COMPLETED);
    }

    @Test
    void shouldSayThatAWorkerCame() {
        Simulation run = handed("a").advance(Duration.ofSeconds(10));
        run.see("q", RunInput.Workers.NONE).see("q", RunInput.Workers.BUSY);
        assertThat(run.record("a").state()).isEqualTo(RUNNING);
        assertThat(run.record("a").waitingFor()).isNull();
        assertThat(run.state().nextDue()).isNotNull();

        run.see("q", RunInput.Workers.BEGUN);
        assertThat(run.state().nextDue()).isNull();
    }

    @Test
    void shouldLookAgainAfterGrowingPauses() {
        Simulation run = handed("a").advance(Duration.ofHours(1));

        assertThat(run.events().stream().filter(event -> event instanceof RunEvent.WorkerSought))
                .extracting(event -> event.at() - Simulation.START)
                .startsWith(10_000L, 20_000L, 40_000L, 80_000L, 160_000L, 320_000L, 640_000L, 1_240_000L)
                .hasSize(11);
    }

    @Test
    void shouldLookOnceForAllThatIsInAQueue() {
        Simulation run = handed("a", "b", "c").advance(Duration.ofSeconds(10));

        assertThat(run.events().stream().filter(event -> event instanceof RunEvent.WorkerSought))
                .hasSize(1);
        run.see("q", RunInput.Workers.NONE);
        assertThat(run.state().records(0)).allMatch(task -> task.waitingFor() == WaitingFor.WORKER);
    }

    @Test
    void shouldNotLookForWorkersOfTheEnginesOwnQueue() {
        assertThat(new Simulation(PlanBuilder.chain("a").build())
                        .begin()
                        .state()
                        .nextDue())
                .isNull();
    }

    @Test
    void shouldSayNothingWhenNobodyKnows() {
        Simulation run = handed("a").advance(Duration.ofSeconds(10));
        long version = run.state().version();

        assertThat(run.see("q", RunInput.Workers.UNKNOWN).state().version()).isEqualTo(version);
    }

    @Test
    void shouldFailWhatNobodyTookInTime() {
        Simulation run = handed("a").advance(Duration.ofMinutes(1));

        run.wakeUp(List.of(new RunInput.Untaken(run.now(), run.view("a").dispatch(), false)));

        TaskError error = Objects.requireNonNull(run.record("a").error());
        assertThat(error.code()).isEqualTo("timeout");
        assertThat(error.message())
                .isEqualTo(
                        "Expected a to end within 600000 ms of its hand-over to task queue q, but no worker took it; "
                                + "is there a worker on its task queue?");
        assertThat(run.state().status()).isEqualTo(RunStatus.FAILED);
        assertThat(run.state().inFlight()).isZero();
    }

    @Test
    void shouldTryAgainWhatNobodyTookAndPresumeNothing() {
        PlanBuilder plan = new PlanBuilder().budget("1.00");
        plan.task("a").mode(ExecutionMode.PREPARED).taskQueue("q").attempts(2);
        Simulation run = new Simulation(plan.build())
                .script("a", Script.COMPLETES.estimated("0.30"))
                .begin();
        run.wakeUp(List.of(new RunInput.Untaken(run.now(), run.view("a").dispatch(), false)));
        assertThat(run.state().ledger().presumed()).isNull();
        run.advance(Duration.ofSeconds(1));
        assertThat(run.status("a")).isEqualTo(RUNNING);

        run.wakeUp(List.of(new RunInput.Untaken(run.now(), run.view("a").dispatch(), true)));
        assertThat(run.state().ledger().presumed()).isEqualTo(PlanBuilder.usd("0.30"));
        assertThat(run.status("a")).isEqualTo(FAILED);
    }

    @Test
    void shouldCallARunIdleThatOnlyLooksForWorkers() {
        PlanBuilder plan = new PlanBuilder().idleTimeout(Duration.ofMinutes(30));
        plan.task("a").taskQueue("q");
        Simulation run = new Simulation(plan.build()).begin().advance(Duration.ofMinutes(31));

        assertThat(run.state().closing()).isEqualTo(ClosingCause.TIMED_OUT);
    }

    private static Simulation handed(String... ids) {
        PlanBuilder plan = new PlanBuilder().scheduling(Scheduling.DATAFLOW);
        for (String id : ids) {
            plan.task(id).taskQueue("q");
        }
        return new Simulation(plan.build()).begin();
    }
}
