package dev.ratchet.service.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ratchet.plan.Compilation;
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

/** Says what is wrong with a document. Needs no engine. */
@Command(
        name = "validate",
        description = "Says what is wrong with a run document. Nothing runs.",
        mixinStandardHelpOptions = true)
final class ValidateCommand implements Callable<Integer> {
    @Parameters(paramLabel = "FILE", description = "Run document (JSON); - for standard input.")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private Path file;

    @Option(names = "--config", paramLabel = "FILE", description = "Configuration file.")
    private @Nullable Path config;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Override
    public Integer call() {
        JsonNode document = RunFile.parse(file);
        Compilation compilation = EngineParts.compiler(RatchetConfig.load(config, Environment.system()))
                .inspect(document);
        PrintWriter out = spec.commandLine().getOut();
        compilation
                .problems()
                .forEach(problem -> out.println(Problems.line(problem.pointer(), problem.code(), problem.message())));
        compilation
                .warnings()
                .forEach(warning -> out.println(Problems.line(warning.pointer(), "warning", warning.message())));
        boolean sound = compilation.isSound();
        out.println(
                sound
                        ? file + " is sound."
                        : file + " has " + compilation.problems().size() + " problem(s).");
        out.flush();
        return sound ? ExitStatus.COMPLETED : ExitStatus.REFUSED;
    }
}
