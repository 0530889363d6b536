package dev.ratchet.replay;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ratchet.document.Json;
import dev.ratchet.task.worker.EngineDataConverter;
import dev.ratchet.workflow.PlanSource;
import dev.ratchet.workflow.RunWorkflow;
import dev.ratchet.workflow.RunWorkflowImpl;
import dev.ratchet.workflow.Snapshot;
import io.temporal.api.enums.v1.EventType;
import io.temporal.api.enums.v1.IndexedValueType;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.common.WorkflowExecutionHistory;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.testing.WorkflowReplayer;
import io.temporal.worker.Worker;
import io.temporal.worker.WorkerOptions;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;

/**
 * Replays recorded executions with today's engine, or with a variant of it. Beyond what the SDK compares (the kinds and
 * numbers of commands), the result must be the recorded one.
 */
public final class Replay implements AutoCloseable {
    /** A cold JVM on a busy machine takes its time; whether runs yield is not the question here. */
    private static final WorkerOptions PATIENT = WorkerOptions.newBuilder()
            .setDefaultDeadlockDetectionTimeout(60_000)
            .build();

    private final TestWorkflowEnvironment environment;
    private final UnaryOperator<RunWorkflow> variant;

    /** Today's engine. */
    public static Replay today() {
        return new Replay(run -> run);
    }

    Replay(UnaryOperator<RunWorkflow> variant) {
        this.variant = variant;
        this.environment = TestWorkflowEnvironment.newInstance(TestEnvironmentOptions.newBuilder()
                .setWorkflowClientOptions(WorkflowClientOptions.newBuilder()
                        .setDataConverter(EngineDataConverter.create())
                        .build())
                .registerSearchAttribute("RatchetState", IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD)
                .registerSearchAttribute("RatchetFailedTask", IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD)
                .build());
    }

    /**
     * Replays one execution of the corpus.
     *
     * @throws Exception when it goes another way than recorded
     */
    void replay(Path file) throws Exception {
        replay(Corpus.read(file), Corpus.blobs(file.getParent()));
    }

    /**
     * Replays one execution.
     *
     * @param plans what workers would read from the blob store
     * @throws Exception when it goes another way than recorded
     */
    public void replay(WorkflowExecutionHistory history, PlanSource plans) throws Exception {
        CopyOnWriteArrayList<Snapshot> results = new CopyOnWriteArrayList<>();
        Worker worker = environment.newWorker("replay-" + System.nanoTime(), PATIENT);
        worker.registerWorkflowImplementationFactory(
                RunWorkflow.class, () -> new Watched(variant.apply(new RunWorkflowImpl(plans)), results));
        WorkflowReplayer.replayWorkflowExecution(history, worker);
        Optional<Snapshot> recorded = result(history);
        if (recorded.isPresent() && !same(recorded.get(), results)) {
            throw new IllegalStateException("Expected the run to end as recorded, in " + Json.write(recorded.get())
                    + ", but it ended in " + Json.write(results));
        }
    }

    /** Results only ever gain fields: one that older recordings do not have is not compared. */
    private static boolean same(Snapshot recorded, CopyOnWriteArrayList<Snapshot> results) {
        if (results.size() != 1) {
            return false;
        }
        ObjectNode result = written(results.getFirst());
        if (recorded.audit() == null) {
            result.remove("audit");
        }
        return result.equals(written(recorded));
    }

    /** As it would go into history: in memory some of it may be text that is only written again. */
    private static ObjectNode written(Snapshot snapshot) {
        return Json.read(Json.write(snapshot), ObjectNode.class);
    }

    /** The recorded result; absent when the execution went on as another, or was cancelled. */
    private static Optional<Snapshot> result(WorkflowExecutionHistory history) {
        HistoryEvent last = history.getLastEvent();
        if (last.getEventType() != EventType.EVENT_TYPE_WORKFLOW_EXECUTION_COMPLETED) {
            return Optional.empty();
        }
        return Optional.of(EngineDataConverter.create()
                .fromPayloads(
                        0,
                        Optional.of(last.getWorkflowExecutionCompletedEventAttributes()
                                .getResult()),
                        Snapshot.class,
                        Snapshot.class));
    }

    @Override
    public void close() {
        environment.close();
    }
}
