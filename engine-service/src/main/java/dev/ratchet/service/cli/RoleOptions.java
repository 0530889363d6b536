package dev.ratchet.service.cli;

import dev.ratchet.service.config.Environment;
import dev.ratchet.service.config.RatchetConfig;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options of the two roles of a deployment. */
final class RoleOptions {
    @Option(names = "--config", paramLabel = "FILE", description = "Configuration file.")
    private @Nullable Path config;

    RatchetConfig config() {
        return RatchetConfig.load(config, Environment.system());
    }

    static String temporal(RatchetConfig config) {
        return config.temporal()
                .address()
                .orElseThrow(() -> new CommandException(
                        ExitStatus.REFUSED,
                        "Expected temporal.address (or TEMPORAL_ADDRESS) to say where Temporal is, but it is not set"));
    }
}
