package dev.ratchet.service.gateway;

import com.fasterxml.jackson.core.type.TypeReference;
import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import dev.ratchet.document.Json;
import dev.ratchet.run.TaskRecord;
import dev.ratchet.task.blob.Blob;
import dev.ratchet.task.blob.BlobStore;
import dev.ratchet.workflow.Snapshot;
import java.io.IOException;
import java.io.UncheckedIOException;
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

    List<TaskRecord> tasks(Snapshot.Page page) {
        List<TaskRecord> known = read.getIfPresent(page.ref());
        if (known != null) {
            return known;
        }
        try (Blob blob = blobs.open(page.ref())) {
            List<TaskRecord> tasks = Json.mapper().readValue(blob.content(), TASKS);
            read.put(page.ref(), tasks);
            return tasks;
        } catch (IOException e) {
            throw new UncheckedIOException("Expected a page of tasks under " + page.ref() + ", but it is another", e);
        }
    }
}
