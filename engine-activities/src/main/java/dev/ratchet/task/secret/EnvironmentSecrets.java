package dev.ratchet.task.secret;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Secrets out of the worker's environment, the same for all organizations. The engine's own settings are none, so that no
 * task can read how the worker reaches Temporal.
 */
public final class EnvironmentSecrets implements Secrets {
    private final Map<String, String> environment;

    public EnvironmentSecrets(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
    }

    @Override
    public @Nullable String find(String organization, String name) {
        if (!NAME.matcher(name).matches() || name.startsWith("RATCHET_") || name.startsWith("TEMPORAL_")) {
            return null;
        }
        return environment.get(name);
    }
}
