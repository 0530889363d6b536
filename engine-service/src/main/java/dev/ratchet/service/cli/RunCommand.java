package dev.ratchet.service.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ratchet.service.server.Engine;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Submits a document and waits for its end; brings an engine along where none answers. */
@Command(
        name = "run",
        description =
                "Submits a run and waits for its end. Starts an embedded engine when none answers, and stops it again.",
        mixinStandardHelpOptions = true)
final class RunCommand implements Callable<Integer> {
    @Parameters(paramLabel = "FILE", description = "Run document (JSON); - for standard input.")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private Path file;

    @Option(names = "--input", paramLabel = "NAME=VALUE", description = "A value of the run's input; may be repeated.")
    private Map<String, String> input = new LinkedHashMap<>();

    @Option(names = "--watch", description = "Show each change also where the output is no terminal.")
    private boolean watch;

    @Mixin
    private final EngineOptions engine = new EngineOptions();

    @Mixin
    private final OutputOptions output = new OutputOptions();

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        byte[] document = RunFile.withInput(file, input);
        Optional<EngineClient> present = engine.named().or(engine::running);
        if (present.isPresent()) {
            return run(present.get(), document);
        }
        try (Engine own = OwnEngine.start(engine.config(), spec.commandLine().getErr())) {
            return run(new EngineClient(own.url().orElseThrow()), document);
        }
    }

    private int run(EngineClient client, byte[] document) throws InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        JsonNode run = client.post("/runs", document, Map.of());
        Watching watching = new Watching(client, run);
        if (output.isJson()) {
            JsonNode ended = watching.untilEnd(run);
            Display.json(out, ended);
            return Watching.exitStatus(ended);
        }
        Display display = new Display(out, Terminal.isThere() && !watch);
        display.begin(run);
        JsonNode ended = watching.untilEnd(run, display);
        display.end(ended);
        return Watching.exitStatus(ended);
    }
}
