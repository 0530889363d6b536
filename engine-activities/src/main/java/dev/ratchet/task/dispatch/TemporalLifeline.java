package dev.ratchet.task.dispatch;

import dev.ratchet.run.Outcome;
import dev.ratchet.workflow.DispatchResult;
import dev.ratchet.workflow.RunWorkflow;
import io.temporal.activity.ActivityExecutionContext;
import io.temporal.client.ActivityCompletionException;
import io.temporal.client.ActivityWorkerShutdownException;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Heartbeats of the activity, and the run's {@code report} signal. Used by one dispatch. */
final class TemporalLifeline implements Lifeline {
    private static final Logger LOG = LoggerFactory.getLogger(TemporalLifeline.class);

    private final ActivityExecutionContext activity;
    private final String workflowId;
    private final AtomicBoolean reporting = new AtomicBoolean();

    TemporalLifeline(ActivityExecutionContext activity, String workflowId) {
        this.activity = activity;
        this.workflowId = workflowId;
    }

    @Override
    public Word beat(DispatchResult soFar) {
        try {
            activity.heartbeat(soFar);
            return Word.GO_ON;
        } catch (ActivityWorkerShutdownException e) {
            return Word.SHUTDOWN;
        } catch (ActivityCompletionException e) {
            LOG.debug("The dispatch of {} is no longer wanted: {}", workflowId, e.getMessage());
            return Word.CANCEL;
        } catch (RuntimeException e) {
            LOG.warn("Expected to send a heartbeat for {}, but it failed; the next one may not", workflowId, e);
            return Word.GO_ON;
        }
    }

    @Override
    public boolean report(List<Outcome> settled) {
        if (!reporting.compareAndSet(false, true)) {
            return false;
        }
        Thread.ofVirtual().name("early-report").start(() -> {
            try {
                activity.getWorkflowClient().newUntypedWorkflowStub(workflowId).signal(RunWorkflow.REPORT, settled);
            } catch (RuntimeException e) {
                LOG.debug("Expected to report to {} early, but it failed; the result repeats it", workflowId, e);
            } finally {
                reporting.set(false);
            }
        });
        return true;
    }
}
