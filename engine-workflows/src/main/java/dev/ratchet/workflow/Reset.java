package dev.ratchet.workflow;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.ratchet.document.ErrorCode;
import dev.ratchet.run.TaskError;
import io.temporal.activity.ActivityOptions;
import io.temporal.failure.ActivityFailure;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Notices that an operator reset the run in Temporal: then this execution repeats the decisions of another up to some point,
 * and would carry out a second time what that one went on to do.
 */
public final class Reset {
    private static final String OWN_TURN = "own-turn-";
    private static final Duration ONE_TRY = Duration.ofMinutes(1);
    private static final Duration ALL_TRIES = Duration.ofMinutes(10);

    private boolean noticed;
    private int turns;

    /** What a run is told that does not go on. */
    public static TaskError error(String execution) {
        return new TaskError(
                ErrorCode.SCHEDULER_ERROR.wire(),
                "Expected the run to go on in the execution that began it, but that was reset in Temporal;"
                        + " /retry carries out in a new run what is not completed",
                JsonNodeFactory.instance.objectNode().put("execution", execution));
    }

    static TaskError error() {
        return error(Workflow.getInfo().getOriginalExecutionRunId());
    }

    /**
     * Whether that is so: true from the first turn after the reset on, and never in the turns before it, which are those of
     * the other execution. Only an execution that is not the original one asks, and a version under a name of its own tells in
     * which turn it began: turns that it took over have no marker. An execution that nobody reset writes nothing.
     */
    boolean isNoticed() {
        if (!noticed && !Workflow.getInfo().getRunId().equals(Workflow.getInfo().getOriginalExecutionRunId())) {
            turns++;
            noticed = Workflow.getVersion(OWN_TURN + turns, Workflow.DEFAULT_VERSION, 1) == 1;
        }
        return noticed;
    }

    /** How the run ended before; null when nobody can say. */
    static @Nullable Snapshot before() {
        try {
            return Workflow.newUntypedActivityStub(ActivityOptions.newBuilder()
                            .setStartToCloseTimeout(ONE_TRY)
                            .setScheduleToCloseTimeout(ALL_TRIES)
                            .setSummary("how the run ended before it was reset")
                            .build())
                    .execute(
                            ExecutionActivity.END,
                            Snapshot.class,
                            Workflow.getInfo().getWorkflowId(),
                            Workflow.getInfo().getOriginalExecutionRunId());
        } catch (ActivityFailure unknown) {
            Workflow.getLogger(Reset.class).warn("Expected to learn how the run ended before its reset", unknown);
            return null;
        }
    }
}
