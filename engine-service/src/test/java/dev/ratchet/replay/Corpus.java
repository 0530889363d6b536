package dev.ratchet.replay;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.ratchet.document.Json;
import dev.ratchet.plan.Plan;
import dev.ratchet.workflow.PlanSource;
import io.temporal.common.WorkflowExecutionHistory;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/** The recorded histories: a folder for each engine version, a file for each execution, and the blobs that some name. */
final class Corpus {
    static final Path FOLDER = Path.of("src", "test", "resources", "histories");

    /** What tells of the machine that recorded, and is nobody's business. */
    private static final Map<String, String> SCRUBBED = Map.of("identity", "worker", "inheritedBuildId", "");

    private static final String BLOBS = "blobs";
    private static final String STICKY = "TASK_QUEUE_KIND_STICKY";

    private Corpus() {}

    /** All executions of all versions. */
    static List<Path> all() {
        try (Stream<Path> files = Files.walk(FOLDER)) {
            return files.filter(file -> file.getFileName().toString().endsWith(".json.gz"))
                    .filter(file -> !file.getParent().endsWith(BLOBS))
                    .sorted()
                    .toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    static WorkflowExecutionHistory read(Path file) {
        return WorkflowExecutionHistory.fromJson(text(file));
    }

    /** The executions of one shape, in order. */
    static List<Path> of(String shape) {
        return all().stream()
                .filter(file -> file.getFileName().toString().matches(shape + "(\\.[0-9]+)?\\.json\\.gz"))
                .toList();
    }

    /** What a history holds, payloads decoded: to be searched. */
    static String readable(Path file) {
        StringBuilder text = new StringBuilder();
        collect(Json.read(text(file), JsonNode.class), text);
        return text.toString();
    }

    private static void collect(JsonNode node, StringBuilder text) {
        node.properties().forEach(each -> {
            if (each.getKey().equals("data") && each.getValue().isTextual()) {
                text.append(new String(
                                Base64.getDecoder().decode(each.getValue().textValue()), StandardCharsets.UTF_8))
                        .append('\n');
            } else {
                text.append(each.getKey()).append(' ');
                collect(each.getValue(), text);
            }
        });
        if (node.isArray()) {
            node.forEach(each -> collect(each, text));
        } else if (node.isValueNode()) {
            text.append(node.asText()).append('\n');
        }
    }

    /** Where a value is kept that executions of a version read from the blob store. */
    static Path blob(Path version, String ref) {
        return version.resolve(BLOBS).resolve(ref + ".json.gz");
    }

    /** What workers would read from the blob store. */
    static PlanSource blobs(Path version) {
        return new PlanSource() {
            @Override
            public Plan byHash(String hash) {
                return Json.read(text(blob(version, hash)), Plan.class);
            }

            @Override
            public JsonNode carried(String ref) {
                return Json.read(text(blob(version, ref)), JsonNode.class);
            }
        };
    }

    static void write(Path file, WorkflowExecutionHistory history) {
        JsonNode json = Json.read(history.toJson(false), JsonNode.class);
        scrub(json);
        write(file, json.toString());
    }

    /** Takes a version away, to be recorded anew. */
    static void clear(Path version) throws IOException {
        if (Files.exists(version)) {
            try (Stream<Path> files = Files.walk(version)) {
                files.sorted(Comparator.reverseOrder())
                        .forEach(file -> file.toFile().delete());
            }
        }
    }

    static void write(Path file, String json) {
        try {
            Files.createDirectories(file.getParent());
            try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
                out.write(json.getBytes(StandardCharsets.UTF_8));
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static void scrub(JsonNode node) {
        if (node instanceof ObjectNode object) {
            SCRUBBED.forEach((field, value) -> {
                if (object.path(field).isTextual()) {
                    object.put(field, value);
                }
            });
            if (object.path("kind").asText().equals(STICKY)) {
                object.set("name", TextNode.valueOf("sticky"));
            }
        }
        node.forEach(Corpus::scrub);
    }

    private static String text(Path file) {
        try (InputStream in = new GZIPInputStream(Files.newInputStream(file))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
