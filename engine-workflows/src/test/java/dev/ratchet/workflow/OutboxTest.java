package dev.ratchet.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ratchet.plan.Plan;
import dev.ratchet.run.Attempt;
import dev.ratchet.run.RunCommand;
import dev.ratchet.run.TaskKey;
import dev.ratchet.testkit.PlanBuilder;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class OutboxTest {
    private static final Plan PLAN = PlanBuilder.chain("a").build();

    private final Outbox outbox = new Outbox(new Turn());

    @Test
    void shouldTakeBackWhateverHasANumberThatIsNotWanted() {
        RunCommand.Numbered dispatch = new RunCommand.Dispatch(1, List.of(attempt()), Map.of(), 1_000, null, 0);
        RunCommand.Numbered call = new RunCommand.External(2, attempt(), 1_000, "theirs", 0);
        RunCommand.Numbered group = new RunCommand.DispatchGroup(3, "g", PLAN, List.of(), 1, 1_000, null);
        RunCommand.Numbered wanted = new RunCommand.External(4, attempt(), 1_000, "theirs", 0);
        RunCommand other = new RunCommand.CancelSome(Set.of(9L));
        outbox.add(List.of(dispatch, call, other, group, wanted));

        assertThat(outbox.withdraw(Set.of(1L, 2L, 3L))).containsExactly(dispatch, call, group);
        assertThat(outbox.withdraw()).containsExactly(other, wanted);
    }

    private static Attempt attempt() {
        return new Attempt(TaskKey.root("a"), PLAN.root().node(0).task(), 1, 1, List.of(), List.of(), null);
    }
}
