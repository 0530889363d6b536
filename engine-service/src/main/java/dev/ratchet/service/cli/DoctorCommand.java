package dev.ratchet.service.cli;

import dev.ratchet.service.config.Environment;
import dev.ratchet.service.config.RatchetConfig;
import java.io.PrintWriter;
import java.nio.file.Path;
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
        description = "Checks JDK, Temporal, ports, disk, keys and clock: what is there, what is not, what to do.",
        mixinStandardHelpOptions = true)
final class DoctorCommand implements Callable<Integer> {
    @Parameters(
            arity = "0..1",
            paramLabel = "FILE",
            description = "Run document: says which of its task queues have no worker, if an engine runs.")
    private @Nullable Path file;

    @Option(names = "--config", paramLabel = "FILE", description = "Configuration to check with.")
    private @Nullable Path config;

    @Option(names = "--data", paramLabel = "DIR", description = "Data folder to look at.")
    private @Nullable Path data;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Override
    public Integer call() {
        Environment environment = Environment.system();
        RatchetConfig loaded = RatchetConfig.load(config, environment);
        RatchetConfig checked = data == null ? loaded : loaded.withData(data);
        List<Finding> findings = new Doctor(checked, environment).examine(file);
        PrintWriter out = spec.commandLine().getOut();
        findings.forEach(finding -> out.println(finding.line()));
        long problems = findings.stream().filter(Finding::isProblem).count();
        out.println(problems == 0 ? "Everything that Ratchet needs is there." : "Problems: " + problems);
        out.flush();
        return problems == 0 ? ExitStatus.COMPLETED : ExitStatus.FAILED;
    }
}
