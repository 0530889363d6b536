package dev.ratchet.workflow;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.ratchet.run.TaskKey;
import io.temporal.activity.ActivityCancellationType;
import io.temporal.activity.ActivityOptions;
import io.temporal.common.Priority;
import io.temporal.common.RetryOptions;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The one activity of a dispatch, whoever schedules it.
 *
 * @param run id of the run's workflow
 * @param dispatch number of the dispatch within the run
 * @param activity its type in Temporal
 * @param timeoutMs the longest it may take
 * @param taskQueue absent for the run's own
 * @param priority 0 for none
 * @param call whose attempt it is, when somebody else's worker carries it out; absent for the engine's own workers
 */
@JsonInclude(JsonInclude.Include.NON_DEFAULT)
public record DispatchOrder(
        String run,
        long dispatch,
        String activity,
        long timeoutMs,
        @Nullable String taskQueue,
        int priority,
        String summary,
        @Nullable Call call) {
    /** A worker that says nothing for that long is lost. */
    static final Duration HEARTBEAT_TIMEOUT = Duration.ofSeconds(10);

    /** What a dispatch may take beyond its attempts' own timeouts, which the worker keeps. */
    private static final Duration SLACK = Duration.ofSeconds(30);

    /** A delivery that somebody else's worker carries out. */
    public record Call(TaskKey key, int attempt, int delivery) {}

    /** One attempt for Temporal too: the run decides whether there is another. */
    ActivityOptions options() {
        ActivityOptions.Builder options = ActivityOptions.newBuilder()
                .setRetryOptions(RetryOptions.newBuilder().setMaximumAttempts(1).build())
                .setSummary(summary);
        Duration timeout = Duration.ofMillis(timeoutMs);
        if (call == null) {
            options.setStartToCloseTimeout(timeout.plus(SLACK))
                    .setHeartbeatTimeout(HEARTBEAT_TIMEOUT)
                    .setCancellationType(ActivityCancellationType.WAIT_CANCELLATION_COMPLETED);
        } else {
            options.setStartToCloseTimeout(timeout)
                    .setScheduleToStartTimeout(timeout)
                    .setScheduleToCloseTimeout(timeout)
                    .setCancellationType(ActivityCancellationType.TRY_CANCEL);
        }
        if (taskQueue != null) {
            options.setTaskQueue(taskQueue);
        }
        if (taskQueue != null && call == null) {
            options.setScheduleToStartTimeout(timeout).setScheduleToCloseTimeout(timeout.plus(SLACK));
        }
        if (priority > 0) {
            options.setPriority(Priority.newBuilder().setPriorityKey(priority).build());
        }
        return options.build();
    }
}
