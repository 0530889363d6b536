package dev.ratchet.service.gateway;

import dev.ratchet.document.Documents;
import dev.ratchet.document.Json;
import dev.ratchet.plan.Plans;
import dev.ratchet.plan.Policies.OnConditionError;
import dev.ratchet.run.EngineVersions;
import dev.ratchet.run.RunContext;
import dev.ratchet.service.problem.ProblemCode;
import dev.ratchet.service.problem.ProblemException;
import dev.ratchet.task.blob.BlobStore;
import dev.ratchet.task.blob.Values;
import dev.ratchet.workflow.PlanRef;
import dev.ratchet.workflow.RunStart;
import java.time.InstantSource;

/** Makes the input of a run's workflow: what is large of it is stored first. Thread-safe. */
final class RunStarts {
    private static final int MAX_INLINE_PLAN = 128 * 1024;
    private static final int MAX_INLINE_VALUE = 16 * 1024;

    private final BlobStore blobs;
    private final Values values;
    private final KnownPlans plans;
    private final InstantSource clock;

    RunStarts(BlobStore blobs, KnownPlans plans, InstantSource clock) {
        this.blobs = blobs;
        this.values = new Values(blobs);
        this.plans = plans;
        this.clock = clock;
    }

    RunStart of(Compiled compiled, RunId run, Origin origin) {
        Compiled.Head head = compiled.head();
        RunContext context = new RunContext(
                run.id(),
                run.organization(),
                head.labels(),
                values.keep(head.input(), MAX_INLINE_VALUE).value(),
                compiled.plan().policy().contextPolicy(),
                EngineVersions.CURRENT,
                compiled.plan().policy().onConditionError() == OnConditionError.FALLBACK ? true : null);
        return new RunStart(
                context,
                head.name(),
                plan(compiled),
                values.keep(compiled.document(), MAX_INLINE_VALUE).value(),
                clock.millis(),
                origin.carried(),
                origin.rerunOf(),
                origin.parent(),
                origin.asked());
    }

    private PlanRef plan(Compiled compiled) {
        byte[] json = Plans.toJson(compiled.plan());
        if (json.length > BlobStore.MAX_BYTES) {
            throw ProblemException.of(
                    ProblemCode.LIMIT_EXCEEDED,
                    "Expected a graph of at most " + BlobStore.MAX_BYTES + " bytes once it is resolved, but it has "
                            + json.length);
        }
        String hash = Documents.hash(json);
        plans.remember(hash, compiled.plan());
        return json.length <= MAX_INLINE_PLAN
                ? new PlanRef(hash, Json.tree(compiled.plan()))
                : new PlanRef(blobs.put(json, BlobStore.JSON).ref(), null);
    }
}
