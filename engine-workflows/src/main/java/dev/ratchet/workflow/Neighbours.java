package dev.ratchet.workflow;

import io.temporal.activity.ActivityOptions;
import io.temporal.common.RetryOptions;
import io.temporal.failure.ActivityFailure;
import io.temporal.workflow.ActivityStub;
import io.temporal.workflow.Promise;
import io.temporal.workflow.SignalExternalWorkflowException;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;

/** The other workflows that one has to do with: tells them something, and looks whether they still go on. */
final class Neighbours {
    private static final Logger LOG = Workflow.getLogger(Neighbours.class);
    private static final Duration ONE_LOOK = Duration.ofMinutes(1);
    private static final Duration ALL_LOOKS = Duration.ofMinutes(5);
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(10);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

    /** About an hour: a run that was sent too many signals renews itself within some twenty minutes. */
    private static final int TRIES = 60;

    private Neighbours() {}

    /**
     * Signals a workflow, and waits until it has the signal. One that goes on but takes no more signals for now is tried
     * again, for about an hour.
     *
     * @return false when it has ended, or took none for so long
     */
    static boolean tell(String workflowId, String signal, Object word) {
        Duration pause = FIRST_PAUSE;
        for (int tries = 1; tries <= TRIES; tries++) {
            try {
                Workflow.newUntypedExternalWorkflowStub(workflowId).signal(signal, word);
                return true;
            } catch (SignalExternalWorkflowException refused) {
                if (isClosed(workflowId)) {
                    return false;
                }
                LOG.info("Expected {} to take the signal {}, but it did not; it is tried again", workflowId, signal);
            }
            Workflow.sleep(pause);
            pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
        }
        return false;
    }

    /** Whether a workflow has ended, as far as anybody can tell. */
    static boolean isClosed(String workflowId) {
        try {
            return !List.of(stub().execute(AssignmentActivity.CLOSED, String[].class, List.of(workflowId)))
                    .isEmpty();
        } catch (ActivityFailure unknown) {
            return false;
        }
    }

    /** Which of these have ended. */
    static Promise<String[]> closed(List<String> workflowIds) {
        return stub().executeAsync(AssignmentActivity.CLOSED, String[].class, workflowIds);
    }

    private static ActivityStub stub() {
        return Workflow.newUntypedActivityStub(ActivityOptions.newBuilder()
                .setStartToCloseTimeout(ONE_LOOK)
                .setScheduleToCloseTimeout(ALL_LOOKS)
                .setRetryOptions(RetryOptions.newBuilder().setMaximumAttempts(3).build())
                .setSummary("which workflows have ended")
                .build());
    }
}
