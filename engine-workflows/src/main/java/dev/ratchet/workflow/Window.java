package dev.ratchet.workflow;

import io.temporal.workflow.Promise;
import java.util.ArrayDeque;
import java.util.function.Supplier;

/**
 * Lets so much work outside go on at once, and the rest wait: the server holds no more than 2,000 activities of a workflow,
 * and takes no more from one workflow task than a {@link Turn} allows.
 */
final class Window {
    private final int size;
    private final Turn turn;
    private final Mailbox mailbox;
    private final ArrayDeque<Work> waiting = new ArrayDeque<>();
    private int open;

    /** Work to begin, and what it takes to send it. */
    private record Work(long weight, Supplier<? extends Promise<?>> begin) {}

    /** @param mailbox of the loop, which is woken when there is room for work that waits, and calls {@link #fill} */
    Window(int size, Turn turn, Mailbox mailbox) {
        this.size = size;
        this.turn = turn;
        this.mailbox = mailbox;
    }

    /** Begins the work now, or once there is room for it. */
    void add(long weight, Supplier<? extends Promise<?>> work) {
        waiting.add(new Work(weight, work));
        fill();
    }

    /** Whether all of it is done. */
    boolean isIdle() {
        return open == 0 && waiting.isEmpty();
    }

    /** Whether all of it has begun. */
    boolean isEmpty() {
        return waiting.isEmpty();
    }

    /** Whether there is work that only waits for a turn to send it. */
    boolean isHeldUp() {
        return open < size && !waiting.isEmpty();
    }

    /** Begins what there is room for. */
    void fill() {
        while (isHeldUp() && turn.allowsToSend()) {
            Work next = waiting.remove();
            turn.sends(next.weight());
            open++;
            next.begin().get().handle((done, failure) -> {
                open--;
                if (!waiting.isEmpty()) {
                    mailbox.wakeFromOutside();
                }
                return null;
            });
        }
    }
}
