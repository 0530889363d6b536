package dev.ratchet.task.worker;

import dev.ratchet.task.assignment.AssignmentSettings;
import dev.ratchet.task.assignment.AssignmentWorker;
import dev.ratchet.task.blob.BlobPlanSource;
import dev.ratchet.task.delegation.ChildStarter;
import dev.ratchet.task.delegation.ChildWorker;
import dev.ratchet.task.dispatch.Dispatcher;
import dev.ratchet.task.dispatch.Draining;
import dev.ratchet.task.dispatch.InlineWorker;
import dev.ratchet.task.dispatch.Toolbox;
import dev.ratchet.task.execution.QueueWorker;
import dev.ratchet.workflow.AgentQueueWorkflow;
import dev.ratchet.workflow.AgentQueueWorkflowImpl;
import dev.ratchet.workflow.RunWorkflow;
import io.temporal.client.WorkflowClient;
import io.temporal.worker.Worker;
import io.temporal.worker.WorkerFactory;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A worker of the engine in this process: runs, their local activities and their dispatches, on one task queue. Started and
 * closed once. Thread-safe.
 */
public final class EngineWorker implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EngineWorker.class);

    /** What interrupted attempts may take to stop, and their outcomes to be sent. */
    private static final long INTERRUPTED_SECONDS = 8;

    private final WorkerSettings settings;
    private final WorkerFactory factory;
    private final Draining draining = new Draining();

    private EngineWorker(WorkflowClient client, WorkerSettings settings) {
        this.settings = settings;
        this.factory = WorkerFactory.newInstance(client, TemporalOptions.factory(settings));
    }

    /**
     * A worker that is not polling yet.
     *
     * @param client must use {@link EngineDataConverter}
     * @param assignments how agents and people are told
     * @param children starts the runs that carry out tasks
     * @param runs makes an implementation for each run; absent in a pool that carries dispatches only
     */
    public static EngineWorker create(
            WorkflowClient client,
            WorkerSettings settings,
            Toolbox tools,
            AssignmentSettings assignments,
            ChildStarter children,
            @Nullable Supplier<? extends RunWorkflow> runs) {
        EngineWorker engine = new EngineWorker(client, settings);
        Worker worker = engine.factory.newWorker(settings.taskQueue(), TemporalOptions.worker(settings));
        if (runs != null) {
            BlobPlanSource stored = new BlobPlanSource(tools.blobs());
            worker.registerWorkflowImplementationFactory(RunWorkflow.class, runs::get);
            worker.registerWorkflowImplementationFactory(
                    AgentQueueWorkflow.class, () -> new AgentQueueWorkflowImpl(stored));
        }
        worker.registerActivitiesImplementations(
                new Dispatcher(tools, engine.draining),
                new InlineWorker(tools),
                new AssignmentWorker(client, settings.taskQueue(), tools.blobs(), assignments),
                new ChildWorker(client, tools.blobs(), children),
                new QueueWorker(client));
        return engine;
    }

    /** Loads what the first run would have to wait for, which takes up to seconds, then polls. */
    public void start() {
        WarmUp.run();
        factory.start();
    }

    /** Whether it polls. */
    public boolean isRunning() {
        return factory.isStarted() && !factory.isShutdown();
    }

    /**
     * Takes no more work, lets what runs go on for the grace of the settings, then stops it and hands it back. Returns when
     * all of that is reported, or given up.
     */
    @Override
    public void close() {
        factory.shutdown();
        draining.begin();
        factory.awaitTermination(settings.grace().toMillis(), TimeUnit.MILLISECONDS);
        if (!factory.isTerminated()) {
            LOG.info("Stopping what still runs on {} after {}", settings.taskQueue(), settings.grace());
            draining.interrupt();
            factory.awaitTermination(INTERRUPTED_SECONDS, TimeUnit.SECONDS);
        }
        factory.shutdownNow();
    }
}
