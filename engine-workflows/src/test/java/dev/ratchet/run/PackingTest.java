package dev.ratchet.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ratchet.plan.Policies.ExecutionMode;
import dev.ratchet.testkit.PlanBuilder;
import dev.ratchet.testkit.Simulation;
import dev.ratchet.testkit.TaskBuilder;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Which tasks of a wave share one activity. */
class PackingTest {
    @Test
    void shouldGiveEachTaskOfANarrowWaveAnActivityOfItsOwn() {
        assertThat(packs(wave(64, task -> {}).maxParallelism(500))).hasSize(64).allMatch(pack -> pack.size() == 1);
    }

    @Test
    void shouldPackAWiderWaveIntoAboutSixtyFourActivities() {
        assertThat(packs(wave(65, task -> {}).maxParallelism(500))).hasSize(33).allMatch(pack -> pack.size() <= 2);
        assertThat(packs(wave(500, task -> {}).maxParallelism(500))).hasSize(63).allMatch(pack -> pack.size() <= 8);
    }

    @Test
    void shouldNeverPutMoreThanSixtyFourIntoOneActivity() {
        assertThat(packs(wave(10_000, task -> {}).maxParallelism(500)))
                .hasSize(8)
                .allMatch(pack -> pack.size() <= Packing.MOST);
    }

    @Test
    void shouldPackQuickTasksFromTheStart() {
        assertThat(packs(wave(16, TaskBuilder::quick).maxParallelism(500))).hasSize(1);
        assertThat(packs(wave(17, TaskBuilder::quick).maxParallelism(500)).stream()
                        .map(List::size))
                .containsExactly(16, 1);
        assertThat(packs(wave(200, TaskBuilder::quick).maxParallelism(500)).stream()
                        .map(List::size))
                .containsExactly(50, 50, 50, 50);
    }

    @Test
    void shouldPackAsManyAsThePolicySays() {
        assertThat(packs(wave(10, task -> {}).maxParallelism(500).tasksPerActivity(4)).stream()
                        .map(List::size))
                .containsExactly(4, 4, 2);
        assertThat(packs(wave(10, TaskBuilder::quick).maxParallelism(500).tasksPerActivity(1)))
                .hasSize(10);
    }

    @Test
    void shouldPackOnlyTasksThatFeedTheSameSuccessors() {
        PlanBuilder plan = wave(4, TaskBuilder::quick);
        plan.task("x").after("t0000", "t0001");
        plan.task("y").after("t0002");

        assertThat(packs(plan))
                .containsExactlyInAnyOrder(List.of("t0000", "t0001"), List.of("t0002"), List.of("t0003"));
    }

    @Test
    void shouldNotMixTaskQueues() {
        PlanBuilder plan = new PlanBuilder();
        plan.task("a").quick();
        plan.task("b").quick().taskQueue("gpu");
        plan.task("c").quick();

        assertThat(packs(plan)).containsExactlyInAnyOrder(List.of("a", "c"), List.of("b"));
    }

    @Test
    void shouldHandOutNoMoreThanThereAreSlotsInIdOrder() {
        Simulation run = new Simulation(wave(10, task -> {}).maxParallelism(3).build()).begin();

        assertThat(handedOver(run)).containsExactly(List.of("t0000"), List.of("t0001"), List.of("t0002"));
        run.finish("t0001");
        assertThat(handedOver(run)).last().isEqualTo(List.of("t0003"));
    }

    @Test
    void shouldSendInlineTasksTogetherWithoutTakingSlots() {
        Simulation run = new Simulation(wave(100, task -> task.mode(ExecutionMode.INLINE))
                .maxParallelism(1)
                .build());
        run.wakeUp(List.of(new RunInput.Begin(run.now())));

        assertThat(run.open().stream()
                        .map(command -> ((RunCommand.Inline) command).jobs().size()))
                .containsExactly(64, 36);
    }

    private static PlanBuilder wave(int width, Consumer<TaskBuilder> kind) {
        PlanBuilder plan = new PlanBuilder();
        IntStream.range(0, width).forEach(i -> kind.accept(plan.task("t%04d".formatted(i))));
        return plan;
    }

    /** What is handed out at once. */
    private static List<List<String>> packs(PlanBuilder plan) {
        return handedOver(new Simulation(plan.build()).begin());
    }

    private static List<List<String>> handedOver(Simulation run) {
        return run.events().stream()
                .filter(event -> event instanceof RunEvent.HandedOver)
                .map(event -> ((RunEvent.HandedOver) event)
                        .keys().stream().map(TaskKey::id).toList())
                .toList();
    }
}
