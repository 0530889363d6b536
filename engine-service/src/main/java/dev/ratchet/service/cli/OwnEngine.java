package dev.ratchet.service.cli;

import dev.ratchet.service.config.Environment;
import dev.ratchet.service.config.RatchetConfig;
import dev.ratchet.service.embedded.EmbeddedOptions;
import dev.ratchet.service.embedded.Ports;
import dev.ratchet.service.embedded.TemporalCli;
import dev.ratchet.service.embedded.TemporalUnavailableException;
import dev.ratchet.service.server.Engine;
import dev.ratchet.service.server.Logs;
import java.io.PrintWriter;
import java.time.Duration;

/** Starts embedded engines for commands. */
final class OwnEngine {
    private static final int TEMPORAL_PORT = 7233;
    private static final int TEMPORAL_UI_PORT = 8233;

    private OwnEngine() {}

    /** An engine for one command, on ports that disturb nobody. It ends with this process in any case. */
    static Engine start(RatchetConfig config, PrintWriter progress) {
        say(progress, "No engine answers; starting one in " + config.storage().data() + " ...");
        Engine engine = start(config.withPort(0), 0, progress);
        Runtime.getRuntime().addShutdownHook(new Thread(engine::close, "stop engine"));
        return engine;
    }

    /** @param adminPort of health and metrics; 0 takes any */
    static Engine start(RatchetConfig config, int adminPort, PrintWriter progress) {
        Logs.toFile(config.storage().data().resolve("ratchet.log"));
        RatchetConfig local = config.withAdminPort(adminPort);
        return Engine.embedded(
                local,
                options(progress).withRetention(Duration.ofDays(config.storage().retentionDays())));
    }

    private static EmbeddedOptions options(PrintWriter progress) {
        try {
            TemporalCli cli = TemporalCli.obtain(Environment.system(), sentence -> say(progress, sentence));
            return EmbeddedOptions.standard(cli)
                    .withPort(Ports.choose(TEMPORAL_PORT))
                    .withUiPort(Ports.choose(TEMPORAL_UI_PORT));
        } catch (TemporalUnavailableException none) {
            say(progress, String.valueOf(none.getMessage()));
            say(progress, "Going on with a server in memory: NOT DURABLE, runs are lost when this process ends.");
            return EmbeddedOptions.inMemory();
        }
    }

    private static void say(PrintWriter progress, String sentence) {
        progress.println(sentence);
        progress.flush();
    }
}
