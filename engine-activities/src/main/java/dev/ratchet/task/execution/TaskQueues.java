package dev.ratchet.task.execution;

import com.google.protobuf.util.Timestamps;
import io.grpc.StatusRuntimeException;
import io.temporal.api.enums.v1.PendingActivityState;
import io.temporal.api.enums.v1.TaskQueueType;
import io.temporal.api.taskqueue.v1.TaskQueue;
import io.temporal.api.workflow.v1.PendingActivityInfo;
import io.temporal.api.workflowservice.v1.DescribeTaskQueueRequest;
import io.temporal.client.WorkflowClient;
import java.time.Duration;
import java.util.List;

/** Asks Temporal who looks at task queues. */
public final class TaskQueues {
    /** One long poll takes a minute: who has not asked for longer has gone, or is busy. */
    private static final Duration FORGOTTEN = Duration.ofSeconds(90);

    private TaskQueues() {}

    /**
     * Whether a worker asked for activities of a queue not long ago.
     *
     * @throws StatusRuntimeException when Temporal does not answer
     */
    public static boolean arePolled(WorkflowClient client, String taskQueue) {
        long oldest = System.currentTimeMillis() - FORGOTTEN.toMillis();
        return client
                .getWorkflowServiceStubs()
                .blockingStub()
                .describeTaskQueue(DescribeTaskQueueRequest.newBuilder()
                        .setNamespace(client.getOptions().getNamespace())
                        .setTaskQueue(TaskQueue.newBuilder().setName(taskQueue))
                        .setTaskQueueType(TaskQueueType.TASK_QUEUE_TYPE_ACTIVITY)
                        .build())
                .getPollersList()
                .stream()
                .anyMatch(poller -> Timestamps.toMillis(poller.getLastAccessTime()) >= oldest);
    }

    /** Whether one of a run's activities in a queue was begun with; and whether all of them were. */
    record Begun(boolean any, boolean all) {
        static Begun of(List<PendingActivityInfo> activities, String taskQueue) {
            List<PendingActivityState> there = activities.stream()
                    .filter(activity -> activity.getActivityOptions()
                            .getTaskQueue()
                            .getName()
                            .equals(taskQueue))
                    .map(PendingActivityInfo::getState)
                    .toList();
            boolean any = there.contains(PendingActivityState.PENDING_ACTIVITY_STATE_STARTED);
            return new Begun(
                    any,
                    any && there.stream().noneMatch(PendingActivityState.PENDING_ACTIVITY_STATE_SCHEDULED::equals));
        }
    }
}
