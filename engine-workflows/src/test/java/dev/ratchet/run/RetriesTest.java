package dev.ratchet.run;

import static dev.ratchet.run.TaskStatus.COMPLETED;
import static dev.ratchet.run.TaskStatus.FAILED;
import static dev.ratchet.run.TaskStatus.RUNNING;
import static dev.ratchet.run.TaskStatus.WAITING;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ratchet.document.ErrorCode;
import dev.ratchet.plan.Policies.ExecutionMode;
import dev.ratchet.plan.RetryPolicy;
import dev.ratchet.testkit.PlanBuilder;
import dev.ratchet.testkit.Script;
import dev.ratchet.testkit.Simulation;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What follows a failed attempt. */
class RetriesTest {
    private static final RetryPolicy DOUBLING = new RetryPolicy(3, 1_000, BigDecimal.TWO, 60_000, List.of());

    @Test
    void shouldWaitForTheDelayOfThePolicyAndTryAgain() {
        PlanBuilder plan = new PlanBuilder();
        plan.task("a").retry(DOUBLING);
        Simulation run = new Simulation(plan.build())
                .script("a", Script.failsFirst(2))
                .begin()
                .finish("a");

        assertThat(run.status("a")).isEqualTo(WAITING);
        assertThat(run.record("a").waitingFor()).isEqualTo(WaitingFor.RETRY);
        assertThat(run.record("a").dueAt()).isEqualTo(run.now() + 1_000);
        assertThat(run.advance(Duration.ofMillis(999)).status("a")).isEqualTo(WAITING);
        assertThat(run.advance(Duration.ofMillis(1)).status("a")).isEqualTo(RUNNING);

        run.finish("a").advance(Duration.ofMillis(1_999));
        assertThat(run.status("a")).isEqualTo(WAITING);
        run.advance(Duration.ofMillis(1)).finish("a");
        assertThat(run.status("a")).isEqualTo(COMPLETED);
        assertThat(run.record("a").attempts()).isEqualTo(3);
        assertThat(run.record("a").log())
                .extracting(TaskRecord.AttemptRecord::state)
                .containsExactly("failed", "failed", "completed");
    }

    @Test
    void shouldFailWithTheLastErrorWhenAttemptsAreUsed() {
        PlanBuilder plan = new PlanBuilder();
        plan.task("a").retry(DOUBLING);
        Simulation run = new Simulation(plan.build())
                .script("a", Script.failsFirst(9))
                .begin()
                .finish("a")
                .advance(Duration.ofSeconds(1))
                .finish("a")
                .advance(Duration.ofSeconds(2))
                .finish("a");

        assertThat(run.status("a")).isEqualTo(FAILED);
        assertThat(run.state().record().errorTask()).isEqualTo(TaskKey.root("a"));
        assertThat(run.state().record().error()).isEqualTo(run.record("a").error());
        assertThat(run.record("a").log()).hasSize(3);
    }

    @Test
    void shouldNotRetryWhatIsNotRetryable() {
        PlanBuilder plan = new PlanBuilder();
        plan.task("a").retry(DOUBLING);

        assertThat(new Simulation(plan.build())
                        .script("a", Script.fails())
                        .begin()
                        .finish("a")
                        .status("a"))
                .isEqualTo(FAILED);
    }

    @Test
    void shouldHonourALongerDelayThatTheOtherSideAskedFor() {
        PlanBuilder plan = new PlanBuilder();
        plan.task("a").retry(DOUBLING);
        plan.task("b").retry(DOUBLING);
        Simulation run = new Simulation(plan.build())
                .script("a", Script.COMPLETES.tries(new Script.Try.Fails(ErrorCode.EXECUTION_FAILED, true, 30_000L)))
                .script("b", Script.COMPLETES.tries(new Script.Try.Fails(ErrorCode.EXECUTION_FAILED, true, 10L)))
                .begin()
                .finish("a")
                .finish("b");

        assertThat(run.record("a").dueAt()).isEqualTo(run.now() + 30_000);
        assertThat(run.record("b").dueAt()).isEqualTo(run.now() + 1_000);
    }

    @Test
    void shouldHoldNoSlotWhileItBacksOff() {
        PlanBuilder plan = new PlanBuilder().maxParallelism(1);
        plan.task("a").retry(DOUBLING);
        plan.task("b");
        Simulation run = new Simulation(plan.build())
                .script("a", Script.failsFirst(1))
                .begin()
                .finish("a");

        assertThat(run.status("b")).isEqualTo(RUNNING);
    }

    @Test
    void shouldRetryInlineTasksToo() {
        PlanBuilder plan = new PlanBuilder();
        plan.task("a").mode(ExecutionMode.INLINE).retry(DOUBLING);
        Simulation run =
                new Simulation(plan.build()).script("a", Script.failsFirst(1)).begin();

        assertThat(run.status("a")).isEqualTo(WAITING);
        assertThat(run.advance(Duration.ofSeconds(1)).status("a")).isEqualTo(COMPLETED);
        assertThat(run.record("a").attempts()).isEqualTo(2);
    }

    @Test
    void shouldPayForFailedAttemptsAndReserveAgain() {
        PlanBuilder plan = new PlanBuilder().budget("1");
        plan.task("a").mode(ExecutionMode.PREPARED).retry(DOUBLING);
        Simulation run = new Simulation(plan.build())
                .script("a", Script.failsFirst(1).estimated("0.50").costing("0.20"))
                .begin()
                .finish("a");

        assertThat(run.state().ledger().spent()).isEqualTo(PlanBuilder.usd("0.20"));
        assertThat(run.state().ledger().hasReservations()).isFalse();

        run.advance(Duration.ofSeconds(1));
        assertThat(run.state().ledger().reserved()).isEqualTo(PlanBuilder.usd("0.50"));
        run.finish("a");
        assertThat(run.record("a").usage()).isEqualTo(new Usage(20, 10, PlanBuilder.usd("0.40")));
        assertThat(run.state().record().usage()).isEqualTo(new Usage(20, 10, PlanBuilder.usd("0.40")));
    }

    @Test
    void shouldKeepABatchOpenUntilItsRetriesAreOver() {
        PlanBuilder plan = new PlanBuilder();
        plan.task("a").retry(DOUBLING);
        plan.task("b");
        plan.task("c").after("b");
        Simulation run = new Simulation(plan.build())
                .script("a", Script.failsFirst(1))
                .begin()
                .finish("a")
                .finish("b");

        assertThat(run.status("c")).isEqualTo(TaskStatus.PENDING);
        run.advance(Duration.ofSeconds(1)).finish("a");
        assertThat(run.status("c")).isEqualTo(RUNNING);
    }
}
