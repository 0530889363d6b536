package dev.ratchet.service.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Shows a run as it is now. */
@Command(name = "get", description = "Shows a run as it is now.", mixinStandardHelpOptions = true)
final class GetCommand implements Callable<Integer> {
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
            out.println(CurlOption.get(client, run.path("")));
            out.flush();
            return ExitStatus.COMPLETED;
        }
        JsonNode answer = client.get(run.path(""));
        if (output.isJson()) {
            Display.json(out, answer);
        } else {
            new Display(out, false).table(answer);
        }
        return ExitStatus.COMPLETED;
    }
}
