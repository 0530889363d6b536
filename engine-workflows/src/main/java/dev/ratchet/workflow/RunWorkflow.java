package dev.ratchet.workflow;

import dev.ratchet.run.Command;
import dev.ratchet.run.Outcome;
import io.temporal.workflow.QueryMethod;
import io.temporal.workflow.SignalMethod;
import io.temporal.workflow.UpdateMethod;
import io.temporal.workflow.UpdateValidatorMethod;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One run. Its workflow id is {@code {organization}/{run id}}; it always completes, whatever became of its tasks, and
 * its result is the last snapshot.
 */
@WorkflowInterface
public interface RunWorkflow {
    /** The workflow type in Temporal. */
    String TYPE = "Run";

    /** The update of {@link #patch}. */
    String PATCH = "patch";

    /** The signal of {@link #command}. */
    String COMMAND = "command";

    /** The signal of {@link #report}. */
    String REPORT = "report";

    /** The signal of {@link #ended}. */
    String ENDED = "ended";

    @WorkflowMethod(name = TYPE)
    Snapshot run(RunStart start);

    /** A request from outside: abort, budget. */
    @SignalMethod(name = COMMAND)
    void command(@Nullable Command command);

    /** Settled attempts of a dispatch that goes on with others. Doubled ones are no-ops. */
    @SignalMethod(name = REPORT)
    void report(@Nullable List<@Nullable Outcome> outcomes);

    /** The end of a dispatch that goes on without the execution that began it. A doubled one is a no-op. */
    @SignalMethod(name = ENDED)
    void ended(@Nullable DispatchEnd end);

    /** Another graph for what has not begun. Waits until the run has taken it or refused it. */
    @UpdateMethod(name = PATCH)
    PatchVerdict patch(PatchRequest request);

    @UpdateValidatorMethod(updateName = PATCH)
    void checkPatch(PatchRequest request);

    @QueryMethod(name = "snapshot")
    Snapshot snapshot(SnapshotRequest request);

    /** The verdict of a command, null while it has not been read. */
    @QueryMethod(name = "verdict")
    @Nullable
    CommandVerdict verdict(String commandId);
}
