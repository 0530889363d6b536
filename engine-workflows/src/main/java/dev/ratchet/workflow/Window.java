package dev.ratchet.workflow;

import io.temporal.workflow.Promise;
import java.util.ArrayDeque;
import java.util.function.Supplier;

/** Lets so much work outside go on at once, and the rest wait: the server holds no more than 2,000 activities of a workflow. */
final class Window {
    private final int size;
    private final ArrayDeque<Supplier<? extends Promise<?>>> waiting = new ArrayDeque<>();
    private int open;

    Window(int size) {
        this.size = size;
    }

    /** Begins the work now, or once there is room for it. */
    void add(Supplier<? extends Promise<?>> work) {
        waiting.add(work);
        fill();
    }

    /** Whether all of it is done. */
    boolean isIdle() {
        return open == 0 && waiting.isEmpty();
    }

    private void fill() {
        while (open < size && !waiting.isEmpty()) {
            open++;
            waiting.remove().get().handle((done, failure) -> {
                open--;
                fill();
                return null;
            });
        }
    }
}
