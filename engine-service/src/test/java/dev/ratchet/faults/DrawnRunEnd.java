package dev.ratchet.faults;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * A drawn run that ended, as those who had to do with it know it.
 *
 * @param told the run as the API tells it
 * @param acceptedAt epoch milliseconds, like the next
 * @param abortedAt when an abort was taken; 0 when none was
 * @param patched whether a patch was taken
 * @param skipped whether a skip was
 * @param wentBack what was told to its reader and goes back
 */
record DrawnRunEnd(
        DrawnRun run,
        JsonNode told,
        long acceptedAt,
        long abortedAt,
        boolean patched,
        boolean skipped,
        List<String> wentBack) {
    DrawnRunEnd {
        wentBack = List.copyOf(wentBack);
    }

    String id() {
        return run.id();
    }

    boolean isAborted() {
        return abortedAt > 0;
    }
}
