package dev.ratchet.task.dispatch;

import dev.ratchet.document.Weight;
import java.util.List;

/** Keeps signals and heartbeats at 64 KB: what does not fit is told by a later one, or by the result. */
final class MessageSize {
    static final int MAX_BYTES = 64 * 1024;

    private MessageSize() {}

    /** The first of the values that together fit. One that does not fit alone ends them: the result tells it. */
    static <T> List<T> fitting(List<T> values) {
        long size = 0;
        int count = 0;
        for (T value : values) {
            size += Weight.of(value) + 1;
            if (size > MAX_BYTES) {
                break;
            }
            count++;
        }
        return List.copyOf(values.subList(0, count));
    }

    /** The same, but at least one when there are any: whether a signal of it gets through is seen when it is sent. */
    static <T> List<T> fittingOrFirst(List<T> values) {
        List<T> fitting = fitting(values);
        return fitting.isEmpty() && !values.isEmpty() ? List.of(values.getFirst()) : fitting;
    }
}
