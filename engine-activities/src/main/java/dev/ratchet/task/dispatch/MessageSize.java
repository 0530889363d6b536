package dev.ratchet.task.dispatch;

import dev.ratchet.document.Json;
import dev.ratchet.run.Outcome;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Keeps signals and heartbeats at 64 KB: what does not fit is told by a later one, or by the result. */
final class MessageSize {
    static final int MAX_BYTES = 64 * 1024;

    private MessageSize() {}

    /** The first outcomes that together fit, but at least one when there are any. */
    static List<Outcome> fitting(List<Outcome> outcomes) {
        long size = 0;
        int count = 0;
        for (Outcome outcome : outcomes) {
            size += Json.write(outcome).getBytes(StandardCharsets.UTF_8).length + 1L;
            if (count > 0 && size > MAX_BYTES) {
                break;
            }
            count++;
        }
        return List.copyOf(outcomes.subList(0, count));
    }
}
