package dev.ratchet.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ratchet.document.Weight;
import dev.ratchet.plan.Policies.ExecutionMode;
import dev.ratchet.testkit.PlanBuilder;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TaskPartTest {
    @Test
    void shouldTellEachTaskOnceInPartsOfTheirSize() {
        PlanBuilder plan = new PlanBuilder();
        for (int i = 0; i < 40; i++) {
            plan.task("t%02d".formatted(i)).mode(ExecutionMode.PARKED);
        }
        RunState state = new RunState(plan.build());
        for (int i = 0; i < 40; i += 2) {
            state.apply(new RunEvent.Queued(5, TaskKey.root("t%02d".formatted(i))));
        }

        List<TaskRecord> told = new ArrayList<>();
        int parts = 0;
        TaskPart part = state.part(0, null, 300);
        for (; part.last() != null; part = state.part(0, part.last(), 300)) {
            assertThat(Weight.of(part.tasks())).isLessThan(400);
            told.addAll(part.tasks());
            parts++;
        }
        told.addAll(part.tasks());

        assertThat(parts).isGreaterThan(3);
        assertThat(told).isEqualTo(state.records(0)).hasSize(20);
        assertThat(state.part(18, null, 10_000).tasks()).hasSize(2);
    }

    @Test
    void shouldTellATaskThatIsMoreThanAPart() {
        PlanBuilder plan = new PlanBuilder();
        plan.task("a");
        plan.task("b");
        RunState state = new RunState(plan.build());
        state.apply(new RunEvent.Queued(5, TaskKey.root("a")));
        state.apply(new RunEvent.Queued(5, TaskKey.root("b")));

        TaskPart first = state.part(0, null, 1);

        assertThat(first.tasks()).extracting(TaskRecord::key).containsExactly(TaskKey.root("a"));
        assertThat(state.part(0, first.last(), 1).tasks())
                .extracting(TaskRecord::key)
                .containsExactly(TaskKey.root("b"));
    }
}
