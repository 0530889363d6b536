package dev.ratchet.service.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Follows a run until it has ended. */
@Command(
        name = "watch",
        description = "Follows a run until it has ended; the exit status tells how.",
        mixinStandardHelpOptions = true)
final class WatchCommand extends EngineCommand {
    @Mixin
    private final RunOptions run = new RunOptions();

    @Override
    String curl(EngineClient client) {
        return CurlOption.get(client, run.path("", "wait_ms=60000", "until=terminal"));
    }

    @Override
    int call(EngineClient client, PrintWriter out) throws InterruptedException {
        JsonNode first = client.get(run.path(""));
        Watching watching = new Watching(client, first);
        if (isJsonWanted()) {
            JsonNode ended = watching.untilEnd(first);
            Display.json(out, ended);
            return Watching.exitStatus(ended);
        }
        Display display = new Display(out, Terminal.isThere());
        display.begin(first);
        JsonNode ended = watching.untilEnd(first, display);
        display.end(ended);
        return Watching.exitStatus(ended);
    }
}
