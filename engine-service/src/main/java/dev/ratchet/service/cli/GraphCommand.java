package dev.ratchet.service.cli;

import dev.ratchet.plan.Compilation;
import dev.ratchet.plan.Graphs;
import dev.ratchet.plan.Plan;
import dev.ratchet.service.config.Environment;
import dev.ratchet.service.config.RatchetConfig;
import dev.ratchet.service.server.EngineParts;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Draws a document. Needs no engine. */
@Command(name = "graph", description = "Draws a run document. Nothing runs.", mixinStandardHelpOptions = true)
final class GraphCommand implements Callable<Integer> {
    enum Format {
        MERMAID,
        DOT,
        JSON
    }

    @Parameters(paramLabel = "FILE", description = "Run document (JSON); - for standard input.")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private Path file;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description = "mermaid, dot or json (default: ${DEFAULT-VALUE}).",
            defaultValue = "mermaid")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private Format format;

    @Option(names = "--config", paramLabel = "FILE", description = "Configuration file.")
    private @Nullable Path config;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Override
    public Integer call() {
        Compilation compilation = EngineParts.compiler(RatchetConfig.load(config, Environment.system()))
                .inspect(RunFile.parse(file));
        PrintWriter out = spec.commandLine().getOut();
        Plan plan = compilation.plan();
        if (plan == null) {
            PrintWriter err = spec.commandLine().getErr();
            compilation
                    .problems()
                    .forEach(problem ->
                            err.println(Problems.line(problem.pointer(), problem.code(), problem.message())));
            err.flush();
            return ExitStatus.REFUSED;
        }
        switch (format) {
            case MERMAID -> out.print(Graphs.mermaid(plan, task -> null));
            case DOT -> out.print(Graphs.dot(plan, task -> null));
            case JSON -> Display.json(out, Graphs.json(plan, task -> null));
        }
        out.flush();
        return ExitStatus.COMPLETED;
    }
}
