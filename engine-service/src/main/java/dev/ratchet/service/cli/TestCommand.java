package dev.ratchet.service.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Stands here for help: the launcher itself runs the tests, because they need Maven and not this program. */
@Command(
        name = "test",
        description = "Builds everything and runs all tests, on a real Temporal server.",
        mixinStandardHelpOptions = true)
final class TestCommand implements Callable<Integer> {
    @Parameters(
            paramLabel = "OPTION",
            description = "Passed to Maven, for example -Dtest=Name -Dsurefire.failIfNoSpecifiedTests=false")
    private final List<String> options = new ArrayList<>();

    @Override
    public Integer call() {
        throw new CommandException(
                ExitStatus.REFUSED,
                "Expected './ratchet test %s' in a clone, but this is the program without its launcher"
                        .formatted(String.join(" ", options)));
    }
}
