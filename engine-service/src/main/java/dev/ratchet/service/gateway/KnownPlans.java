package dev.ratchet.service.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import dev.ratchet.document.Json;
import dev.ratchet.plan.Plan;
import dev.ratchet.task.blob.BlobException;
import dev.ratchet.task.blob.BlobStore;
import dev.ratchet.workflow.PlanRef;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Plans by hash; those read lately are kept. Thread-safe. */
final class KnownPlans {
    private static final int MAX_NODES = 100_000;
    private static final int MAX_RUNS = 10_000;

    private final BlobStore blobs;
    private final Cache<String, Plan> plans = CacheBuilder.newBuilder()
            .maximumWeight(MAX_NODES)
            .weigher((String hash, Plan plan) -> plan.root().size() + 1)
            .build();

    private final Cache<String, String> runs =
            CacheBuilder.newBuilder().maximumSize(MAX_RUNS).build();

    KnownPlans(BlobStore blobs) {
        this.blobs = blobs;
    }

    /** @throws BlobException when it cannot be read */
    Plan of(PlanRef ref) {
        Plan known = plans.getIfPresent(ref.hash());
        if (known != null) {
            return known;
        }
        Plan plan = read(ref);
        plans.put(ref.hash(), plan);
        return plan;
    }

    void remember(String hash, Plan plan) {
        plans.put(hash, plan);
    }

    /** The plan of a run, if it was read or made here lately. */
    @Nullable
    String ofRun(String workflowId) {
        String hash = runs.getIfPresent(workflowId);
        return hash != null && plans.getIfPresent(hash) != null ? hash : null;
    }

    boolean isKnown(String hash) {
        return plans.getIfPresent(hash) != null;
    }

    void rememberRun(String workflowId, String hash) {
        runs.put(workflowId, hash);
    }

    private Plan read(PlanRef ref) {
        JsonNode inline = ref.inline();
        if (inline == null) {
            return blobs.getJson(ref.hash(), BlobStore.MAX_BYTES, Plan.class);
        }
        try {
            return Json.mapper().treeToValue(inline, Plan.class);
        } catch (IOException e) {
            throw BlobException.unreadable(ref.hash(), e);
        }
    }
}
