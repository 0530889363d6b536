package dev.ratchet.service.cli;

import dev.ratchet.service.config.Environment;
import dev.ratchet.service.config.RatchetConfig;
import dev.ratchet.service.embedded.DataFolder;
import dev.ratchet.service.embedded.EngineInfo;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options of commands that talk to an engine, and how they find it. */
final class EngineOptions {
    private static final String DEFAULT_URL = "http://127.0.0.1:8080";

    @Option(
            names = "--url",
            paramLabel = "URL",
            description =
                    "Where the engine is (or RATCHET_URL); default: the one of the data folder, else " + DEFAULT_URL)
    private @Nullable String url;

    @Option(names = "--data", paramLabel = "DIR", description = "Data folder of the embedded engine.")
    private @Nullable Path data;

    @Option(names = "--config", paramLabel = "FILE", description = "Configuration file.")
    private @Nullable Path config;

    /** The engine that the user named, by option or variable. */
    Optional<EngineClient> named() {
        return Optional.ofNullable(url)
                .or(() -> Environment.system().get("RATCHET_URL"))
                .map(EngineClient::new);
    }

    /** The engine to talk to, whether or not it answers. */
    EngineClient client() {
        return named().or(this::ofDataFolder).orElseGet(() -> new EngineClient(DEFAULT_URL));
    }

    /** An engine nobody had to name, if one answers. */
    Optional<EngineClient> running() {
        return ofDataFolder()
                .filter(EngineClient::answers)
                .or(() -> Optional.of(new EngineClient(DEFAULT_URL)).filter(EngineClient::answers));
    }

    RatchetConfig config() {
        RatchetConfig loaded = RatchetConfig.load(config, Environment.system());
        return data == null ? loaded : loaded.withData(data);
    }

    private Optional<EngineClient> ofDataFolder() {
        return DataFolder.holder(config().storage().data()).map(EngineInfo::api).map(EngineClient::new);
    }
}
