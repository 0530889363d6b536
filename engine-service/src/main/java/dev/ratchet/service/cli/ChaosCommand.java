package dev.ratchet.service.cli;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Stands here for help: the launcher itself plays the campaign, because that needs Maven and not this program. */
@Command(
        name = "chaos",
        description = "Runs drawn documents while real processes, networks and disks fail, and checks every promise.",
        mixinStandardHelpOptions = true)
final class ChaosCommand implements Callable<Integer> {
    @Parameters(
            paramLabel = "MINUTES",
            description = "After which no further round begins. A round takes two minutes or three.")
    private int minutes;

    @Option(
            names = "--seed",
            description = "Makes the same documents and faults again; each round has the next seed. Default: any.")
    private @Nullable Long seed;

    @Override
    public Integer call() {
        throw new CommandException(
                ExitStatus.REFUSED,
                "Expected './ratchet chaos %d%s' in a clone, but this is the program without its launcher"
                        .formatted(minutes, seed == null ? "" : " --seed " + seed));
    }
}
