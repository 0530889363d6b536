package dev.ratchet.task.dispatch;

import dev.ratchet.document.Json;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Keeps signals and heartbeats at 64 KB: what does not fit is told by a later one, or by the result. */
final class MessageSize {
    static final int MAX_BYTES = 64 * 1024;

    private MessageSize() {}

    /** The first of the values that together fit, but at least one when there are any. */
    static <T> List<T> fitting(List<T> values) {
        long size = 0;
        int count = 0;
        for (T value : values) {
            size += Json.write(value).getBytes(StandardCharsets.UTF_8).length + 1L;
            if (count > 0 && size > MAX_BYTES) {
                break;
            }
            count++;
        }
        return List.copyOf(values.subList(0, count));
    }
}
