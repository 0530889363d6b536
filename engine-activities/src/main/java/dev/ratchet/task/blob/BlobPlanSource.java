package dev.ratchet.task.blob;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.common.cache.CacheBuilder;
import com.google.common.cache.CacheLoader;
import com.google.common.cache.LoadingCache;
import com.google.common.util.concurrent.ExecutionError;
import com.google.common.util.concurrent.UncheckedExecutionException;
import dev.ratchet.document.Json;
import dev.ratchet.plan.Plan;
import dev.ratchet.workflow.PlanSource;
import java.io.IOException;

/**
 * Plans out of the blob store, kept for the whole process: a plan is read and indexed once, however many of its runs this
 * worker replays. One instance is meant to be shared by all of them.
 */
public final class BlobPlanSource implements PlanSource {
    /** Bytes of plan JSON that stay in memory; the plans themselves take a few times as much. */
    private static final long CACHED_BYTES = 64L * 1024 * 1024;

    private final BlobStore blobs;
    private final LoadingCache<String, Loaded> plans;

    public BlobPlanSource(BlobStore blobs) {
        this.blobs = blobs;
        this.plans = CacheBuilder.newBuilder()
                .concurrencyLevel(1)
                .maximumWeight(CACHED_BYTES)
                .weigher((String hash, Loaded loaded) -> loaded.size)
                .build(CacheLoader.from(this::load));
    }

    @Override
    public Plan byHash(String hash) {
        try {
            return plans.getUnchecked(hash).plan;
        } catch (UncheckedExecutionException | ExecutionError e) {
            if (e.getCause() instanceof BlobException known) {
                throw known;
            }
            throw e;
        }
    }

    /** Read once for each replay from the beginning, so not kept. */
    @Override
    public JsonNode carried(String ref) {
        return blobs.getJson(ref);
    }

    private Loaded load(String hash) {
        byte[] json = blobs.read(hash, BlobStore.MAX_BYTES);
        return new Loaded(parse(hash, json), json.length);
    }

    private static Plan parse(String hash, byte[] json) {
        try {
            return Json.mapper().readValue(json, Plan.class);
        } catch (IOException e) {
            throw BlobException.unreadable(hash, e);
        }
    }

    private record Loaded(Plan plan, int size) {}
}
