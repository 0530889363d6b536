package dev.ratchet.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ratchet.plan.Plan;
import dev.ratchet.plan.Policies.ExecutionMode;
import dev.ratchet.plan.Policies.Scheduling;
import dev.ratchet.testkit.PlanBuilder;
import dev.ratchet.testkit.Simulation;
import dev.ratchet.testkit.Treadmill;
import dev.ratchet.testkit.WideShapes;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Twice the tasks may take twice the work: counted, never timed. */
class LinearityTest {
    private static final int SMALL = 400;
    private static final int TIMES = 5;
    private static final double MOST_LOOKS = 40;

    private final CountingView counting = new CountingView();

    @ParameterizedTest
    @EnumSource
    void shouldTakeLinearWorkForAChain(Scheduling scheduling) {
        isLinear(size -> {
            PlanBuilder plan = new PlanBuilder().scheduling(scheduling);
            IntStream.range(0, size).forEach(i -> {
                plan.task(id(i));
                if (i > 0) {
                    plan.task(id(i)).after(id(i - 1));
                }
            });
            return plan.build();
        });
    }

    @ParameterizedTest
    @EnumSource
    void shouldTakeLinearWorkForAWideWave(Scheduling scheduling) {
        isLinear(size -> {
            PlanBuilder plan =
                    new PlanBuilder().scheduling(scheduling).maxParallelism(4).tasksPerActivity(1);
            IntStream.range(0, size).forEach(i -> plan.task(id(i)));
            return plan.build();
        });
    }

    @ParameterizedTest
    @EnumSource
    void shouldTakeLinearWorkForManyPrompts(Scheduling scheduling) {
        isLinear(size -> {
            PlanBuilder plan = new PlanBuilder()
                    .scheduling(scheduling)
                    .maxParallelism(4)
                    .budget("100")
                    .tasksPerActivity(1);
            IntStream.range(0, size).forEach(i -> plan.task(id(i)).mode(ExecutionMode.PREPARED));
            return plan.build();
        });
    }

    @Test
    void shouldTakeLinearWorkForManyGroups() {
        isLinear(size -> {
            PlanBuilder plan = new PlanBuilder().scheduling(Scheduling.DATAFLOW).maxParallelism(4);
            IntStream.range(0, size / 2).forEach(i -> {
                plan.task(id(2 * i)).group("g" + i);
                plan.task(id(2 * i + 1)).group("g" + i).after(id(2 * i));
            });
            return plan.build();
        });
    }

    /** However many turns and items are open: an event costs what happened. */
    @ParameterizedTest
    @ValueSource(ints = {16, 100, 500})
    void shouldLookAtAFewThingsForEachEventOfAWideMap(int width) {
        isCheap(WideShapes.items(600, counted(WideShapes.mapPlan(PlanBuilder.chain("a", "b", "c"), width))));
    }

    @ParameterizedTest
    @ValueSource(ints = {16, 100, 500})
    void shouldLookAtAFewThingsForEachEventOfLoopsInAMap(int width) {
        isCheap(WideShapes.looped(
                WideShapes.items(width, counted(WideShapes.mapPlan(WideShapes.looping(3), width))), 3));
    }

    @Test
    void shouldLookAtAFewThingsForEachEventWhereManyItemsWaitForFewSlots() {
        PlanBuilder plan = new PlanBuilder().maxParallelism(2).tasksPerActivity(1);
        plan.task("m").each(PlanBuilder.chain("a", "b"), 400, true);
        isCheap(WideShapes.items(400, counted(plan.build())));
    }

    private void isCheap(Treadmill run) {
        run.toEnd();
        assertThat(run.state().status()).isEqualTo(RunStatus.COMPLETED);
        assertThat((double) counting.looks() / run.events())
                .as("looks at the state for each event")
                .isLessThan(MOST_LOOKS);
    }

    private Treadmill counted(Plan plan) {
        return new Treadmill(
                plan, state -> new RunFold(state, (view, input) -> Decider.decide(counting.of(view), input)));
    }

    @Test
    void shouldNoticeADeciderThatGoesThroughAllTasksEachTime() {
        IntFunction<Plan> wide = size -> {
            PlanBuilder plan = new PlanBuilder().maxParallelism(4).tasksPerActivity(1);
            IntStream.range(0, size).forEach(i -> plan.task(id(i)));
            return plan.build();
        };
        BiFunction<RunView, RunInput, List<RunEvent>> slow = (view, input) -> {
            view.topological(TaskKey.ROOT);
            return Decider.decide(view, input);
        };

        long small = cost(wide.apply(SMALL), slow).looks;
        assertThat(cost(wide.apply(TIMES * SMALL), slow).looks).isGreaterThan(2L * TIMES * small);
    }

    private static void isLinear(IntFunction<Plan> plans) {
        Cost small = cost(plans.apply(SMALL), Decider::decide);
        Cost large = cost(plans.apply(TIMES * SMALL), Decider::decide);
        assertThat(large.events).as("events").isLessThanOrEqualTo(TIMES * small.events + TIMES);
        assertThat(large.looks).as("looks at the state").isLessThan(2L * TIMES * small.looks);
    }

    /** What a run took: its events, and how often its decider looked at something. */
    private record Cost(long events, long looks) {}

    private static Cost cost(Plan plan, BiFunction<RunView, RunInput, List<RunEvent>> decider) {
        CountingView counting = new CountingView();
        Simulation run = new Simulation(plan)
                .foldedBy(state -> new RunFold(state, (view, input) -> decider.apply(counting.of(view), input)))
                .toEnd();
        return new Cost(run.events().size(), counting.looks());
    }

    private static String id(int i) {
        return "t%05d".formatted(i);
    }
}
