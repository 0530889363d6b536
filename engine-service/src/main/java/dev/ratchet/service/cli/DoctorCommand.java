package dev.ratchet.service.cli;

import dev.ratchet.service.config.Environment;
import dev.ratchet.service.config.RatchetConfig;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Looks at the host and says what is there, what is not, and what to do. Changes nothing. */
@Command(
        name = "doctor",
        description = "Checks JDK, Temporal, ports, disk, stored values, keys and clock: what is there, what is not, "
                + "what to do.",
        mixinStandardHelpOptions = true)
final class DoctorCommand implements Callable<Integer> {
    private static final Duration WITHOUT_END = Duration.ofDays(30);
    private static final long TOLD = 10_000;

    @Parameters(
            arity = "0..1",
            paramLabel = "FILE",
            description = "Run document: says which of its task queues have no worker, if an engine runs.")
    private @Nullable Path file;

    @Option(names = "--config", paramLabel = "FILE", description = "Configuration to check with.")
    private @Nullable Path config;

    @Option(names = "--data", paramLabel = "DIR", description = "Data folder to look at.")
    private @Nullable Path data;

    @Option(
            names = "--all-blobs",
            description = "Read all stored values, however long that takes; else what 20 seconds allow.")
    private boolean allBlobs;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    /** Words on the error stream, so that what is printed stays the report. */
    private void tell(long read) {
        if (read % TOLD == 0) {
            PrintWriter err = spec.commandLine().getErr();
            err.println("stored values looked at: " + read);
            err.flush();
        }
    }

    @Override
    public Integer call() {
        Environment environment = Environment.system();
        RatchetConfig loaded = RatchetConfig.load(config, environment);
        RatchetConfig checked = data == null ? loaded : loaded.withData(data);
        List<Finding> findings =
                new Doctor(checked, environment, allBlobs ? WITHOUT_END : Doctor.QUICK, this::tell).examine(file);
        PrintWriter out = spec.commandLine().getOut();
        findings.forEach(finding -> out.println(Display.printable(finding.line())));
        long problems = findings.stream().filter(Finding::isProblem).count();
        out.println(problems == 0 ? "Everything that Ratchet needs is there." : "Problems: " + problems);
        out.flush();
        return problems == 0 ? ExitStatus.COMPLETED : ExitStatus.FAILED;
    }
}
