package dev.ratchet.service.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ratchet.document.Json;
import dev.ratchet.service.config.Environment;
import dev.ratchet.service.config.RatchetConfig;
import dev.ratchet.service.embedded.DataFolder;
import dev.ratchet.service.embedded.EngineInfo;
import dev.ratchet.service.embedded.Ports;
import dev.ratchet.service.embedded.TemporalCli;
import dev.ratchet.service.embedded.TemporalSupply;
import dev.ratchet.service.embedded.TemporalUnavailableException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** The doctor's examinations. None changes anything on the host but for one empty file that is removed at once. */
final class Doctor {
    private static final int OLDEST_JAVA = 21;
    private static final long LITTLE_DISK = 1L << 30;
    /** As long as somebody waits for an answer without being told to. */
    static final Duration QUICK = Duration.ofSeconds(20);

    private static final Duration CLOCKS_APART = Duration.ofSeconds(5);
    private static final Instant CERTAINLY_PAST = Instant.parse("2026-01-01T00:00:00Z");
    private static final List<String> KEYS =
            List.of("ANTHROPIC_API_KEY", "OPENAI_API_KEY", "GEMINI_API_KEY", "GOOGLE_API_KEY", "OLLAMA_HOST");

    private final RatchetConfig config;
    private final Environment environment;
    private final Duration patience;
    private final LongConsumer progress;

    Doctor(RatchetConfig config, Environment environment) {
        this(config, environment, QUICK, read -> {});
    }

    /**
     * @param patience how long stored values may be looked at
     * @param progress is told how many were
     */
    Doctor(RatchetConfig config, Environment environment, Duration patience, LongConsumer progress) {
        this.config = config;
        this.environment = environment;
        this.patience = patience;
        this.progress = progress;
    }

    /** @param document whose task queues are looked at too; absent for none */
    List<Finding> examine(@Nullable Path document) {
        Path data = config.storage().data();
        Optional<EngineInfo> engine = DataFolder.holder(data);
        List<Finding> findings = new ArrayList<>();
        findings.add(java());
        findings.add(temporal());
        findings.add(dataFolder(data, engine));
        findings.add(port("API port", config.api().port(), "--port or RATCHET_PORT", engine));
        findings.add(port("admin port", config.api().adminPort(), "RATCHET_ADMIN_PORT", engine));
        findings.add(disk(data));
        findings.add(StoredValues.examine(config.storage().blobs(), patience, progress));
        findings.add(keys());
        findings.add(clock(existing(data)));
        if (document != null) {
            findings.addAll(queues(document, engine.map(EngineInfo::api).orElse(null)));
        }
        return findings;
    }

    /** Only an engine knows who looks at task queues. */
    private static List<Finding> queues(Path document, @Nullable String api) {
        if (api == null) {
            return List.of(
                    Finding.note("task queues", "no engine runs that could tell", "start one with ./ratchet up"));
        }
        byte[] body = Json.write(RunFile.parse(document)).getBytes(StandardCharsets.UTF_8);
        List<Finding> findings = new ArrayList<>();
        for (JsonNode warning :
                new EngineClient(api).post("/validate", body, Map.of()).path("warnings")) {
            if (warning.path("pointer").asText().endsWith("/task_queue")) {
                findings.add(Finding.problem(
                        "task queues",
                        warning.path("message").asText(),
                        "start a worker there, or correct "
                                + warning.path("pointer").asText()));
            }
        }
        return findings.isEmpty() ? List.of(Finding.ok("task queues", "a worker at each that is named")) : findings;
    }

    private static Finding java() {
        String state = "%s (%s) in %s"
                .formatted(
                        System.getProperty("java.version"),
                        System.getProperty("java.vendor"),
                        System.getProperty("java.home"));
        return Runtime.version().feature() >= OLDEST_JAVA
                ? Finding.ok("JDK", state)
                : Finding.problem("JDK", state, "install JDK %d or newer, or set RATCHET_JAVA".formatted(OLDEST_JAVA));
    }

    private Finding temporal() {
        Optional<String> remote = config.temporal().address();
        String addition =
                remote.map(address -> "; server and worker use " + address).orElse("");
        try {
            Optional<TemporalCli> cli = TemporalCli.find(environment);
            if (cli.isPresent()) {
                TemporalCli found = cli.get();
                return Finding.ok(
                        "Temporal",
                        "CLI with server %s, %s (%s)%s"
                                .formatted(found.version(), found.binary(), found.source(), addition));
            }
        } catch (TemporalUnavailableException named) {
            return Finding.problem("Temporal", String.valueOf(named.getMessage()), "correct or unset TEMPORAL_CLI");
        }
        return TemporalSupply.outlook(environment)
                .map(way -> Finding.note(
                        "Temporal", "no CLI here yet" + addition, "nothing: the first 'up' gets it " + way))
                .orElseGet(() -> Finding.problem(
                        "Temporal",
                        "no CLI here, and neither its download nor Go to build it" + addition,
                        "install https://docs.temporal.io/cli or set TEMPORAL_CLI; until then 'up' keeps nothing"));
    }

    private static Finding dataFolder(Path data, Optional<EngineInfo> engine) {
        if (engine.isPresent()) {
            EngineInfo holder = engine.get();
            return Finding.ok(
                    "data folder",
                    "%s, held by the engine with pid %d%s"
                            .formatted(data, holder.pid(), holder.api() == null ? "" : " at " + holder.api()));
        }
        return Files.isWritable(existing(data))
                ? Finding.ok("data folder", data + (Files.exists(data) ? ", free" : ", made by the first 'up'"))
                : Finding.problem(
                        "data folder", data + " cannot be written", "name another one with --data or RATCHET_DATA");
    }

    private static Finding port(String subject, int port, String setting, Optional<EngineInfo> engine) {
        if (Ports.free(port)) {
            return Finding.ok(subject, port + ", free");
        }
        return engine.isPresent()
                ? Finding.ok(subject, port + ", in use while an engine runs")
                : Finding.problem(subject, port + ", taken by another program", "choose another with " + setting);
    }

    private static Finding disk(Path data) {
        try {
            FileStore store = Files.getFileStore(existing(data));
            String state = "%.1f GB free for %s".formatted(store.getUsableSpace() / 1e9, data);
            return store.getUsableSpace() >= LITTLE_DISK
                    ? Finding.ok("disk", state)
                    : Finding.problem("disk", state, "free at least 1 GB, or name a data folder on another disk");
        } catch (IOException unknown) {
            return Finding.problem("disk", "cannot be read: " + unknown, "name another data folder with --data");
        }
    }

    private Finding keys() {
        List<String> words = KEYS.stream()
                .map(key -> key + (environment.get(key).isPresent() ? " configured" : " not configured"))
                .toList();
        String state = String.join(", ", words);
        return KEYS.stream().anyMatch(key -> environment.get(key).isPresent())
                ? Finding.ok("model keys", state)
                : Finding.note("model keys", state, "nothing for a first run: models are simulated until a key is set");
    }

    /** Another clock is only to be had on a network; the file system's is at hand and shows a container's drift. */
    private static Finding clock(Path folder) {
        Instant now = Instant.now();
        if (now.isBefore(CERTAINLY_PAST)) {
            return Finding.problem("clock", now + " is in the past", "set the clock: timers and deadlines go by it");
        }
        try {
            Path probe = Files.createTempFile(folder, ".ratchet-clock", null);
            Instant stamped = Files.getLastModifiedTime(probe).toInstant();
            Files.delete(probe);
            Duration apart = Duration.between(now, stamped).abs();
            return apart.compareTo(CLOCKS_APART) <= 0
                    ? Finding.ok("clock", now.toString())
                    : Finding.problem("clock", "%s, but the disk says %s".formatted(now, stamped), "set one of them");
        } catch (IOException readOnly) {
            return Finding.ok("clock", now.toString());
        }
    }

    private static Path existing(Path folder) {
        Path path = folder.toAbsolutePath();
        while (!Files.exists(path) && path.getParent() != null) {
            path = path.getParent();
        }
        return path;
    }
}
