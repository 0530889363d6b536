package dev.ratchet.service.config;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The whole configuration: one YAML file, each key also an environment variable that beats it. {@link ConfigKey}
 * lists the keys.
 *
 * @param api where the API listens
 * @param answering how people and agents reach it
 * @param temporal which Temporal serves it
 * @param storage where things are kept, and how long
 * @param worker what tasks may reach
 * @param limits what is refused
 * @param defaultPolicy policy that fills what a document leaves out; a JSON object, never to be changed
 */
public record RatchetConfig(
        Api api,
        Answering answering,
        Temporal temporal,
        Storage storage,
        Worker worker,
        Limits limits,
        ObjectNode defaultPolicy) {

    private static final int SHORTEST_KEY = 16;

    /**
     * @param port 0 for any free one, as is {@code adminPort}; the latter is loopback only
     * @param allowedHosts names under which the API answers, beside those of the loopback interface
     */
    public record Api(String host, int port, int adminPort, List<String> allowedHosts) {
        public Api {
            allowedHosts = List.copyOf(allowedHosts);
        }
    }

    /**
     * @param publicUrl where others reach the API, without a slash at its end; absent when nobody has said
     * @param linkKey signs links by which people decide; absent for one that the embedded engine makes
     */
    public record Answering(Optional<String> publicUrl, Optional<String> linkKey) {}

    /** @param address {@code host:port}; absent in embedded mode */
    public record Temporal(Optional<String> address, String namespace, String taskQueue) {}

    /** @param data folder of the embedded engine */
    public record Storage(Path data, Path blobs, int retentionDays) {}

    /**
     * @param egressAllow {@code host:port} that may be called although it is private
     * @param egressDeny hosts that are never called
     * @param secrets folder, one file for each secret
     * @param secretVariables names of the environment's variables that are secrets
     * @param models the catalogue; absent for the one that comes with Ratchet
     */
    public record Worker(
            List<String> egressAllow,
            List<String> egressDeny,
            Path secrets,
            List<String> secretVariables,
            Optional<Path> models) {
        public Worker {
            secretVariables = List.copyOf(secretVariables);
            egressAllow = List.copyOf(egressAllow);
            egressDeny = List.copyOf(egressDeny);
        }
    }

    /**
     * Reads the configuration; nothing but the file is touched.
     *
     * @param file null for the one that {@code RATCHET_CONFIG} names, else none
     * @throws ConfigException if the file cannot be read, or has a key that is unknown or a value that is none
     */
    public static RatchetConfig load(@Nullable Path file, Environment environment) {
        ConfigFile read = Optional.ofNullable(file)
                .or(() -> environment.get("RATCHET_CONFIG").map(Path::of))
                .map(ConfigFile::read)
                .orElseGet(ConfigFile::none);
        ConfigReader reader = new ConfigReader(read, environment);
        return new RatchetConfig(
                new Api(
                        required(reader, ConfigKey.HOST),
                        reader.port(ConfigKey.PORT),
                        reader.port(ConfigKey.ADMIN_PORT),
                        reader.list(ConfigKey.ALLOWED_HOSTS)),
                answering(reader),
                new Temporal(
                        reader.text(ConfigKey.TEMPORAL_ADDRESS),
                        required(reader, ConfigKey.TEMPORAL_NAMESPACE),
                        required(reader, ConfigKey.TASK_QUEUE)),
                storage(reader, environment),
                new Worker(
                        reader.list(ConfigKey.EGRESS_ALLOW),
                        reader.list(ConfigKey.EGRESS_DENY),
                        reader.path(ConfigKey.SECRETS).orElseThrow(),
                        reader.list(ConfigKey.SECRET_ENV),
                        reader.path(ConfigKey.MODELS)),
                limits(reader),
                reader.object(ConfigKey.DEFAULT_POLICY));
    }

    /** The same with another API port, as a command's option wants it. */
    public RatchetConfig withPort(int port) {
        return new RatchetConfig(
                new Api(api.host(), port, api.adminPort(), api.allowedHosts()),
                answering,
                temporal,
                storage,
                worker,
                limits,
                defaultPolicy);
    }

    /** The same with another port for health and metrics. */
    public RatchetConfig withAdminPort(int port) {
        return new RatchetConfig(
                new Api(api.host(), api.port(), port, api.allowedHosts()),
                answering,
                temporal,
                storage,
                worker,
                limits,
                defaultPolicy);
    }

    /** The same with another data folder; blobs move along unless they were configured elsewhere. */
    public RatchetConfig withData(Path data) {
        Path blobs = storage.blobs().equals(storage.data().resolve("blobs")) ? data.resolve("blobs") : storage.blobs();
        return new RatchetConfig(
                api,
                answering,
                temporal,
                new Storage(data, blobs, storage.retentionDays()),
                worker,
                limits,
                defaultPolicy);
    }

    private static Answering answering(ConfigReader reader) {
        Optional<String> url = reader.text(ConfigKey.PUBLIC_URL);
        url.filter(text -> !text.startsWith("http://") && !text.startsWith("https://"))
                .ifPresent(text -> {
                    throw new ConfigException(
                            "Expected 'public_url' to be an http or https URL, but it is '%s'".formatted(text));
                });
        Optional<String> key = reader.text(ConfigKey.LINK_KEY);
        key.filter(text -> text.length() < SHORTEST_KEY).ifPresent(text -> {
            throw new ConfigException("Expected 'link_key' to have at least %d characters, but it has %d"
                    .formatted(SHORTEST_KEY, text.length()));
        });
        return new Answering(url.map(text -> text.replaceFirst("/+$", "")), key);
    }

    private static Storage storage(ConfigReader reader, Environment environment) {
        Path data = reader.path(ConfigKey.DATA).orElseGet(environment::dataFolder);
        return new Storage(
                data,
                reader.path(ConfigKey.BLOBS).orElseGet(() -> data.resolve("blobs")),
                reader.count(ConfigKey.RETENTION_DAYS));
    }

    private static Limits limits(ConfigReader reader) {
        Map<Limit, Integer> configured = Arrays.stream(Limit.values())
                .collect(Collectors.toMap(limit -> limit, limit -> reader.count(ConfigKey.of(limit), limit.most())));
        return new Limits(configured);
    }

    private static String required(ConfigReader reader, ConfigKey key) {
        return reader.text(key)
                .orElseThrow(
                        () -> new ConfigException("Expected '%s' to be set, but it is empty".formatted(key.path())));
    }
}
