package dev.ratchet.service.gateway;

import com.fasterxml.jackson.core.type.TypeReference;
import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import dev.ratchet.document.Json;
import dev.ratchet.run.TaskRecord;
import dev.ratchet.task.blob.BlobException;
import dev.ratchet.task.blob.BlobStore;
import dev.ratchet.workflow.Snapshot;
import java.io.IOException;
import java.util.List;

/** Sealed pages of settled tasks. A page never changes, so what was read is kept for a while. Thread-safe. */
final class Pages {
    private static final TypeReference<List<TaskRecord>> TASKS = new TypeReference<>() {};
    private static final int MAX_RECORDS = 50_000;

    private final BlobStore blobs;
    private final Cache<String, List<TaskRecord>> read = CacheBuilder.newBuilder()
            .maximumWeight(MAX_RECORDS)
            .weigher((String ref, List<TaskRecord> page) -> Math.max(1, page.size()))
            .build();

    Pages(BlobStore blobs) {
        this.blobs = blobs;
    }

    /** @throws BlobException when it cannot be read */
    List<TaskRecord> tasks(Snapshot.Page page) {
        List<TaskRecord> known = read.getIfPresent(page.ref());
        if (known != null) {
            return known;
        }
        List<TaskRecord> tasks = parse(page.ref(), blobs.read(page.ref(), BlobStore.MAX_BYTES));
        read.put(page.ref(), tasks);
        return tasks;
    }

    private static List<TaskRecord> parse(String ref, byte[] json) {
        try {
            return Json.mapper().readValue(json, TASKS);
        } catch (IOException e) {
            throw BlobException.unreadable(ref, e);
        }
    }
}
