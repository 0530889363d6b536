package dev.ratchet.service.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Shows a run as it is now. */
@Command(name = "get", description = "Shows a run as it is now.", mixinStandardHelpOptions = true)
final class GetCommand extends EngineCommand {
    @Mixin
    private final RunOptions run = new RunOptions();

    @Override
    String curl(EngineClient client) {
        return CurlOption.get(client, run.path(""));
    }

    @Override
    int call(EngineClient client, PrintWriter out) {
        JsonNode answer = client.get(run.path(""));
        if (isJsonWanted()) {
            Display.json(out, answer);
        } else {
            new Display(out, false).table(answer);
        }
        return ExitStatus.COMPLETED;
    }
}
