package dev.ratchet.service.config;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What the host says about itself: its variables and the user's home. A value, so that tests can describe another host.
 *
 * @param variables the environment variables; empty ones count as absent
 * @param home the user's home folder
 */
public record Environment(Map<String, String> variables, Path home) {

    public Environment {
        variables = Map.copyOf(variables);
    }

    /** The environment of this process. */
    public static Environment system() {
        return new Environment(System.getenv(), Path.of(System.getProperty("user.home")));
    }

    /** The variable's value, unless it is absent or blank. */
    public Optional<String> get(String name) {
        return Optional.ofNullable(variables.get(name)).filter(value -> !value.isBlank());
    }

    /** Ratchet's cache, by the XDG rules: what can be fetched again. */
    public Path cacheFolder() {
        return xdg("XDG_CACHE_HOME", ".cache");
    }

    /** Ratchet's data, by the XDG rules: what cannot be fetched again. */
    public Path dataFolder() {
        return xdg("XDG_DATA_HOME", ".local/share");
    }

    /** The first executable file of that name in a folder of {@code PATH}. */
    public Optional<Path> onPath(String program) {
        return Stream.of(get("PATH").orElse("").split(File.pathSeparator))
                .filter(folder -> !folder.isBlank())
                .map(folder -> Path.of(folder, program))
                .filter(file -> Files.isRegularFile(file) && Files.isExecutable(file))
                .findFirst();
    }

    private Path xdg(String variable, String otherwise) {
        return get(variable)
                .map(Path::of)
                .filter(Path::isAbsolute) // the XDG rules: relative values are to be ignored
                .orElseGet(() -> home.resolve(otherwise))
                .resolve("ratchet");
    }
}
