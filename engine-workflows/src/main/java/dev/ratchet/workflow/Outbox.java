package dev.ratchet.workflow;

import dev.ratchet.run.RunCommand;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is to be sent. One workflow task sends a bounded number of commands, because the server refuses more than 4 MB at
 * once; and a chain of local work pauses now and then, because signals and queries wait for it.
 */
final class Outbox {
    /** Activities that one workflow task starts. */
    static final int COMMANDS_PER_TASK = 100;

    /** How long local work may go on without letting anybody else have a turn, in milliseconds. */
    static final long BURST_MS = 500;

    private final ArrayDeque<RunCommand> waiting = new ArrayDeque<>();
    private int sent;
    private long burstBegan;

    /** A new workflow task began, or one that only now hears from outside. */
    void freshTurn(long now) {
        sent = 0;
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

    boolean isEmpty() {
        return waiting.isEmpty();
    }

    /** The next command, or null when this turn has sent enough or there is none. */
    @Nullable
    RunCommand poll(long now) {
        RunCommand next = waiting.peek();
        if (next == null || sent >= COMMANDS_PER_TASK) {
            return null;
        }
        if (next instanceof RunCommand.Inline && now - burstBegan > BURST_MS) {
            return null;
        }
        sent++;
        return waiting.poll();
    }
}
