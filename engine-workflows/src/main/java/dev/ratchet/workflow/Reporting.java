package dev.ratchet.workflow;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ratchet.document.ErrorCode;
import dev.ratchet.run.Commands;
import dev.ratchet.run.InlineAnswer;
import dev.ratchet.run.Outcome;
import dev.ratchet.run.Part;
import dev.ratchet.run.RunCommand;
import dev.ratchet.run.RunRecord;
import dev.ratchet.run.RunState;
import dev.ratchet.run.RunStatus;
import dev.ratchet.run.TaskError;
import dev.ratchet.run.Value;
import io.temporal.workflow.Workflow;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.slf4j.Logger;

/** Tells the run that waits for this one how it ended, as a worker would tell it of an attempt. */
final class Reporting {
    private static final Logger LOG = Workflow.getLogger(Reporting.class);

    private Reporting() {}

    static void report(RunStart start, RunState ended, Function<RunCommand.Inline, InlineAnswer> hands) {
        Parent parent = start.parent();
        if (parent == null || !parent.awaited()) {
            return;
        }
        RunRecord run = ended.record();
        Outcome outcome = new Outcome(
                parent.key(),
                parent.attempt(),
                1,
                start.createdAt(),
                Workflow.currentTimeMillis(),
                result(start, ended, run, hands),
                run.usage(),
                false);
        if (!Neighbours.tell(parent.workflowId(), RunWorkflow.REPORT, List.of(outcome))) {
            LOG.info("Nobody in the run {} heard of the end of its task {}", parent.run(), parent.key());
        }
    }

    private static Outcome.Result result(
            RunStart start, RunState ended, RunRecord run, Function<RunCommand.Inline, InlineAnswer> hands) {
        if (run.state() == RunStatus.ABORTED) {
            return new Outcome.Cancelled();
        }
        if (run.state() != RunStatus.COMPLETED) {
            return new Outcome.Failed(failure(start, run), true, null);
        }
        Part whole = whole(start, ended, hands);
        Value output = whole.output();
        TaskError error = whole.error();
        return output == null || error != null
                ? new Outcome.Failed(error == null ? failure(start, run) : error, false, null)
                : new Outcome.Completed(output, List.of(), List.of());
    }

    private static Part whole(RunStart start, RunState ended, Function<RunCommand.Inline, InlineAnswer> hands) {
        Parent parent = Objects.requireNonNull(start.parent());
        InlineAnswer answer = hands.apply(Commands.whole(ended, parent.key()));
        return switch (answer) {
            case InlineAnswer.Turned turned -> turned.part();
            case InlineAnswer.Rejected rejected -> new Part(null, rejected.error());
            default -> Part.NONE;
        };
    }

    /** The code of the child's own error, so that what is retried and what is shown is the cause. */
    private static TaskError failure(RunStart start, RunRecord run) {
        ObjectNode details =
                JsonNodeFactory.instance.objectNode().put("run_id", start.run().id());
        TaskError error = run.error();
        String message = "Expected run " + start.run().id() + " to complete, but ";
        if (run.errorTask() != null) {
            details.put("task", run.errorTask().toString());
        }
        return error == null
                ? new TaskError(ErrorCode.EXECUTION_FAILED.wire(), message + "it failed", details)
                : new TaskError(error.code(), message + reason(run, error), details);
    }

    private static String reason(RunRecord run, TaskError error) {
        return (run.errorTask() == null ? "it failed: " : run.errorTask() + " failed: ") + error.message();
    }
}
