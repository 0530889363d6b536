package dev.ratchet.service.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Lets a run do without a task. */
@Command(
        name = "skip",
        description = "Lets a run do without a task that has not begun, waits or failed.",
        mixinStandardHelpOptions = true)
final class SkipCommand extends SignedCommand {
    @Parameters(index = "1", paramLabel = "TASK", description = "Id of the task.")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private String task;

    @Override
    String below() {
        return "/tasks/" + RunOptions.encoded(task) + "/skip";
    }
}
