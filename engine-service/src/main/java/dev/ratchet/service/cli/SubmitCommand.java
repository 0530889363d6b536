package dev.ratchet.service.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Submits a document and does not wait. */
@Command(name = "submit", description = "Submits a run and prints its id.", mixinStandardHelpOptions = true)
final class SubmitCommand implements Callable<Integer> {
    @Parameters(paramLabel = "FILE", description = "Run document (JSON); - for standard input.")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private Path file;

    @Option(names = "--input", paramLabel = "NAME=VALUE", description = "A value of the run's input; may be repeated.")
    private Map<String, String> input = new LinkedHashMap<>();

    @Option(names = "--key", paramLabel = "KEY", description = "Idempotency key: the same key is the same run.")
    private @Nullable String key;

    @Mixin
    private final EngineOptions engine = new EngineOptions();

    @Mixin
    private final OutputOptions output = new OutputOptions();

    @Mixin
    private final CurlOption curl = new CurlOption();

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        if (curl.isWanted()) {
            out.println(CurlOption.post(engine.client(), "/runs", "@" + file));
            out.flush();
            return ExitStatus.COMPLETED;
        }
        Map<String, String> headers = key == null ? Map.of() : Map.of("Idempotency-Key", key);
        JsonNode run = engine.client().post("/runs", RunFile.withInput(file, input), headers);
        if (output.isJson()) {
            Display.json(out, run);
        } else {
            out.println(run.path("id").asText());
            out.flush();
        }
        return ExitStatus.COMPLETED;
    }
}
