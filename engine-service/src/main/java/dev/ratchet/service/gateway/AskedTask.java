package dev.ratchet.service.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ratchet.plan.TaskSpec;
import dev.ratchet.run.Hold;
import dev.ratchet.run.TaskRecord;
import dev.ratchet.run.TaskStatus;
import org.jspecify.annotations.Nullable;

/**
 * A task that may wait for somebody.
 *
 * @param record absent while the run has not touched it
 * @param assignment what whoever answers is told; absent while it does not wait
 */
public record AskedTask(
        RunReading.Told reading,
        String key,
        TaskSpec spec,
        @Nullable TaskRecord record,
        @Nullable JsonNode assignment) {
    public RunId run() {
        return reading.run();
    }

    /** What it asks of whom; absent while it does not wait for anybody. */
    public @Nullable Hold hold() {
        return record == null ? null : record.hold();
    }

    /** Whether what is given now is kept until it waits. */
    public boolean isEarly() {
        return hold() == null
                && (record == null || !record.state().isSettled() && record.state() != TaskStatus.RUNNING);
    }
}
