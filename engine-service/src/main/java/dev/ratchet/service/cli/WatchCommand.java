package dev.ratchet.service.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Follows a run until it has ended. */
@Command(
        name = "watch",
        description = "Follows a run until it has ended; the exit status tells how.",
        mixinStandardHelpOptions = true)
final class WatchCommand implements Callable<Integer> {
    @Mixin
    private final RunOptions run = new RunOptions();

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
    public Integer call() throws InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        EngineClient client = engine.client();
        if (curl.isWanted()) {
            out.println(CurlOption.get(client, run.path("", "wait_ms=60000", "until=terminal")));
            out.flush();
            return ExitStatus.COMPLETED;
        }
        JsonNode first = client.get(run.path(""));
        Watching watching = new Watching(client, first);
        if (output.isJson()) {
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
