package dev.ratchet.service.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import dev.ratchet.run.TaskRecord;
import dev.ratchet.run.Value;
import dev.ratchet.task.blob.BlobStore;
import dev.ratchet.task.blob.Values;
import java.util.List;

/**
 * Puts small stored values back into answers. Packed tasks store whatever is above a small allowance; their readers are
 * to see the same as those of a task that travelled alone. Thread-safe.
 */
public final class Hydration {
    /** Values up to this size are shown (contract, part 10). */
    static final long MAX_SHOWN = 16 * 1024;
    /** That much of them in one answer. */
    static final long MAX_IN_ANSWER = 512 * 1024;

    private static final long CACHED = 16L * 1024 * 1024;

    private final Values values;
    private final Cache<String, JsonNode> read;

    Hydration(BlobStore blobs) {
        this.values = new Values(blobs);
        this.read = CacheBuilder.newBuilder()
                .maximumWeight(CACHED / MAX_SHOWN)
                .weigher((String ref, JsonNode json) -> 1)
                .build();
    }

    /** What one answer shows of values. */
    public ShownValues ofOneAnswer() {
        return ofOneAnswer(List.of());
    }

    /**
     * The same for an answer that shows tasks.
     *
     * @param tasks of which the outputs that were never stored are shown in any case: they count first
     */
    public ShownValues ofOneAnswer(List<TaskRecord> tasks) {
        long inline = tasks.stream()
                .map(TaskRecord::output)
                .mapToLong(output -> output instanceof Value.Inline(JsonNode json)
                        ? json.toString().length()
                        : 0)
                .sum();
        return new ShownValues(this::shown, MAX_SHOWN, MAX_IN_ANSWER - inline);
    }

    private Value shown(Value.Stored stored) {
        if (!stored.mimeType().equals(BlobStore.JSON)) {
            return stored;
        }
        JsonNode known = read.getIfPresent(stored.ref());
        if (known != null) {
            return Value.of(known);
        }
        JsonNode json = values.load(stored);
        read.put(stored.ref(), json);
        return Value.of(json);
    }
}
