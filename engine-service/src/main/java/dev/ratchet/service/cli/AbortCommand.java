package dev.ratchet.service.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Ends a run now. */
@Command(
        name = "abort",
        description = "Ends a run now; what is in flight is cancelled.",
        mixinStandardHelpOptions = true)
final class AbortCommand extends EngineCommand {
    @Mixin
    private final RunOptions run = new RunOptions();

    @Override
    String curl(EngineClient client) {
        return CurlOption.post(client, run.path("/abort"), null);
    }

    @Override
    int call(EngineClient client, PrintWriter out) {
        JsonNode answer = client.post(run.path("/abort"), new byte[0], Map.of());
        if (isJsonWanted()) {
            Display.json(out, answer);
        } else {
            print(
                    out,
                    "run " + answer.path("id").asText() + " is "
                            + answer.path("state").asText());
        }
        return ExitStatus.COMPLETED;
    }
}
