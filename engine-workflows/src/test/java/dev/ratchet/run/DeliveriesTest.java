package dev.ratchet.run;

import static dev.ratchet.run.TaskStatus.CANCELLED;
import static dev.ratchet.run.TaskStatus.COMPLETED;
import static dev.ratchet.run.TaskStatus.FAILED;
import static dev.ratchet.run.TaskStatus.PENDING;
import static dev.ratchet.run.TaskStatus.RUNNING;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ratchet.document.ErrorCode;
import dev.ratchet.plan.Policies.ExecutionMode;
import dev.ratchet.testkit.PlanBuilder;
import dev.ratchet.testkit.Script;
import dev.ratchet.testkit.Simulation;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What becomes of an attempt that a worker has. */
class DeliveriesTest {
    @Test
    void shouldCompleteATaskThatReturns() {
        Simulation run = new Simulation(PlanBuilder.chain("a", "b").build()).begin();
        assertThat(run.status("a")).isEqualTo(RUNNING);

        run.finish("a");
        assertThat(run.status("a")).isEqualTo(COMPLETED);
        assertThat(run.status("b")).isEqualTo(RUNNING);

        run.finish("b");
        assertThat(run.state().status()).isEqualTo(RunStatus.COMPLETED);
    }

    @Test
    void shouldDeliverALostAttemptAgainUnderItsNumber() {
        Simulation run = new Simulation(PlanBuilder.chain("a").build()).begin();

        run.loseDispatch("a").loseDispatch("a");

        assertThat(run.view("a").attempt()).isEqualTo(1);
        assertThat(run.view("a").delivery()).isEqualTo(3);
        run.finish("a");
        assertThat(run.record("a").log()).singleElement().satisfies(attempt -> {
            assertThat(attempt.attempt()).isEqualTo(1);
            assertThat(attempt.deliveries()).isEqualTo(3);
            assertThat(attempt.lost()).isEqualTo(2);
            assertThat(attempt.state()).isEqualTo("completed");
        });
    }

    @Test
    void shouldGiveUpAfterFiveLostDeliveries() {
        Simulation run = new Simulation(PlanBuilder.chain("a").build()).begin();

        for (int i = 0; i < 5; i++) {
            assertThat(run.status("a")).isEqualTo(RUNNING);
            run.loseDispatch("a");
        }

        assertThat(run.status("a")).isEqualTo(FAILED);
        assertThat(Objects.requireNonNull(run.record("a").error()).code()).isEqualTo("worker_lost");
        assertThat(Objects.requireNonNull(run.record("a").error()).message())
                .isEqualTo("Expected one of 5 deliveries of a to report, but each was lost");
        assertThat(run.state().status()).isEqualTo(RunStatus.FAILED);
    }

    @Test
    void shouldPayForEachLostDeliveryWhatItHadReserved() {
        PlanBuilder plan = new PlanBuilder().budget("10");
        plan.task("a").mode(ExecutionMode.PREPARED);
        Simulation run = new Simulation(plan.build())
                .script("a", Script.COMPLETES.estimated("0.30").costing("0.20"))
                .begin();
        for (int i = 0; i < 5; i++) {
            run.loseDispatch("a");
        }

        assertThat(run.state().ledger().spent()).isEqualTo(PlanBuilder.usd("1.50"));
        assertThat(run.state().ledger().presumed()).isEqualTo(PlanBuilder.usd("1.50"));
        assertThat(run.state().ledger().hasReservations()).isFalse();
    }

    @Test
    void shouldCountLossesOfEachAttemptOnTheirOwn() {
        PlanBuilder plan = new PlanBuilder();
        plan.task("a").attempts(2);
        Simulation run =
                new Simulation(plan.build()).script("a", Script.failsFirst(1)).begin();
        for (int i = 0; i < 4; i++) {
            run.loseDispatch("a");
        }
        run.finish("a").advance(java.time.Duration.ofSeconds(1));
        for (int i = 0; i < 4; i++) {
            run.loseDispatch("a");
        }
        run.finish("a");

        assertThat(run.status("a")).isEqualTo(COMPLETED);
        assertThat(run.record("a").attempts()).isEqualTo(2);
        assertThat(run.record("a").log())
                .extracting(TaskRecord.AttemptRecord::lost)
                .containsExactly(4, 4);
    }

    @Test
    void shouldNotCountWhatIsHandedBackAsLost() {
        Simulation run = new Simulation(PlanBuilder.chain("a").build()).begin();
        for (int i = 0; i < 20; i++) {
            run.handBack("a");
        }

        assertThat(run.status("a")).isEqualTo(RUNNING);
        assertThat(run.view("a").attempt()).isEqualTo(1);
        assertThat(run.view("a").delivery()).isEqualTo(21);
        assertThat(run.view("a").lostDeliveries()).isZero();
    }

    @Test
    void shouldKeepTheMoneyOfWhatIsHandedBack() {
        PlanBuilder plan = new PlanBuilder().budget("0.30");
        plan.task("a").mode(ExecutionMode.PREPARED);
        Simulation run = new Simulation(plan.build())
                .script("a", Script.COMPLETES.estimated("0.30").costing("0.20"))
                .begin()
                .handBack("a");

        assertThat(run.state().ledger().presumed()).isNull();
        assertThat(run.finish("a").status("a")).isEqualTo(COMPLETED);
    }

    @Test
    void shouldFreeASlotForWhatIsReportedEarly() {
        PlanBuilder plan = new PlanBuilder().maxParallelism(2);
        plan.task("a").quick();
        plan.task("b").quick();
        plan.task("c").quick();
        Simulation run = new Simulation(plan.build()).begin();
        assertThat(run.status("c")).isEqualTo(PENDING);

        run.reportEarly("a");

        assertThat(run.status("a")).isEqualTo(COMPLETED);
        assertThat(run.status("b")).isEqualTo(RUNNING);
        assertThat(run.status("c")).isEqualTo(RUNNING);
    }

    @Test
    void shouldLoseOnlyWhatALostWorkerHadNotReported() {
        PlanBuilder plan = new PlanBuilder();
        plan.task("a").quick();
        plan.task("b").quick();
        Simulation run = new Simulation(plan.build()).begin();

        run.reportEarly("a").loseDispatch("b");

        assertThat(run.status("a")).isEqualTo(COMPLETED);
        assertThat(run.view("a").lostDeliveries()).isZero();
        assertThat(run.view("b").delivery()).isEqualTo(2);
    }

    @Test
    void shouldIgnoreADoubledReport() {
        Simulation run =
                new Simulation(PlanBuilder.chain("a", "b").build()).begin().finish("a");
        long version = run.state().version();

        run.duplicateReport("a");

        assertThat(run.state().version()).isEqualTo(version);
    }

    @Test
    void shouldIgnoreTheReportOfADeliveryThatWasGivenUp() {
        Simulation run = new Simulation(PlanBuilder.chain("a").build()).begin();
        Outcome late = outcome(run.view("a"), new Outcome.Failed(TaskError.of(ErrorCode.TIMEOUT, "late"), false, null));
        run.loseDispatch("a");
        long version = run.state().version();

        run.wakeUp(List.of(new RunInput.Reported(run.now(), List.of(late))));

        assertThat(run.state().version()).isEqualTo(version);
        assertThat(run.status("a")).isEqualTo(RUNNING);
    }

    @Test
    void shouldSettleATaskOnceWhenOneInputNamesItTwice() {
        Simulation run = new Simulation(PlanBuilder.chain("a").build()).begin();
        Outcome outcome =
                outcome(run.view("a"), new Outcome.Failed(TaskError.of(ErrorCode.TIMEOUT, "slow"), false, null));

        run.wakeUp(List.of(new RunInput.Returned(
                run.now(), run.view("a").dispatch(), List.of(outcome, outcome), List.of(), List.of())));

        assertThat(run.events())
                .filteredOn(event -> event instanceof RunEvent.Failed)
                .hasSize(1);
    }

    @Test
    void shouldDeliverAgainWhatAWorkerStoppedUnasked() {
        Simulation run = new Simulation(PlanBuilder.chain("a").build())
                .script("a", Script.COMPLETES.tries(new Script.Try.Stops()))
                .begin()
                .finish("a")
                .advance(java.time.Duration.ofSeconds(1));

        assertThat(run.status("a")).isEqualTo(RUNNING);
        assertThat(run.view("a").delivery()).isEqualTo(2);
    }

    @Test
    void shouldIgnoreADispatchThatNobodyKnows() {
        Simulation run = new Simulation(PlanBuilder.chain("a").build()).begin();
        long version = run.state().version();

        run.wakeUp(List.of(
                new RunInput.Lost(run.now(), 99, List.of(), List.of()),
                new RunInput.Returned(run.now(), 98, List.of(), List.of(TaskKey.root("x")), List.of()),
                new RunInput.Begin(run.now())));

        assertThat(run.state().version()).isEqualTo(version);
    }

    @Test
    void shouldNotPayForWhatIsHandedBackWhileTheRunEnds() {
        PlanBuilder plan = new PlanBuilder().budget("1");
        plan.task("a").mode(ExecutionMode.PREPARED);
        Simulation run = new Simulation(plan.build())
                .script("a", Script.COMPLETES.estimated("0.30").costing("0.20"))
                .begin()
                .abort()
                .handBack("a");

        assertThat(run.status("a")).isEqualTo(CANCELLED);
        assertThat(run.state().ledger().spent()).isNull();
        assertThat(run.state().ledger().hasReservations()).isFalse();
    }

    @Test
    void shouldShowWhenAFailedTaskReallyBegan() {
        Simulation run = new Simulation(PlanBuilder.chain("a").build()).begin();
        Outcome outcome = new Outcome(
                TaskKey.root("a"),
                1,
                1,
                Simulation.START + 40,
                Simulation.START + 60,
                new Outcome.Failed(TaskError.of(ErrorCode.TIMEOUT, "slow"), false, null),
                null,
                false);

        run.wakeUp(List.of(new RunInput.Reported(Simulation.START + 70, List.of(outcome))));

        assertThat(run.record("a").startedAt()).isEqualTo(Simulation.START + 40);
        assertThat(run.record("a").endedAt()).isEqualTo(Simulation.START + 60);
    }

    private static Outcome outcome(TaskView task, Outcome.Result result) {
        return new Outcome(task.key(), task.attempt(), task.delivery(), 1, 2, result, null, false);
    }
}
