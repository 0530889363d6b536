package dev.ratchet.service.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Submits a document and does not wait. */
@Command(name = "submit", description = "Submits a run and prints its id.", mixinStandardHelpOptions = true)
final class SubmitCommand extends EngineCommand {
    @Parameters(paramLabel = "FILE", description = "Run document (JSON); - for standard input.")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private Path file;

    @Option(names = "--input", paramLabel = "NAME=VALUE", description = "A value of the run's input; may be repeated.")
    private Map<String, String> input = new LinkedHashMap<>();

    @Option(names = "--key", paramLabel = "KEY", description = "Idempotency key: the same key is the same run.")
    private @Nullable String key;

    @Override
    String curl(EngineClient client) {
        return CurlOption.post(client, "/runs", "@" + file);
    }

    @Override
    int call(EngineClient client, PrintWriter out) {
        Map<String, String> headers = key == null ? Map.of() : Map.of("Idempotency-Key", key);
        JsonNode run = client.post("/runs", RunFile.withInput(file, input), headers);
        if (isJsonWanted()) {
            Display.json(out, run);
        } else {
            print(out, run.path("id").asText());
        }
        return ExitStatus.COMPLETED;
    }
}
