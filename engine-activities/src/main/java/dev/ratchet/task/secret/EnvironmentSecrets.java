package dev.ratchet.task.secret;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Secrets out of the worker's environment, the same for all organizations: those variables that somebody named, for an
 * engine that is started by hand inherits all that its user has there. The engine's own settings are none, named or not, so
 * that no task can read how the worker reaches Temporal.
 */
public final class EnvironmentSecrets implements Secrets {
    private final Map<String, String> environment;
    private final Set<String> named;

    /** @param named the variables that are secrets */
    public EnvironmentSecrets(Map<String, String> environment, Set<String> named) {
        this.environment = Map.copyOf(environment);
        this.named = Set.copyOf(named);
    }

    @Override
    public @Nullable String find(String organization, String name) {
        if (!named.contains(name)
                || !NAME.matcher(name).matches()
                || name.startsWith("RATCHET_")
                || name.startsWith("TEMPORAL_")) {
            return null;
        }
        return environment.get(name);
    }
}
