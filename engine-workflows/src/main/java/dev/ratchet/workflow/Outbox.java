package dev.ratchet.workflow;

import dev.ratchet.run.RunCommand;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What is to be sent, in order: as much of it at a time as a {@link Turn} allows. */
final class Outbox {
    private final ArrayDeque<RunCommand> waiting = new ArrayDeque<>();
    private final Turn turn;

    Outbox(Turn turn) {
        this.turn = turn;
    }

    void add(Collection<RunCommand> commands) {
        waiting.addAll(commands);
    }

    /** Takes back all that was not sent yet. */
    List<RunCommand> withdraw() {
        List<RunCommand> unsent = List.copyOf(waiting);
        waiting.clear();
        return unsent;
    }

    /** Takes back those of some dispatches that were not sent yet. */
    List<RunCommand.Numbered> withdraw(Set<Long> dispatches) {
        List<RunCommand.Numbered> unsent = waiting.stream()
                .filter(RunCommand.Numbered.class::isInstance)
                .map(RunCommand.Numbered.class::cast)
                .filter(command -> dispatches.contains(command.dispatch()))
                .toList();
        waiting.removeAll(unsent);
        return unsent;
    }

    boolean isEmpty() {
        return waiting.isEmpty();
    }

    /** The next command, or null when this turn has sent enough or there is none. */
    @Nullable
    RunCommand poll(long now) {
        RunCommand next = waiting.peek();
        return next == null || !turn.allows(next, now) ? null : waiting.poll();
    }

    /** Whether what is left needs another turn; not when the answers that are under way will make room for it. */
    boolean needsAnotherTurn(long now) {
        RunCommand next = waiting.peek();
        return next != null && !turn.allows(next, now) && !turn.hasRoomSoon(next, now);
    }
}
