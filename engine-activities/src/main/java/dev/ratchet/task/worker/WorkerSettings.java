package dev.ratchet.task.worker;

import java.time.Duration;

/**
 * How a worker polls and how much it does at once.
 *
 * @param taskQueue the queue it polls, for runs and for dispatches
 * @param dispatches dispatches at the same time; they wait more than they compute, and a run may have 500 in flight
 * @param localActivities local activities at the same time; they compute, and never wait long
 * @param workflowTasks workflow tasks at the same time
 * @param cachedRuns runs kept in memory between their workflow tasks; one of more waiting runs is replayed when it is woken
 * @param eagerDispatches dispatches that a run may start here without another trip through the server
 * @param grace how long dispatches may go on after {@link EngineWorker#close}
 */
public record WorkerSettings(
        String taskQueue,
        int dispatches,
        int localActivities,
        int workflowTasks,
        int cachedRuns,
        int eagerDispatches,
        Duration grace) {
    /** Values for a process with a core or more, and half a minute to go down in. */
    public static WorkerSettings of(String taskQueue) {
        return new WorkerSettings(taskQueue, 564, 200, 100, 600, 64, Duration.ofSeconds(30));
    }

    /** The same with another time to go down in. */
    public WorkerSettings withGrace(Duration other) {
        return new WorkerSettings(
                taskQueue, dispatches, localActivities, workflowTasks, cachedRuns, eagerDispatches, other);
    }

    /** The same with another number of runs kept in memory; 0 replays each workflow task from the start. */
    public WorkerSettings withCachedRuns(int other) {
        return new WorkerSettings(taskQueue, dispatches, localActivities, workflowTasks, other, eagerDispatches, grace);
    }
}
