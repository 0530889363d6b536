package dev.ratchet.service.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Changes the graph of a living run where nothing has begun. */
@Command(
        name = "patch",
        description = "Changes the graph of a living run where nothing has begun.",
        mixinStandardHelpOptions = true)
final class PatchCommand extends EngineCommand {
    @Mixin
    private final RunOptions run = new RunOptions();

    @Parameters(
            index = "1",
            paramLabel = "FILE",
            description = "JSON Patch, or an object with operations or rollback_to; - for standard input.")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private Path file;

    @Option(names = "--revision", paramLabel = "N", description = "Only if the graph is still that of this revision.")
    private @Nullable Integer revision;

    @Option(names = "--dry-run", description = "Say what would change and change nothing.")
    private boolean dryRun;

    @Option(names = "--key", paramLabel = "KEY", description = "Idempotency key: the same key is the same patch.")
    private @Nullable String key;

    @Override
    String curl(EngineClient client) {
        return CurlOption.post(client, path(), "@" + file);
    }

    @Override
    int call(EngineClient client, PrintWriter out) {
        JsonNode answer = client.post(path(), RunFile.read(file), headers());
        if (isJsonWanted()) {
            Display.json(out, answer);
        } else {
            print(
                    out,
                    (dryRun ? "would be revision " : "revision ")
                            + answer.path("revision").asText() + ": " + told(answer));
        }
        return ExitStatus.COMPLETED;
    }

    private String path() {
        return dryRun ? run.path("/patch", "dry_run=true") : run.path("/patch");
    }

    private Map<String, String> headers() {
        Map<String, String> headers = new LinkedHashMap<>();
        if (revision != null) {
            headers.put("If-Match", Integer.toString(revision));
        }
        if (key != null) {
            headers.put("Idempotency-Key", key);
        }
        return headers;
    }

    private static String told(JsonNode answer) {
        String text = java.util.stream.Stream.of("added", "changed", "removed")
                .filter(kind -> !answer.path(kind).isEmpty())
                .map(kind -> kind + " "
                        + StreamSupport.stream(answer.path(kind).spliterator(), false)
                                .map(JsonNode::asText)
                                .collect(Collectors.joining(", ")))
                .collect(Collectors.joining("; "));
        return text.isEmpty() ? "no task changed" : text;
    }
}
