package dev.ratchet.run;

import static dev.ratchet.run.TaskStatus.CANCELLED;
import static dev.ratchet.run.TaskStatus.FAILED;
import static dev.ratchet.run.TaskStatus.RUNNING;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ratchet.document.ErrorCode;
import dev.ratchet.plan.Policies.ExecutionMode;
import dev.ratchet.testkit.PlanBuilder;
import dev.ratchet.testkit.Script;
import dev.ratchet.testkit.Simulation;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What nobody knows the cost of is presumed to have cost what was set aside for it. */
class UnknownCostTest {
    private static final Outcome.Result TIMED_OUT =
            new Outcome.Failed(TaskError.of(ErrorCode.TIMEOUT, "Expected it in time"), true, null);

    @Test
    void shouldPresumeWhatAnAttemptCostThatRanIntoItsTimeout() {
        Simulation run = prompt(1, "1.00").endUnknown("a", TIMED_OUT);

        assertThat(run.status("a")).isEqualTo(FAILED);
        assertThat(run.state().ledger().spent()).isEqualTo(PlanBuilder.usd("0.30"));
        assertThat(run.state().ledger().presumed()).isEqualTo(PlanBuilder.usd("0.30"));
        assertThat(run.record("a").usage())
                .isEqualTo(new Usage(0, 0, PlanBuilder.usd("0.30"), PlanBuilder.usd("0.30")));
        assertThat(run.state().record().usage().presumed()).isEqualTo(PlanBuilder.usd("0.30"));
    }

    @Test
    void shouldReserveEachRetryAgainUntilTheLimitEndsThem() {
        Simulation run = prompt(4, "0.70");
        run.endUnknown("a", TIMED_OUT).advance(Duration.ofSeconds(1));
        run.endUnknown("a", TIMED_OUT).advance(Duration.ofSeconds(1));

        assertThat(run.status("a")).isEqualTo(FAILED);
        assertThat(Objects.requireNonNull(run.record("a").error()).code()).isEqualTo("budget_exceeded");
        assertThat(run.state().ledger().presumed()).isEqualTo(PlanBuilder.usd("0.60"));
        assertThat(run.record("a").log())
                .extracting(attempt -> Objects.requireNonNull(attempt.usage()).presumed())
                .containsExactly(PlanBuilder.usd("0.30"), PlanBuilder.usd("0.30"));
    }

    @Test
    void shouldPayWhatIsKnownOfAnAttemptThatFailed() {
        Simulation run = prompt(1, "1.00");
        Usage used = new Usage(1, 1, PlanBuilder.usd("0.05"));
        Outcome outcome = new Outcome(TaskKey.root("a"), 1, 1, run.now(), run.now(), TIMED_OUT, used, false);

        run.wakeUp(List.of(new RunInput.Reported(run.now(), List.of(outcome))));

        assertThat(run.state().ledger().presumed()).isNull();
        assertThat(run.state().ledger().spent()).isEqualTo(PlanBuilder.usd("0.05"));
    }

    @Test
    void shouldPresumeWhatAWorkerStoppedInTheMiddleWhenItShutDown() {
        Simulation run = prompt(1, "1.00").interrupt("a");

        assertThat(run.status("a")).isEqualTo(RUNNING);
        assertThat(run.state().ledger().presumed()).isEqualTo(PlanBuilder.usd("0.30"));
        assertThat(run.state().ledger().reserved()).isEqualTo(PlanBuilder.usd("0.30"));
        assertThat(run.view("a").delivery()).isEqualTo(2);
        run.finish("a");
        assertThat(run.state().ledger().spent()).isEqualTo(PlanBuilder.usd("0.50"));
    }

    @Test
    void shouldNotCountAsLostWhatARollingDeployInterrupts() {
        Simulation run = prompt(1, "9.00");
        for (int i = 0; i < 7; i++) {
            run.interrupt("a");
        }

        assertThat(run.status("a")).isEqualTo(RUNNING);
        assertThat(run.view("a").lostDeliveries()).isZero();
        assertThat(run.state().ledger().presumed()).isEqualTo(PlanBuilder.usd("2.10"));
    }

    @Test
    void shouldBeBoundByTheLimitWhenInterruptedAgainAndAgain() {
        Simulation run = prompt(1, "0.70").interrupt("a").interrupt("a");

        assertThat(Objects.requireNonNull(run.record("a").error()).code()).isEqualTo("budget_exceeded");
    }

    @Test
    void shouldPresumeWhatIsInterruptedWhileTheRunEnds() {
        Simulation run = prompt(1, "1.00").abort().interrupt("a");

        assertThat(run.status("a")).isEqualTo(CANCELLED);
        assertThat(run.state().ledger().presumed()).isEqualTo(PlanBuilder.usd("0.30"));
    }

    @Test
    void shouldTellWhatAllDeliveriesOfAnAttemptCost() {
        Simulation run = prompt(1, "1.00").loseDispatch("a").finish("a");

        assertThat(run.record("a").log()).singleElement().satisfies(attempt -> {
            assertThat(attempt.deliveries()).isEqualTo(2);
            assertThat(attempt.usage()).isEqualTo(new Usage(10, 5, PlanBuilder.usd("0.50"), PlanBuilder.usd("0.30")));
        });
    }

    @Test
    void shouldShowTheDeliveryThatIsInFlight() {
        Simulation run = prompt(1, "1.00").loseDispatch("a");

        assertThat(run.record("a").log()).singleElement().satisfies(attempt -> {
            assertThat(attempt.attempt()).isEqualTo(1);
            assertThat(attempt.deliveries()).isEqualTo(2);
            assertThat(attempt.lost()).isEqualTo(1);
            assertThat(attempt.state()).isEqualTo("running");
        });
    }

    private static Simulation prompt(int attempts, String limit) {
        PlanBuilder plan = new PlanBuilder().budget(limit);
        plan.task("a").mode(ExecutionMode.PREPARED).attempts(attempts);
        return new Simulation(plan.build())
                .script("a", Script.COMPLETES.estimated("0.30").costing("0.20"))
                .begin();
    }
}
