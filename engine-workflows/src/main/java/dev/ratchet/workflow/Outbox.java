package dev.ratchet.workflow;

import dev.ratchet.run.RunCommand;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is to be sent. One workflow task sends a bounded number of commands of bounded size, because the server refuses
 * more than 4 MB at once; and a chain of local work pauses now and then, because signals and queries wait for it.
 */
final class Outbox {
    /** Activities that one workflow task starts. */
    static final int COMMANDS_PER_TASK = 100;

    /** Bytes of their inputs. */
    static final long BYTES_PER_TASK = 1024 * 1024;

    /** Local activities that one workflow task completes: their outputs are bounded by what a run may hold inline. */
    static final int LOCAL_PER_TASK = 1_000;

    /** How long local work may go on without letting anybody else have a turn, in milliseconds. */
    static final long BURST_MS = 500;

    private final ArrayDeque<RunCommand> waiting = new ArrayDeque<>();
    private int sent;
    private int sentLocal;
    private long bytes;
    private long burstBegan;

    /** A new workflow task began, or one that only now hears from outside. */
    void freshTurn(long now) {
        sent = 0;
        sentLocal = 0;
        bytes = 0;
        burstBegan = now;
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
        if (next == null || !mayGo(next, now)) {
            return null;
        }
        if (next instanceof RunCommand.Inline) {
            sentLocal++;
        } else {
            sent++;
        }
        return waiting.poll();
    }

    /** Takes note of how much the last command weighed. */
    void weigh(long inputBytes) {
        bytes += inputBytes;
    }

    private boolean mayGo(RunCommand next, long now) {
        return next instanceof RunCommand.Inline
                ? sentLocal < LOCAL_PER_TASK && now - burstBegan <= BURST_MS
                : sent < COMMANDS_PER_TASK && bytes < BYTES_PER_TASK;
    }
}
