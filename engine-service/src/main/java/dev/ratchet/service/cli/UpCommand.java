package dev.ratchet.service.cli;

import dev.ratchet.service.config.Environment;
import dev.ratchet.service.config.RatchetConfig;
import dev.ratchet.service.embedded.EmbeddedTemporal;
import dev.ratchet.service.embedded.Ports;
import dev.ratchet.service.server.Engine;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The embedded engine in the foreground, until it is told to stop. */
@Command(
        name = "up",
        description = "Starts the embedded engine: Temporal on a file, a worker and the API, on this machine.",
        mixinStandardHelpOptions = true)
final class UpCommand implements Callable<Integer> {
    @Option(names = "--port", paramLabel = "PORT", description = "Port of the API (default 8080, or any free one).")
    private @Nullable Integer port;

    @Option(names = "--data", paramLabel = "DIR", description = "Data folder; runs in it go on.")
    private @Nullable Path data;

    @Option(names = "--config", paramLabel = "FILE", description = "Configuration file.")
    private @Nullable Path config;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Override
    public Integer call() {
        RatchetConfig loaded = RatchetConfig.load(config, Environment.system());
        RatchetConfig local = data == null ? loaded : loaded.withData(data);
        Engine engine = OwnEngine.start(
                local.withPort(port == null ? Ports.choose(local.api().port()) : port),
                Ports.choose(local.api().adminPort()),
                spec.commandLine().getErr());
        Foreground foreground = new Foreground(engine, spec.commandLine().getOut());
        announce(engine, local);
        EmbeddedTemporal temporal = engine.temporal().orElseThrow();
        return foreground.untilEndOf(
                temporal.ended(),
                "Temporal ended by itself; its log is in " + local.storage().data());
    }

    private void announce(Engine engine, RatchetConfig local) {
        EmbeddedTemporal temporal = engine.temporal().orElseThrow();
        PrintWriter out = spec.commandLine().getOut();
        out.println("Ratchet is up.");
        out.println("  API       " + engine.url().orElse("") + "/api/v1");
        out.println("  Health    " + engine.adminUrl().orElse("") + "/healthcheck");
        out.println("  Temporal  " + temporal.address()
                + temporal.uiUrl().map(ui -> "  " + ui).orElse(""));
        out.println("  Data      " + local.storage().data()
                + (temporal.durable() ? "" : "  NOT DURABLE: runs are lost when this process ends"));
        out.println("Stop it with Ctrl-C; unfinished runs go on at the next start.");
        out.flush();
    }
}
