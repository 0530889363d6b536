package dev.ratchet.service.gateway;

import dev.ratchet.document.Documents;
import dev.ratchet.run.RunContext;
import dev.ratchet.run.RunRecord;
import dev.ratchet.run.RunStatus;
import dev.ratchet.run.Usage;
import dev.ratchet.service.problem.ProblemCode;
import dev.ratchet.service.problem.ProblemException;
import dev.ratchet.task.blob.BlobStore;
import dev.ratchet.workflow.RunStart;
import dev.ratchet.workflow.Snapshot;
import dev.ratchet.workflow.SnapshotRequest;
import io.temporal.api.workflow.v1.WorkflowExecutionInfo;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** Turns compiled documents into runs. What it answers for is durable. */
final class Submissions {
    private final RunStarter starter;
    private final TemporalRpc rpc;
    private final RunReader reader;
    private final RunStarts starts;
    private final KnownPlans plans;
    private final InstantSource clock;

    Submissions(
            RunStarter starter,
            TemporalRpc rpc,
            RunReader reader,
            BlobStore blobs,
            KnownPlans plans,
            InstantSource clock) {
        this.starter = starter;
        this.rpc = rpc;
        this.reader = reader;
        this.starts = new RunStarts(blobs, plans, clock);
        this.plans = plans;
        this.clock = clock;
    }

    /**
     * Starts a run, or finds the one that was started by the same request.
     *
     * @param idempotencyKey names the run where the document does not
     */
    RunReading submit(Compiled compiled, String organization, @Nullable String idempotencyKey) {
        RunId run = new RunId(organization, id(compiled.head().id(), organization, idempotencyKey));
        return start(compiled, run, Documents.hash(compiled.document()), Origin.NONE);
    }

    /** @param hash tells the same request from another one under the same id */
    RunReading start(Compiled compiled, RunId run, String hash, Origin origin) {
        RunStart start = starts.of(compiled, run, origin);
        if (!starter.start(start, hash)) {
            return again(run, hash);
        }
        plans.rememberRun(run.workflowId(), start.plan().hash());
        return fresh(compiled, start, origin);
    }

    String id(@Nullable String wanted, String organization, @Nullable String key) {
        if (wanted != null) {
            return wanted;
        }
        return key == null ? NewIds.fresh(clock.millis()) : NewIds.derived(organization, key);
    }

    /** A run that nobody has worked on yet needs no query. */
    private RunReading fresh(Compiled compiled, RunStart start, Origin origin) {
        RunRecord record = new RunRecord(
                RunStatus.PENDING,
                origin.kept().size(),
                1,
                null,
                null,
                start.createdAt(),
                null,
                null,
                Usage.NONE,
                compiled.plan().policy().budgetLimit(),
                null,
                null,
                null,
                0);
        RunContext run = start.run();
        Snapshot.RunFacts facts = new Snapshot.RunFacts(
                run.id(),
                run.organization(),
                start.name(),
                run.labels(),
                start.createdAt(),
                start.document(),
                start.rerunOf(),
                start.parent());
        return new RunReading.Told(facts, record, origin.kept(), compiled.plan());
    }

    private RunReading again(RunId run, String hash) {
        WorkflowExecutionInfo info = rpc.describe(run.workflowId());
        if (!hash.equals(rpc.memo(info.getMemo(), RunMemo.DOCUMENT_HASH, String.class))) {
            throw ProblemException.of(
                    ProblemCode.RUN_EXISTS,
                    "Expected a new id or the document of run " + run.id() + ", but the document differs");
        }
        return reader.read(run, new SnapshotRequest(0, true));
    }
}
