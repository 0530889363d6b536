package dev.ratchet.service.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Ends a run now. */
@Command(
        name = "abort",
        description = "Ends a run now; what is in flight is cancelled.",
        mixinStandardHelpOptions = true)
final class AbortCommand implements Callable<Integer> {
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
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        EngineClient client = engine.client();
        if (curl.isWanted()) {
            out.println(CurlOption.post(client, run.path("/abort"), null));
            out.flush();
            return ExitStatus.COMPLETED;
        }
        JsonNode answer = client.post(run.path("/abort"), new byte[0], Map.of());
        if (output.isJson()) {
            Display.json(out, answer);
        } else {
            out.println("run " + answer.path("id").asText() + " is "
                    + answer.path("state").asText());
            out.flush();
        }
        return ExitStatus.COMPLETED;
    }
}
