package dev.ratchet.service.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ratchet.document.Documents;
import dev.ratchet.run.TaskError;
import dev.ratchet.service.problem.ProblemException;
import dev.ratchet.task.blob.BlobStore;
import dev.ratchet.task.delegation.ChildStarter;
import dev.ratchet.task.spi.TaskFailure;
import dev.ratchet.workflow.Parent;
import io.temporal.client.WorkflowClient;
import java.time.InstantSource;
import java.util.Objects;
import java.util.concurrent.ScheduledExecutorService;

/** Starts child runs the way submitted ones are started. Thread-safe. */
public final class ChildRuns implements ChildStarter {
    private final DocumentCompiler compiler;
    private final RunStarts starts;
    private final RunStarter starter;

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
    }

    @Override
    public boolean start(JsonNode document, String id, Parent parent) throws TaskFailure {
        try {
            RunId run = new RunId(parent.organization(), id);
            Compiled compiled = compiler.compile(document);
            return starter.start(starts.of(compiled, run, Origin.child(parent)), Documents.hash(document));
        } catch (ProblemException refused) {
            throw TaskFailure.of(new TaskError(refused.code().wire(), message(refused), null), false);
        }
    }

    private static String message(ProblemException refused) {
        return Objects.requireNonNullElse(refused.getMessage(), "Expected a graph that can run, but it is refused");
    }
}
