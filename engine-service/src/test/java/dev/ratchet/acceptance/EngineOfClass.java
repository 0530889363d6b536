package dev.ratchet.acceptance;

import dev.ratchet.service.config.Environment;
import dev.ratchet.service.config.RatchetConfig;
import dev.ratchet.service.embedded.EmbeddedOptions;
import dev.ratchet.service.embedded.TemporalForTests;
import dev.ratchet.service.server.Engine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** The engine of a test class: started once on a data folder of its own, which goes with it. */
final class EngineOfClass implements BeforeAllCallback, AfterAllCallback {
    private final Map<String, String> variables = new HashMap<>();
    private final Map<String, String> settings = new HashMap<>();
    private @Nullable Path folder;
    private @Nullable Engine engine;

    /** Lets tasks call an address that is private; only before the start. */
    EngineOfClass allowing(String hostAndPort) {
        variables.put("RATCHET_EGRESS_ALLOW", hostAndPort);
        return this;
    }

    /** Sets a variable of the configuration; only before the start. */
    EngineOfClass with(String variable, String value) {
        variables.put(variable, value);
        return this;
    }

    /** Sets a value of Temporal's dynamic configuration; only before the start. */
    EngineOfClass serving(String setting, String value) {
        settings.put(setting, value);
        return this;
    }

    @Override
    public void beforeAll(ExtensionContext context) throws IOException {
        folder = Files.createTempDirectory("ratchet-acceptance-");
        open();
    }

    @Override
    public void afterAll(ExtensionContext context) throws IOException {
        close();
        try (Stream<Path> files = Files.walk(Objects.requireNonNull(folder))) {
            List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
            deepestFirst.forEach(file -> file.toFile().delete());
        }
    }

    /** Ends the engine as {@code ratchet up} does when it is told to. */
    void close() {
        if (engine != null) {
            engine.close();
            engine = null;
        }
    }

    /** Starts an engine on the same data. */
    void open() {
        Path data = Objects.requireNonNull(folder);
        variables.putAll(Map.of("RATCHET_PORT", "0", "RATCHET_ADMIN_PORT", "0", "RATCHET_DATA", data.toString()));
        RatchetConfig config = RatchetConfig.load(null, new Environment(variables, data));
        engine = Engine.embedded(
                config, EmbeddedOptions.anyPort(TemporalForTests.cli()).withSettings(settings));
    }

    /** A client of the engine that runs now. */
    Api api() {
        return new Api(engine().url().orElseThrow());
    }

    /** {@code host:port} of its Temporal. */
    String temporal() {
        return engine().temporal().orElseThrow().address();
    }

    private Engine engine() {
        return Objects.requireNonNull(engine, "Expected an engine that runs, but it is closed");
    }
}
