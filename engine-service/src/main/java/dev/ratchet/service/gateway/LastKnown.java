package dev.ratchet.service.gateway;

import dev.ratchet.workflow.PlanSource;
import dev.ratchet.workflow.RunWorkflow;
import dev.ratchet.workflow.RunWorkflowImpl;
import dev.ratchet.workflow.Snapshot;
import dev.ratchet.workflow.SnapshotRequest;
import io.temporal.api.history.v1.History;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.client.WorkflowClient;
import io.temporal.common.WorkflowExecutionHistory;
import io.temporal.worker.Worker;
import io.temporal.worker.WorkerFactory;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The state of a run whose execution did not end by itself. Workers of the SDK cannot be asked about those (the event that
 * ended them has no place in a replay), so their history is replayed here, without its last event.
 */
final class LastKnown {
    private static final Logger LOG = LoggerFactory.getLogger(LastKnown.class);

    private final WorkflowClient client;
    private final PlanSource plans;

    LastKnown(WorkflowClient client, PlanSource plans) {
        this.client = client;
        this.plans = plans;
    }

    /** @return null when the run had not begun, or was that of an engine newer than this one */
    @Nullable
    Snapshot of(String workflowId, List<HistoryEvent> events) {
        AtomicReference<@Nullable RunWorkflowImpl> run = new AtomicReference<>();
        WorkerFactory factory = WorkerFactory.newInstance(client);
        try {
            Worker worker = factory.newWorker("replay");
            worker.registerWorkflowImplementationFactory(RunWorkflow.class, () -> {
                RunWorkflowImpl replayed = new RunWorkflowImpl(plans);
                run.set(replayed);
                return replayed;
            });
            worker.replayWorkflowExecution(new WorkflowExecutionHistory(withoutEnd(events), workflowId));
            RunWorkflowImpl replayed = run.get();
            return replayed == null ? null : whole(replayed);
        } catch (Exception unreplayable) {
            LOG.warn("Expected to replay the history of {}, but failed", workflowId, unreplayable);
            return null;
        } finally {
            factory.shutdownNow();
        }
    }

    private static @Nullable Snapshot whole(RunWorkflowImpl replayed) {
        return SnapshotParts.read(part -> new QueryAnswer.Answered<>(replayed.snapshot(part)), SnapshotRequest.WHOLE)
                        instanceof QueryAnswer.Answered<Snapshot>(Snapshot snapshot)
                ? snapshot
                : null;
    }

    private static History withoutEnd(List<HistoryEvent> events) {
        return History.newBuilder()
                .addAllEvents(
                        events.stream().filter(event -> !RunEnd.isEnd(event)).toList())
                .build();
    }
}
