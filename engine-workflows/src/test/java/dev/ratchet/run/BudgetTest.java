package dev.ratchet.run;

import static dev.ratchet.run.TaskStatus.CANCELLED;
import static dev.ratchet.run.TaskStatus.COMPLETED;
import static dev.ratchet.run.TaskStatus.FAILED;
import static dev.ratchet.run.TaskStatus.RUNNING;
import static dev.ratchet.run.TaskStatus.SKIPPED;
import static dev.ratchet.run.TaskStatus.WAITING;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ratchet.plan.Policies.ExecutionMode;
import dev.ratchet.plan.Policies.OnBudget;
import dev.ratchet.plan.Policies.OnFailure;
import dev.ratchet.plan.Policies.Scheduling;
import dev.ratchet.testkit.PlanBuilder;
import dev.ratchet.testkit.Script;
import dev.ratchet.testkit.Simulation;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Money: what is admitted, what is refused, and what waits (contract, part 6). */
class BudgetTest {
    private static final Script HALF = Script.COMPLETES.estimated("0.50").costing("0.40");

    @Test
    void shouldAdmitABatchThatCostsExactlyTheLimit() {
        Simulation run = priced(new PlanBuilder().budget("1.00"), "a", "b").begin();

        assertThat(run.status("a")).isEqualTo(RUNNING);
        assertThat(run.status("b")).isEqualTo(RUNNING);
        assertThat(run.state().ledger().reserved()).isEqualTo(PlanBuilder.usd("1.00"));
    }

    @Test
    void shouldStartNothingOfABatchWhenARefusalEndsTheRun() {
        PlanBuilder plan = new PlanBuilder().budget("0.99");
        plan.task("free");
        plan.task("inline").mode(ExecutionMode.INLINE);
        Simulation run = priced(plan, "a", "b").begin();

        assertThat(run.state().status()).isEqualTo(RunStatus.FAILED);
        assertThat(run.status("b")).isEqualTo(FAILED);
        assertThat(Objects.requireNonNull(run.record("b").error()).message())
                .isEqualTo("Expected the next attempt of b to fit the limit of 0.99 USD, but its estimate is 0.5 USD, "
                        + "with nothing spent and 0.5 USD reserved");
        assertThat(Objects.requireNonNull(run.state().record().error()).code()).isEqualTo("budget_exceeded");
        assertThat(run.record("a").reason()).isEqualTo(SkipReason.BUDGET);
        assertThat(run.record("free").reason()).isEqualTo(SkipReason.BUDGET);
        assertThat(run.record("inline").reason()).isEqualTo(SkipReason.BUDGET);
        assertThat(run.events())
                .noneMatch(event -> event instanceof RunEvent.HandedOver || event instanceof RunEvent.Executing);
        assertThat(run.state().ledger().hasReservations()).isFalse();
    }

    @Test
    void shouldStartTheRestOfABatchUnderOtherPolicies() {
        PlanBuilder plan = new PlanBuilder().budget("0.99").onFailure(OnFailure.SKIP_DEPENDENTS);
        Simulation run = priced(plan, "a", "b").begin();

        assertThat(run.status("a")).isEqualTo(RUNNING);
        assertThat(run.status("b")).isEqualTo(FAILED);
    }

    @Test
    void shouldRefuseInABatchByTheBatchesBeforeAlone() {
        PlanBuilder plan = new PlanBuilder().budget("0.99").maxParallelism(1).onFailure(OnFailure.SKIP_DEPENDENTS);
        Simulation run = priced(plan, "a", "b").begin().finish("a");

        assertThat(run.state().ledger().spent()).isEqualTo(PlanBuilder.usd("0.40"));
        assertThat(run.status("b")).isEqualTo(FAILED);
    }

    @Test
    void shouldWaitInDataflowWhileOtherReservationsAreOpen() {
        PlanBuilder plan = new PlanBuilder().budget("0.99").scheduling(Scheduling.DATAFLOW);
        Simulation run = priced(plan, "a", "b").begin();

        assertThat(run.status("b")).isEqualTo(WAITING);
        assertThat(run.record("b").waitingFor()).isEqualTo(WaitingFor.BUDGET);
        assertThat(run.state().status()).isEqualTo(RunStatus.RUNNING);

        run.finish("a");
        assertThat(run.status("b")).isEqualTo(RUNNING);
        run.finish("b");
        assertThat(run.state().ledger().spent()).isEqualTo(PlanBuilder.usd("0.80"));
        assertThat(run.state().status()).isEqualTo(RunStatus.COMPLETED);
    }

    @Test
    void shouldFailInDataflowWhatDoesNotFitWhenNothingIsReserved() {
        PlanBuilder plan = new PlanBuilder().budget("0.49").scheduling(Scheduling.DATAFLOW);

        assertThat(priced(plan, "a").begin().status("a")).isEqualTo(FAILED);
    }

    @Test
    void shouldLetARetryWaitForMoneyInABatchToo() {
        PlanBuilder plan = new PlanBuilder().budget("1.20");
        plan.task("a").attempts(2);
        Simulation run = priced(plan, "a", "b")
                .script("a", Script.failsFirst(1).estimated("0.50").costing("0.40"))
                .begin()
                .finish("a")
                .advance(Duration.ofSeconds(1));

        assertThat(run.record("a").waitingFor()).isEqualTo(WaitingFor.BUDGET);
        assertThat(run.finish("b").status("a")).isEqualTo(FAILED);
    }

    @Test
    void shouldPauseUntilTheLimitIsRaised() {
        PlanBuilder plan = new PlanBuilder().budget("0.70").onBudget(OnBudget.PAUSE);
        Simulation run = priced(plan, "a", "b").begin();
        assertThat(run.state().status()).isEqualTo(RunStatus.RUNNING);

        run.finish("a");
        assertThat(run.state().status()).isEqualTo(RunStatus.PAUSED);
        assertThat(run.record("b").waitingFor()).isEqualTo(WaitingFor.BUDGET);

        assertThat(run.raiseBudget("0.80").state().status()).isEqualTo(RunStatus.PAUSED);
        assertThat(run.raiseBudget("0.90").state().status()).isEqualTo(RunStatus.RUNNING);
        assertThat(run.finish("b").state().status()).isEqualTo(RunStatus.COMPLETED);
    }

    @Test
    void shouldAbortAPausedRun() {
        PlanBuilder plan = new PlanBuilder().budget("0.40").onBudget(OnBudget.PAUSE);
        Simulation run = priced(plan, "a").begin();
        assertThat(run.state().status()).isEqualTo(RunStatus.PAUSED);

        run.abort();

        assertThat(run.state().status()).isEqualTo(RunStatus.ABORTED);
        assertThat(run.record("a").reason()).isEqualTo(SkipReason.RUN_ABORTED);
    }

    @Test
    void shouldRefuseALimitInAnotherCurrencyOrWhereThereIsNone() {
        Simulation run = priced(new PlanBuilder(), "a").begin().raiseBudget("5");

        assertThat(Objects.requireNonNull(run.state().refusal("budget-1")).message())
                .isEqualTo("Expected a run with a budget, but this one has none");
        assertThat(run.state().ledger().limit()).isNull();
    }

    @Test
    void shouldPayInFullAboveTheLimitAndAdmitNothingFurther() {
        PlanBuilder plan = new PlanBuilder().budget("0.60");
        plan.task("b").after("a");
        Simulation run = priced(plan, "a", "b")
                .script("a", Script.COMPLETES.estimated("0.50").costing("0.75"))
                .begin()
                .finish("a");

        assertThat(run.status("a")).isEqualTo(COMPLETED);
        assertThat(run.record("a").output()).isNotNull();
        assertThat(run.state().ledger().spent()).isEqualTo(PlanBuilder.usd("0.75"));
        assertThat(run.status("b")).isEqualTo(FAILED);
    }

    @Test
    void shouldPresumeWhatAnAbortedAttemptCostUnlessItSays() {
        Simulation run =
                priced(new PlanBuilder().budget("5"), "a").begin().abort().loseDispatch("a");

        assertThat(run.status("a")).isEqualTo(CANCELLED);
        assertThat(run.state().ledger().presumed()).isEqualTo(PlanBuilder.usd("0.50"));
        assertThat(run.record("a").usage())
                .isEqualTo(new Usage(0, 0, PlanBuilder.usd("0.50"), PlanBuilder.usd("0.50")));
    }

    @Test
    void shouldRunFreeTasksWhateverTheBudget() {
        PlanBuilder plan = new PlanBuilder().budget("0.01");
        plan.task("free").mode(ExecutionMode.PREPARED);

        assertThat(new Simulation(plan.build()).begin().finish("free").status("free"))
                .isEqualTo(COMPLETED);
    }

    @Test
    void shouldSkipDependentsOfATaskThatWasTooDear() {
        PlanBuilder plan = new PlanBuilder().budget("0.10").onFailure(OnFailure.SKIP_DEPENDENTS);
        plan.task("b").after("a");
        Simulation run = priced(plan, "a").begin();

        assertThat(run.status("b")).isEqualTo(SKIPPED);
        assertThat(run.record("b").blockedBy()).containsExactly("a");
    }

    /** Adds prompts that are estimated at half a dollar and cost 40 cents. */
    private static Simulation priced(PlanBuilder plan, String... ids) {
        for (String id : ids) {
            plan.task(id).mode(ExecutionMode.PREPARED);
        }
        Simulation run = new Simulation(plan.build());
        for (String id : ids) {
            run.script(id, HALF);
        }
        return run;
    }
}
