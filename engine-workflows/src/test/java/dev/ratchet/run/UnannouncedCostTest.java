package dev.ratchet.run;

import static dev.ratchet.run.TaskStatus.COMPLETED;
import static dev.ratchet.run.TaskStatus.FAILED;
import static dev.ratchet.run.TaskStatus.RUNNING;
import static dev.ratchet.run.TaskStatus.WAITING;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.NullNode;
import dev.ratchet.plan.Policies.ExecutionMode;
import dev.ratchet.plan.Policies.OnBudget;
import dev.ratchet.plan.Policies.OnFailure;
import dev.ratchet.testkit.PlanBuilder;
import dev.ratchet.testkit.Script;
import dev.ratchet.testkit.Simulation;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Costs that nobody announced: once they have reached the limit, nothing that costs is handed out. */
class UnannouncedCostTest {
    private static final Script PRICED = Script.COMPLETES.costing("1.00");

    @Test
    void shouldHandOutNothingOfATypeThatHasCostOnceAllIsSpent() {
        Simulation run =
                dear(new PlanBuilder().budget("1.00"), "a", "b").begin().finish("a");

        assertThat(run.status("b")).isEqualTo(FAILED);
        assertThat(Objects.requireNonNull(run.record("b").error()).message())
                .isEqualTo("Expected b to cost nothing more, because 1 USD is spent of a limit of 1 USD, "
                        + "but a test of this run has cost something before");
        assertThat(Objects.requireNonNull(run.record("b").error()).code()).isEqualTo("budget_exceeded");
    }

    @Test
    void shouldBindWithinABatchToo() {
        PlanBuilder plan = new PlanBuilder().budget("1.00").maxParallelism(1).onFailure(OnFailure.SKIP_DEPENDENTS);
        plan.task("a");
        plan.task("b");
        Simulation run = new Simulation(plan.build())
                .script("a", PRICED)
                .script("b", PRICED)
                .begin()
                .finish("a");

        assertThat(run.status("b")).isEqualTo(FAILED);
        assertThat(run.state().ledger().spent()).isEqualTo(PlanBuilder.usd("1.00"));
    }

    @Test
    void shouldGoOnWhileSomethingIsLeft() {
        assertThat(dear(new PlanBuilder().budget("1.01"), "a", "b")
                        .begin()
                        .finish("a")
                        .status("b"))
                .isEqualTo(RUNNING);
    }

    @Test
    void shouldWaitForMoneyWhereThePolicySaysSo() {
        Simulation run = dear(new PlanBuilder().budget("1.00").onBudget(OnBudget.PAUSE), "a", "b")
                .begin()
                .finish("a");

        assertThat(run.status("b")).isEqualTo(WAITING);
        assertThat(run.record("b").waitingFor()).isEqualTo(WaitingFor.BUDGET);
        assertThat(run.state().status()).isEqualTo(RunStatus.PAUSED);
        assertThat(run.raiseBudget("2.00").status("b")).isEqualTo(RUNNING);
    }

    @Test
    void shouldNotRetryWhatHasCost() {
        PlanBuilder plan = new PlanBuilder().budget("1.00");
        plan.task("a").attempts(2);
        Simulation run = new Simulation(plan.build())
                .script("a", Script.failsFirst(1).costing("1.00"))
                .begin()
                .finish("a")
                .advance(Duration.ofSeconds(1));

        assertThat(run.status("a")).isEqualTo(FAILED);
        assertThat(run.view("a").attempt()).isEqualTo(1);
    }

    @Test
    void shouldLetWhatIsFreeRunOn() {
        PlanBuilder plan = new PlanBuilder().budget("1.00");
        plan.task("a").mode(ExecutionMode.PREPARED);
        plan.task("b").after("a");
        plan.task("c").after("b").mode(ExecutionMode.INLINE);
        Simulation run = new Simulation(plan.build())
                .script("a", Script.COMPLETES.estimated("1.00").costing("1.00"))
                .begin()
                .finish("a")
                .finish("b");

        assertThat(run.state().ledger().isSpent()).isTrue();
        assertThat(run.status("c")).isEqualTo(COMPLETED);
    }

    @Test
    void shouldAskNoAgentOnceOneHasCostAll() {
        PlanBuilder plan = new PlanBuilder().budget("1.00");
        plan.task("a").mode(ExecutionMode.PARKED);
        plan.task("b").mode(ExecutionMode.PARKED).after("a");
        Simulation run = new Simulation(plan.build())
                .script("a", AGENT)
                .script("b", AGENT)
                .begin();
        Usage used = new Usage(0, 0, PlanBuilder.usd("1.00"));

        run.request(new Request.Give(TaskKey.root("a"), new Given("1", Value.of(NullNode.instance), null, used)));

        assertThat(run.status("a")).isEqualTo(COMPLETED);
        assertThat(run.status("b")).isEqualTo(FAILED);
        assertThat(run.announced()).isEmpty();
    }

    @Test
    void shouldTakeApartAGroupOfWhichAMemberMayNotGo() {
        PlanBuilder plan = PlanBuilder.chain("a", "b", "c").budget("1.00");
        plan.task("b").group("g");
        plan.task("c").group("g");
        Simulation run =
                new Simulation(plan.build()).script("a", PRICED).begin().finish("a");

        assertThat(run.status("b")).isEqualTo(FAILED);
        assertThat(Objects.requireNonNull(run.record("b").error()).code()).isEqualTo("budget_exceeded");
        assertThat(run.open()).isEmpty();
    }

    @Test
    void shouldRememberWhatHasCostOverContinueAsNew() {
        Simulation run =
                dear(new PlanBuilder().budget("1.00"), "a", "b").carrying().toEnd();

        assertThat(run.status("b")).isEqualTo(FAILED);
        assertThat(run.state().ledger().spent()).isEqualTo(PlanBuilder.usd("1.00"));
    }

    private static final Script AGENT = Script.COMPLETES.prepared(new Script.Preparation.Holds(
            WaitingFor.AGENT,
            null,
            new Hold(Value.of(NullNode.instance), "q", null, Hold.OnDeadline.FAIL, null, null, null, false)));

    /** Tasks one after the other, each of which costs a dollar. */
    private static Simulation dear(PlanBuilder plan, String first, String second) {
        plan.task(first);
        plan.task(second).after(first);
        return new Simulation(plan.build()).script(first, PRICED).script(second, PRICED);
    }
}
