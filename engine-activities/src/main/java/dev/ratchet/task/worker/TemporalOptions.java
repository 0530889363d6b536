package dev.ratchet.task.worker;

import io.temporal.worker.WorkerFactoryOptions;
import io.temporal.worker.WorkerOptions;
import io.temporal.worker.tuning.PollerBehaviorAutoscaling;
import java.time.Duration;

/** The settings as Temporal's own options. */
final class TemporalOptions {
    /** Cancels and reports travel with heartbeats, and the SDK holds those back for up to a minute by default. */
    private static final Duration HEARTBEATS = Duration.ofSeconds(1);

    /**
     * On a busy machine a workflow thread may wait for a core longer than the SDK's second, and a deadlock that is none
     * costs a run the ten seconds after which the server hands its workflow task out again.
     */
    private static final long DEADLOCK_MS = 5_000;

    private static final int FIRST_POLLERS = 5;
    private static final int MOST_POLLERS = 50;

    /** Since this release, a virtual thread that waits inside a monitor no longer keeps its carrier. */
    private static final int VIRTUAL_WITHOUT_PINNING = 24;

    private TemporalOptions() {}

    static WorkerOptions worker(WorkerSettings settings) {
        return WorkerOptions.newBuilder()
                .setMaxConcurrentActivityExecutionSize(settings.dispatches())
                .setMaxConcurrentLocalActivityExecutionSize(settings.localActivities())
                .setMaxConcurrentWorkflowTaskExecutionSize(settings.workflowTasks())
                .setWorkflowTaskPollersBehavior(pollers())
                .setActivityTaskPollersBehavior(pollers())
                .setMaxHeartbeatThrottleInterval(HEARTBEATS)
                .setDefaultHeartbeatThrottleInterval(HEARTBEATS)
                .setMaxEagerActivityReservationsPerWorkflowTask(settings.eagerDispatches())
                .setDefaultDeadlockDetectionTimeout(DEADLOCK_MS)
                .setUsingVirtualThreadsOnActivityWorker(true)
                .setAllowActivityHeartbeatDuringShutdown(true)
                .build();
    }

    static WorkerFactoryOptions factory(WorkerSettings settings) {
        return WorkerFactoryOptions.newBuilder()
                .setWorkflowCacheSize(settings.cachedRuns())
                .setMaxWorkflowThreadCount(2 * settings.cachedRuns() + 2 * settings.workflowTasks())
                .setUsingVirtualWorkflowThreads(Runtime.version().feature() >= VIRTUAL_WITHOUT_PINNING)
                .build();
    }

    private static PollerBehaviorAutoscaling pollers() {
        return new PollerBehaviorAutoscaling(1, MOST_POLLERS, FIRST_POLLERS);
    }
}
