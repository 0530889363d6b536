package dev.ratchet.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ratchet.document.Json;
import dev.ratchet.plan.PatchedPlan;
import dev.ratchet.plan.Plan;
import dev.ratchet.plan.Policies.Scheduling;
import dev.ratchet.plan.Policies.TriggerRule;
import dev.ratchet.testkit.PlanBuilder;
import dev.ratchet.testkit.Script;
import dev.ratchet.testkit.Simulation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

    private static Script items(int count) {
        return Script.COMPLETES.prepared(new Script.Preparation.Unrolls(count));
    }

    private static Keeping.Again again(boolean failedItems, boolean otherInput, String... from) {
        return new Keeping.Again(
                Set.of(from), failedItems, otherInput, outputs -> Value.of(Json.tree(outputs.keySet())));
    }

    /** What an item of a map gave that completed is neither carried out nor paid for again. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldKeepTheItemsThatCompletedOfAMapThatDidNot(boolean carrying) {
        PlanBuilder plan = PlanBuilder.chain("before", "m", "after");
        plan.task("m").each(PlanBuilder.chain("a", "x"), 2, false);
        plan.tasksPerActivity(1).maxParallelism(1);
        Simulation failed = new Simulation(plan.build()).script("m", items(5)).begin();
        for (String task : List.of("before", "m[0].a", "m[0].x", "m[1].a", "m[1].x", "m[2].a")) {
            failed.finish(task);
        }
        failed.script("x", Script.fails()).finish("m[2].x");
        failed.toEnd();
        assertThat(failed.state().status()).isEqualTo(RunStatus.FAILED);
        Keeping keeping = Keeping.of(plan.build(), failed.state().records(0), again(true, false));

        assertThat(keeping.ids()).containsExactly("before");
        assertThat(keeping.items().get("m").parts().keySet()).containsExactly(0, 1);
        Plan kept = PatchedPlan.keeping(plan.build(), keeping.ids());
        CarriedRun begins = Json.read(Json.write(keeping.carried(kept, Simulation.START)), CarriedRun.class);
        Simulation run = new Simulation(kept).beginningWith(begins);
        run = (carrying ? run.carrying() : run).script("m", items(5)).toEnd();

        assertThat(run.state().status()).isEqualTo(RunStatus.COMPLETED);
        assertThat(run.events())
                .filteredOn(RunEvent.ScopeBegan.class::isInstance)
                .extracting(event -> ((RunEvent.ScopeBegan) event).number())
                .containsExactly(2, 3, 4);
        assertThat(run.charged())
                .extracting(outcome -> outcome.key().toString())
                .doesNotContain("m[0].x", "m[1].a");
        if (!carrying) {
            assertThat(run.record("m").progress()).isEqualTo(new TaskRecord.Progress(5, 0, 5));
            assertThat(run.view("m").repetition().parts().getFirst().output())
                    .isEqualTo(failed.record("m[0].x").output());
        }
    }

    @Test
    void shouldPutTogetherWhatTheLeavesOfAnItemGave() {
        PlanBuilder plan = new PlanBuilder().scheduling(Scheduling.DATAFLOW).tasksPerActivity(1);
        PlanBuilder body = new PlanBuilder();
        body.task("a");
        body.task("b");
        plan.task("m").each(body, 2, true);
        plan.task("z");
        Simulation aborted = new Simulation(plan.build()).script("m", items(2)).begin();
        aborted.finish("m[0].a").finish("m[0].b").script("b", Script.fails());
        aborted.finish("m[1].b").abort().toEnd();
        Keeping keeping = Keeping.of(plan.build(), aborted.state().records(0), again(true, false));

        assertThat(keeping.items().get("m").parts())
                .containsExactly(Map.entry(0, new Part(Value.of(Json.tree(List.of("a", "b"))), null)));
    }

    @Test
    void shouldCarryOutFailedItemsAgainOnlyForWhoAsksForWhatFailed() {
        PlanBuilder plan = PlanBuilder.chain("m", "after");
        plan.task("m").each(PlanBuilder.chain("x"), 2, true);
        Simulation ended = new Simulation(plan.tasksPerActivity(1).build())
                .script("m", items(2))
                .begin()
                .finish("m[0].x")
                .script("x", Script.fails())
                .toEnd();
        assertThat(ended.state().status()).isEqualTo(RunStatus.COMPLETED);

        Keeping retried = Keeping.of(plan.build(), ended.state().records(0), again(true, false));
        assertThat(retried.ids()).isEmpty();
        assertThat(retried.items().get("m").parts()).containsOnlyKeys(0);
        assertThat(Keeping.of(plan.build(), ended.state().records(0), again(false, false))
                        .ids())
                .containsExactly("after", "m");
    }

    /** Other items may be behind the same numbers. */
    @Test
    void shouldKeepNoItemsWhereTheyMayBeOthers() {
        PlanBuilder plan = PlanBuilder.chain("before", "m");
        plan.task("m").each(PlanBuilder.chain("x"), 2, true);
        Simulation ended = new Simulation(plan.tasksPerActivity(1).build())
                .script("m", items(2))
                .begin()
                .finish("before")
                .finish("m[0].x")
                .script("x", Script.fails())
                .toEnd();
        List<TaskRecord> tasks = ended.state().records(0);

        assertThat(Keeping.of(plan.build(), tasks, again(true, true)).items()).isEmpty();
        assertThat(Keeping.of(plan.build(), tasks, again(true, false, "before")).items())
                .isEmpty();
        assertThat(Keeping.of(plan.build(), tasks, again(true, false, "m")).items())
                .isEmpty();
        Keeping keeping = Keeping.of(plan.build(), tasks, again(true, false));
        Simulation run = new Simulation(PatchedPlan.keeping(plan.build(), keeping.ids()))
                .beginningWith(keeping.carried(plan.build(), 0))
                .script("m", items(3))
                .toEnd();
        assertThat(run.events())
                .filteredOn(RunEvent.ScopeBegan.class::isInstance)
                .hasSize(3);
    }
}
