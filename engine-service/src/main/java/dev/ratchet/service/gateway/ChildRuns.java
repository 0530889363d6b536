package dev.ratchet.service.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ratchet.document.Documents;
import dev.ratchet.document.ErrorCode;
import dev.ratchet.run.TaskError;
import dev.ratchet.service.problem.ProblemException;
import dev.ratchet.task.blob.BlobStore;
import dev.ratchet.task.delegation.ChildStarter;
import dev.ratchet.task.spi.TaskFailure;
import dev.ratchet.workflow.Parent;
import io.grpc.StatusRuntimeException;
import io.temporal.api.common.v1.Memo;
import io.temporal.client.WorkflowClient;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;
import java.util.concurrent.ScheduledExecutorService;
import org.jspecify.annotations.Nullable;

/** Starts child runs the way submitted ones are started. Thread-safe. */
public final class ChildRuns implements ChildStarter {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final DocumentCompiler compiler;
    private final RunStarts starts;
    private final RunStarter starter;
    private final TemporalRpc rpc;

    /** @param deadlines a thread for deadlines */
    public ChildRuns(
            WorkflowClient client,
            String taskQueue,
            BlobStore blobs,
            DocumentCompiler compiler,
            ScheduledExecutorService deadlines) {
        this.compiler = compiler;
        this.starts = new RunStarts(blobs, new KnownPlans(blobs), InstantSource.system());
        this.starter = new RunStarter(client, taskQueue, deadlines);
        this.rpc = new TemporalRpc(client, PATIENCE);
    }

    @Override
    public boolean start(JsonNode document, String id, Parent parent) throws TaskFailure {
        try {
            RunId run = new RunId(parent.organization(), id);
            Compiled compiled = compiler.compile(document);
            String hash = Documents.hash(document);
            if (starter.start(starts.of(compiled, run, Origin.child(parent)), hash)) {
                return true;
            }
            if (!isChild(run, parent, hash)) {
                throw TaskFailure.permanent(
                        ErrorCode.EXECUTION_FAILED,
                        "Expected to start run " + id + " for " + parent.key() + ", but another run has that id");
            }
            return false;
        } catch (ProblemException refused) {
            throw TaskFailure.of(new TaskError(refused.code().wire(), message(refused), null), false);
        }
    }

    @Override
    public boolean isChild(String id, Parent parent) {
        return isChild(new RunId(parent.organization(), id), parent, null);
    }

    /** @param hash of its document; absent for any */
    private boolean isChild(RunId run, Parent parent, @Nullable String hash) {
        try {
            Memo memo = rpc.describe(run.workflowId()).getMemo();
            return RunMemo.of(parent).equals(rpc.memo(memo, RunMemo.PARENT, String.class))
                    && (hash == null || hash.equals(rpc.memo(memo, RunMemo.DOCUMENT_HASH, String.class)));
        } catch (StatusRuntimeException failed) {
            if (TemporalRpc.isNotFound(failed)) {
                return false;
            }
            throw failed;
        }
    }

    private static String message(ProblemException refused) {
        return Objects.requireNonNullElse(refused.getMessage(), "Expected a graph that can run, but it is refused");
    }
}
