package dev.ratchet.workflow;

import dev.ratchet.run.Hold;
import dev.ratchet.run.RunContext;
import dev.ratchet.run.TaskKey;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Tells agents and people what waits for them. At least once: the job's id, {@link Job#id}, is the same each time. Failures
 * are retried unless they are not retryable, such as a URL that may not be called.
 */
@ActivityInterface
public interface AssignmentActivity {
    /** The activity types in Temporal. */
    String ANNOUNCE = "Announce";

    String WITHDRAW = "Withdraw";

    String CLOSED = "ClosedRuns";

    /**
     * A parked task as somebody else knows it.
     *
     * @param hold what is asked of whom; absent when it is asked no more
     * @param dueAt until when, epoch milliseconds; absent without a deadline
     */
    record Job(
            RunContext run,
            TaskKey key,
            int attempt,
            @Nullable Hold hold,
            @Nullable Long dueAt) {
        /** The same for each announcement of one attempt. */
        public String id() {
            return run.workflowId() + "/" + key + "/" + attempt;
        }
    }

    @ActivityMethod(name = ANNOUNCE)
    void announce(Job job);

    /** Takes it back from a queue; nothing happens when it is not there any more. */
    @ActivityMethod(name = WITHDRAW)
    void withdraw(Job job, String queue);

    /** Which of these workflows have ended. */
    @ActivityMethod(name = CLOSED)
    List<String> closed(List<String> workflowIds);
}
