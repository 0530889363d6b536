package dev.ratchet.service.cli;

import dev.ratchet.service.bench.BenchCommand;
import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;

/** The program behind {@code ./ratchet}: each command is a class of its own, listed here. */
@Command(
        name = "ratchet",
        description = "Runs task graphs durably, on Temporal.",
        mixinStandardHelpOptions = true,
        versionProvider = VersionProvider.class,
        synopsisSubcommandLabel = "COMMAND",
        footer = {"", "Exit status: 0 completed, 1 failed, 2 bad usage or refused, 3 aborted, 4 no engine answers."})
public final class Main {
    /** In the order in which help shows them. */
    private static final List<Class<?>> COMMANDS = List.of(
            RunCommand.class,
            UpCommand.class,
            ServerCommand.class,
            WorkerCommand.class,
            SubmitCommand.class,
            GetCommand.class,
            WatchCommand.class,
            AuditCommand.class,
            AbortCommand.class,
            PauseCommand.class,
            ResumeCommand.class,
            SkipCommand.class,
            RetryCommand.class,
            PatchCommand.class,
            RerunCommand.class,
            ApproveCommand.class,
            CompleteCommand.class,
            ValidateCommand.class,
            GraphCommand.class,
            DoctorCommand.class,
            TestCommand.class,
            ChaosCommand.class,
            BenchCommand.class,
            TemporalCliCommand.class,
            HelpCommand.class);

    private Main() {}

    public static void main(String[] arguments) {
        System.exit(run(arguments));
    }

    /** Runs one command as the shell would; returns its exit status. */
    static int run(String... arguments) {
        return commandLine().execute(arguments.length == 0 ? new String[] {"--help"} : arguments);
    }

    static CommandLine commandLine() {
        CommandLine line = new CommandLine(new Main());
        COMMANDS.forEach(line::addSubcommand);
        line.setExecutionExceptionHandler(new Failures());
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setOut(new PrintWriter(System.out, true, java.nio.charset.StandardCharsets.UTF_8));
        return line;
    }
}
