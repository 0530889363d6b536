package dev.ratchet.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.NullNode;
import dev.ratchet.plan.Plan;
import dev.ratchet.plan.Policies.ExecutionMode;
import dev.ratchet.plan.Policies.OnBudget;
import dev.ratchet.plan.Policies.Scheduling;
import dev.ratchet.testkit.Audit;
import dev.ratchet.testkit.PlanBuilder;
import dev.ratchet.testkit.Script;
import dev.ratchet.testkit.Simulation;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Which patches a run takes, and what it makes of them. */
class PatchingTest {
    private static final Value NOTHING = Value.of(NullNode.instance);

    private static PlanBuilder chain(String... ids) {
        return PlanBuilder.chain(ids).scheduling(Scheduling.DATAFLOW).tasksPerActivity(1);
    }

    private static Request.Patch patch(int base, PlanBuilder plan) {
        return new Request.Patch(base, plan.build(), new Change("hash", NOTHING, NOTHING, null, 0));
    }

    private static @Nullable String refusal(Simulation run) {
        return run.refusal() == null ? null : run.refusal().code();
    }

    @Test
    void shouldRunWhatWasAdded() {
        PlanBuilder plan = chain("a", "b");
        Simulation run = new Simulation(plan.build()).begin().finish("a");
        PlanBuilder more = chain("a", "b", "c");
        more.task("aa").after("a");
        run.request(patch(1, more));

        assertThat(refusal(run)).isNull();
        assertThat(run.state().record().revision()).isEqualTo(2);
        assertThat(run.status("aa")).isEqualTo(TaskStatus.RUNNING);
        run.toEnd();
        assertThat(run.state().status()).isEqualTo(RunStatus.COMPLETED);
        assertThat(run.record("a").revision()).isEqualTo(1);
        assertThat(run.record("c").revision()).isEqualTo(2);
        assertThat(Audit.of(plan.build(), run.events())).isEmpty();
    }

    @Test
    void shouldForgetWhatWasRemoved() {
        Simulation run = new Simulation(chain("a", "b", "c").build()).begin().request(patch(1, chain("a")));

        assertThat(run.finish("a").state().status()).isEqualTo(RunStatus.COMPLETED);
        assertThat(run.state().record().batches()).isGreaterThanOrEqualTo(0);
        assertThat(run.state().task(TaskKey.root("b"))).isNull();
    }

    @Test
    void shouldCompleteWhenNothingIsLeft() {
        Simulation run =
                new Simulation(chain("a").build()).wakeUp(java.util.List.of()).request(patch(1, new PlanBuilder()));
        assertThat(refusal(run)).isNull();

        assertThat(run.begin().state().status()).isEqualTo(RunStatus.COMPLETED);
    }

    @Test
    void shouldRefusePatchesOfAnotherRevision() {
        Simulation run = new Simulation(chain("a", "b").build()).begin().request(patch(1, chain("a", "b", "c")));
        for (int base : new int[] {0, 1, 3}) {
            run.request(patch(base, chain("a", "b")));
            assertThat(refusal(run)).isEqualTo("revision_conflict");
        }
        run.request(patch(2, chain("a", "b")));
        assertThat(refusal(run)).isNull();
        assertThat(run.state().revision()).isEqualTo(3);
    }

    @Test
    void shouldLeaveAloneWhatHasBegun() {
        PlanBuilder plan = chain("a", "b");
        plan.task("late").mode(ExecutionMode.PARKED).after("a");
        plan.task("retried").after("a").attempts(2);
        Simulation run = new Simulation(plan.build())
                .script("late", Script.waits(Duration.ofHours(1)))
                .script("retried", Script.failsFirst(1))
                .begin()
                .finish("a")
                .finish("retried");
        for (String begun : new String[] {"a", "b", "late", "retried"}) {
            PlanBuilder without =
                    new PlanBuilder().scheduling(Scheduling.DATAFLOW).tasksPerActivity(1);
            if (!begun.equals("a")) {
                without.task("a");
            }
            run.request(patch(1, without));
            assertThat(refusal(run)).isEqualTo("task_not_waiting");
        }
        assertThat(run.refusal().message()).contains("is ");
        assertThat(run.state().revision()).isEqualTo(1);
    }

    @Test
    void shouldGiveBackWhatWasReservedForATaskThatIsChanged() {
        PlanBuilder plan = new PlanBuilder()
                .budget("1.00")
                .onBudget(OnBudget.PAUSE)
                .scheduling(Scheduling.DATAFLOW)
                .maxParallelism(1)
                .tasksPerActivity(1);
        plan.task("a").mode(ExecutionMode.PREPARED);
        plan.task("b").mode(ExecutionMode.PREPARED);
        plan.task("c").mode(ExecutionMode.PREPARED);
        Simulation run = new Simulation(plan.build())
                .script("a", Script.COMPLETES.estimated("0.40"))
                .script("b", Script.COMPLETES.estimated("0.40"))
                .script("c", Script.COMPLETES.estimated("0.40"))
                .begin();
        assertThat(run.status("a")).isEqualTo(TaskStatus.RUNNING);
        assertThat(run.record("c").waitingFor()).isEqualTo(WaitingFor.BUDGET);
        PlanBuilder other = new PlanBuilder()
                .budget("1.00")
                .onBudget(OnBudget.PAUSE)
                .scheduling(Scheduling.DATAFLOW)
                .maxParallelism(1)
                .tasksPerActivity(1);
        other.task("a").mode(ExecutionMode.PREPARED);
        other.task("c").mode(ExecutionMode.PREPARED);
        run.request(patch(1, other));

        assertThat(refusal(run)).isNull();
        assertThat(run.finish("a").status("c")).isEqualTo(TaskStatus.RUNNING);
        assertThat(run.finish("c").state().status()).isEqualTo(RunStatus.COMPLETED);
        assertThat(Audit.of(plan.build(), run.events())).isEmpty();
    }

    @Test
    void shouldLeaveAloneGroupsThatAWorkerHas() {
        PlanBuilder plan = grouped("a", "b");
        Simulation run = new Simulation(plan.build()).begin();
        assertThat(run.view("a").isInGroup()).isTrue();

        run.request(patch(1, grouped("a", "b", "c")));
        assertThat(refusal(run)).isEqualTo("task_not_waiting");
        PlanBuilder more = grouped("a", "b");
        more.task("0").after("z");
        run.request(patch(1, more));
        assertThat(refusal(run)).isNull();
        run.toEnd();
        assertThat(run.state().record().error()).isNull();
        assertThat(run.state().status()).isEqualTo(RunStatus.COMPLETED);
        assertThat(Audit.of(plan.build(), run.events())).isEmpty();
    }

    /** They travel together, beside a task that does not. */
    private static PlanBuilder grouped(String... ids) {
        PlanBuilder plan = chain(ids);
        for (String id : ids) {
            plan.task(id).group("g");
        }
        plan.task("z");
        return plan;
    }

    @Test
    void shouldRefusePatchesOfARunThatEnds() {
        Simulation run = new Simulation(chain("a", "b").build()).begin();
        run.wakeUp(java.util.List.of(
                new RunInput.Commanded(run.now(), new Command("stop", null, null, new Request.Abort()))));
        run.request(patch(1, chain("a", "b", "c")));
        assertThat(run.state().revision()).isEqualTo(1);
    }

    @Test
    void shouldBoundWhatTasksAdd() {
        Simulation run = new Simulation(chain("a", "b").build()).begin();
        Plan same = chain("a", "b").build();
        assertThat(refusal(run.request(agents(1, same, 6)))).isEqualTo("limit_exceeded");
        for (int i = 1; i <= 4; i++) {
            assertThat(refusal(run.request(agents(i, same, 5)))).isNull();
        }
        assertThat(refusal(run.request(agents(5, same, 1)))).isEqualTo("limit_exceeded");
        assertThat(refusal(run.request(agents(5, same, 0)))).isNull();
    }

    private static Request.Patch agents(int base, Plan plan, int agents) {
        return new Request.Patch(base, plan, new Change("hash", NOTHING, NOTHING, "a", agents));
    }

    @Test
    void shouldTakeSoManyPatchesAndNoMore() {
        Plan same = chain("a", "b").build();
        Simulation run = new Simulation(same).carrying().begin();
        for (int base = 1; base <= Patching.MOST_PATCHES; base++) {
            run.request(agents(base, same, 0));
        }
        assertThat(run.state().revision()).isEqualTo(1_001);
        assertThat(refusal(run.request(agents(1_001, same, 0)))).isEqualTo("limit_exceeded");
    }
}
