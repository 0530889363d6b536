package dev.ratchet.service.cli;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Tries again: a failed task of a living run, or, as a new run, what did not complete in an ended one. */
@Command(
        name = "retry",
        description = {
            "Tries a failed task of a living run again, and what was skipped because of it;",
            "without a task, what did not complete in an ended run, as a new run."
        },
        mixinStandardHelpOptions = true)
final class RetryCommand extends SignedCommand {
    @Parameters(index = "1", arity = "0..1", paramLabel = "TASK", description = "Id of the task.")
    private @Nullable String task;

    @Mixin
    private final RerunOptions again = new RerunOptions();

    @Override
    String below() {
        return task == null ? "/retry" : "/tasks/" + RunOptions.encoded(task) + "/retry";
    }

    @Override
    @Nullable
    JsonNode body() {
        JsonNode signed = super.body();
        if (task != null && again.body(null) != null) {
            throw new CommandException(
                    ExitStatus.REFUSED, "Expected --id, --input and --from without a task, but there is one");
        }
        return task == null ? again.body(signed) : signed;
    }

    @Override
    String told(JsonNode answer) {
        return task == null ? RerunOptions.told(answer) : super.told(answer);
    }
}
