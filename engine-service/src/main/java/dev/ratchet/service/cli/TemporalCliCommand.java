package dev.ratchet.service.cli;

import dev.ratchet.service.config.Environment;
import dev.ratchet.service.embedded.TemporalCli;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** For the launcher: makes sure that there is a Temporal CLI, and prints where. */
@Command(
        name = "temporal-cli",
        hidden = true,
        description = "Finds, fetches or builds the Temporal CLI and prints its path.",
        mixinStandardHelpOptions = true)
final class TemporalCliCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Override
    public Integer call() {
        CommandLine line = spec.commandLine();
        TemporalCli cli = TemporalCli.obtain(Environment.system(), sentence -> {
            line.getErr().println(sentence);
            line.getErr().flush();
        });
        line.getOut().println(cli.binary());
        return ExitStatus.COMPLETED;
    }
}
