package dev.ratchet.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ratchet.plan.PatchedPlan;
import dev.ratchet.plan.Plan;
import dev.ratchet.plan.Policies.Scheduling;
import dev.ratchet.plan.Policies.TriggerRule;
import dev.ratchet.testkit.PlanBuilder;
import dev.ratchet.testkit.Script;
import dev.ratchet.testkit.Simulation;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a run that is carried out again takes over. */
class KeepingTest {
    private static Keeping keeping(PlanBuilder plan, Simulation ended, String... from) {
        List<TaskRecord> tasks = new ArrayList<>();
        plan.build().root().nodes().forEach(node -> tasks.add(ended.record(node.id())));
        return Keeping.of(plan.build(), tasks, Set.of(from));
    }

    private static Simulation again(Plan plan, Keeping keeping) {
        Plan kept = PatchedPlan.keeping(plan, keeping.ids());
        return new Simulation(kept).beginningWith(keeping.carried(kept, Simulation.START));
    }

    @Test
    void shouldKeepWhatCompletedBeforeTheFailure() {
        PlanBuilder plan = PlanBuilder.chain("a", "b", "c");
        Simulation failed =
                new Simulation(plan.build()).script("b", Script.fails()).toEnd();
        Keeping keeping = keeping(plan, failed);

        assertThat(keeping.ids()).containsExactly("a");
        Simulation run = again(plan.build(), keeping).toEnd();
        assertThat(run.state().status()).isEqualTo(RunStatus.COMPLETED);
        assertThat(run.record("a").kept()).isTrue();
        assertThat(run.record("a").output()).isEqualTo(failed.record("a").output());
        assertThat(run.record("a").attempts()).isZero();
        assertThat(run.record("b").kept()).isNull();
        assertThat(run.state().version()).isEqualTo(run.events().size() + 1);
    }

    @Test
    void shouldCarryOutAgainWhatDependsOnWhatIsNamed() {
        PlanBuilder plan = PlanBuilder.chain("a", "b", "c");
        plan.task("d").after("a");
        Simulation ended = new Simulation(plan.build()).toEnd();

        assertThat(keeping(plan, ended, "b").ids()).containsExactly("a", "d");
        assertThat(keeping(plan, ended, "a").ids()).isEmpty();
        assertThat(keeping(plan, ended, "a").carried(plan.build(), 0)).isNull();
    }

    @Test
    void shouldCarryOutAgainWhatRanBecauseOfAFailure() {
        PlanBuilder plan = PlanBuilder.chain("a");
        plan.task("a").allowFailure();
        plan.task("rescue").after("a").rule(TriggerRule.ANY_FAILED);
        plan.task("other");
        Simulation ended =
                new Simulation(plan.build()).script("a", Script.fails()).toEnd();
        assertThat(ended.status("rescue")).isEqualTo(TaskStatus.COMPLETED);

        Simulation run = again(plan.build(), keeping(plan, ended)).toEnd();
        assertThat(run.record("rescue").reason()).isEqualTo(SkipReason.RULE_NOT_MET);
    }

    @Test
    void shouldKeepWhatAConditionSkippedAndWhatFollowedFromIt() {
        PlanBuilder plan = PlanBuilder.chain("a").scheduling(Scheduling.DATAFLOW);
        plan.task("b").afterIf("a");
        plan.task("c").after("a", "b").rule(TriggerRule.ANY_SUCCESS);
        plan.task("d").after("c");
        Simulation ended = new Simulation(plan.build())
                .script("a", Script.completes(Answer.NO))
                .script("d", Script.fails())
                .toEnd();
        Keeping keeping = keeping(plan, ended);

        assertThat(keeping.ids()).containsExactly("a", "b", "c");
        Simulation run = again(plan.build(), keeping).toEnd();
        assertThat(run.record("b").reason()).isEqualTo(SkipReason.CONDITION);
        assertThat(run.record("b").kept()).isNull();
        assertThat(run.state().status()).isEqualTo(RunStatus.COMPLETED);
    }

    @Test
    void shouldRunWhatIsLeftOfAGroupOneByOne() {
        PlanBuilder plan = PlanBuilder.chain("a", "b", "c");
        for (String id : List.of("a", "b", "c")) {
            plan.task(id).group("g");
        }
        Simulation ended =
                new Simulation(plan.build()).script("c", Script.fails()).toEnd();

        Simulation run = again(plan.build(), keeping(plan, ended)).toEnd();
        assertThat(run.state().status()).isEqualTo(RunStatus.COMPLETED);
        assertThat(run.record("b").kept()).isTrue();
    }
}
