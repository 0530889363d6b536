package dev.ratchet.service.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Tries a failed task of a living run again. */
@Command(
        name = "retry",
        description = "Tries a failed task of a living run again, and what was skipped because of it.",
        mixinStandardHelpOptions = true)
final class RetryCommand extends ControlCommand {
    @Parameters(index = "1", paramLabel = "TASK", description = "Id of the task.")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private String task;

    @Override
    String below() {
        return "/tasks/" + RunOptions.encoded(task) + "/retry";
    }
}
