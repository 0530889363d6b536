package dev.ratchet.service.gateway;

import dev.ratchet.workflow.Snapshot;
import dev.ratchet.workflow.SnapshotRequest;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * Asks runs that go on: in as many parts as an answer takes, and for the plan only when it is not known here. Thread-safe.
 */
final class LivingRuns {
    private final BiFunction<String, SnapshotRequest, QueryAnswer<Snapshot>> ask;
    private final KnownPlans plans;

    /** @param ask sends one query for (workflow id, request) and waits for its answer */
    LivingRuns(BiFunction<String, SnapshotRequest, QueryAnswer<Snapshot>> ask, KnownPlans plans) {
        this.ask = ask;
        this.plans = plans;
    }

    QueryAnswer<Snapshot> read(String workflowId, SnapshotRequest wanted) {
        return SnapshotParts.read(part -> part(workflowId, part), wanted);
    }

    private QueryAnswer<Snapshot> part(String workflowId, SnapshotRequest wanted) {
        String known = plans.ofRun(workflowId);
        QueryAnswer<Snapshot> answer = kept(workflowId, ask.apply(workflowId, wanted.knowing(known)));
        return isDropped(answer, known) ? kept(workflowId, ask.apply(workflowId, wanted.knowing(null))) : answer;
    }

    /** A plan that is dropped between question and answer is asked for again. */
    private boolean isDropped(QueryAnswer<Snapshot> answer, @Nullable String known) {
        return known != null
                && answer instanceof QueryAnswer.Answered<Snapshot>(Snapshot told)
                && told != null
                && told.plan().hash().equals(known)
                && !plans.isKnown(known);
    }

    /** Keeps the plan that came with an answer. One that did not is known, or in the store. */
    private QueryAnswer<Snapshot> kept(String workflowId, QueryAnswer<Snapshot> answer) {
        if (answer instanceof QueryAnswer.Answered<Snapshot>(Snapshot told) && told != null) {
            if (told.plan().inline() != null) {
                plans.of(told.plan());
            }
            plans.rememberRun(workflowId, told.plan().hash());
        }
        return answer;
    }
}
