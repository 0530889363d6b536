package dev.ratchet.workflow;

import io.temporal.workflow.Promise;
import java.util.ArrayDeque;
import java.util.function.Supplier;

/**
 * Lets so much work outside go on at once, and the rest wait: the server holds no more than 2,000 activities of a workflow.
 * Work begins in the loop only: what goes wrong there is seen, in a callback of a promise it would not be.
 */
final class Window {
    private final int size;
    private final Mailbox mailbox;
    private final ArrayDeque<Supplier<? extends Promise<?>>> waiting = new ArrayDeque<>();
    private int open;

    Window(int size, Mailbox mailbox) {
        this.size = size;
        this.mailbox = mailbox;
    }

    /** Begins the work now, or once there is room for it. */
    void add(Supplier<? extends Promise<?>> work) {
        waiting.add(work);
        fill();
    }

    /** Begins as much of what waits as there is room for. */
    void fill() {
        while (hasRoom()) {
            open++;
            waiting.remove().get().handle((done, failure) -> {
                open--;
                if (!waiting.isEmpty()) {
                    mailbox.wakeFromOutside();
                }
                return null;
            });
        }
    }

    /** Whether work waits that could begin. */
    boolean hasRoom() {
        return open < size && !waiting.isEmpty();
    }

    /** Whether all of it is done. */
    boolean isIdle() {
        return open == 0 && waiting.isEmpty();
    }
}
