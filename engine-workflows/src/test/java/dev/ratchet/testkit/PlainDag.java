package dev.ratchet.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ratchet.document.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A graph that ran somewhere, reduced to ids, dependencies and run times, with the number of its tasks on each level. Real
 * ones are read from the folder that {@code RATCHET_GRAPHS} names (format {@code plain-dag-1}); elsewhere graphs of the same
 * level widths stand in.
 *
 * @param levels how many tasks are on each level, as measured by whoever collected the graph
 */
public record PlainDag(String name, List<Task> tasks, List<Integer> levels) {
    private static final String FOLDER = "RATCHET_GRAPHS";
    private static final Pattern ROW = Pattern.compile("\\| (\\S+) \\| \\d+ \\| \\d+ \\| \\d+ \\| ([0-9, ]+) \\|");

    public PlainDag {
        tasks = List.copyOf(tasks);
        levels = List.copyOf(levels);
    }

    /** One task of it. */
    public record Task(String id, List<String> deps, double runtimeSeconds) {
        public Task {
            deps = List.copyOf(deps);
        }
    }

    /** The real graphs, or look-alikes where there are none. Never empty. */
    public static List<PlainDag> all() {
        String folder = System.getenv(FOLDER);
        return folder == null || !Files.isDirectory(Path.of(folder)) ? lookAlikes() : real(Path.of(folder));
    }

    /** Graphs with the level widths of the real ones. */
    public static List<PlainDag> lookAlikes() {
        return List.of(
                lookAlike("like-1000genome", 66, 6, 84),
                lookAlike("like-blast", 1, 300, 2),
                lookAlike("like-cycles", 64, 128, 68, 6),
                lookAlike("like-epigenomics", 3, 109, 109, 109, 109, 3, 1, 1, 1),
                lookAlike("like-methylseq", 8, 4, 5, 8, 7, 3, 1),
                lookAlike("like-montage", 48, 198, 3, 3, 48, 3, 3, 4),
                lookAlike("like-soykb", 10, 10, 10, 10, 10, 10, 100, 11, 1, 2, 2),
                lookAlike("like-srasearch", 31, 30, 2, 1));
    }

    private static PlainDag lookAlike(String name, int... widths) {
        List<Task> tasks = new ArrayList<>();
        for (JsonNode task : Shapes.levels(widths).path("tasks")) {
            tasks.add(new Task(task.path("id").asText(), texts(task.path("deps")), 1));
        }
        return new PlainDag(name, tasks, java.util.Arrays.stream(widths).boxed().toList());
    }

    private static List<PlainDag> real(Path folder) {
        Map<String, List<Integer>> levels = levels(folder.resolve("README.md"));
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".json"))
                    .sorted()
                    .map(file -> read(file, levels))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static PlainDag read(Path file, Map<String, List<Integer>> levels) {
        String name = file.getFileName().toString().replace(".json", "");
        JsonNode json = Json.read(text(file), JsonNode.class);
        if (!json.path("format").asText().equals("plain-dag-1")) {
            throw new IllegalArgumentException("Expected format plain-dag-1, but " + file + " has another");
        }
        List<Task> tasks = new ArrayList<>();
        for (JsonNode task : json.path("tasks")) {
            tasks.add(new Task(
                    task.path("id").asText(),
                    texts(task.path("deps")),
                    task.path("runtime_s").asDouble()));
        }
        return new PlainDag(name, tasks, levels.getOrDefault(name, List.of()));
    }

    private static Map<String, List<Integer>> levels(Path table) {
        Map<String, List<Integer>> levels = new HashMap<>();
        Matcher rows = ROW.matcher(text(table));
        while (rows.find()) {
            levels.put(
                    rows.group(1),
                    Stream.of(rows.group(2).split(",", -1))
                            .map(width -> Integer.valueOf(width.strip()))
                            .toList());
        }
        return levels;
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(text -> texts.add(text.asText()));
        return texts;
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A run document of {@code noop} functions with this graph. */
    public ObjectNode document() {
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        ArrayNode array = document.putArray("tasks");
        for (Task task : tasks) {
            ObjectNode json = array.addObject()
                    .put("id", task.id())
                    .put("type", "function")
                    .put("function", "noop");
            ArrayNode deps = json.putArray("deps");
            task.deps().forEach(deps::add);
        }
        return document;
    }

    @Override
    public String toString() {
        return name;
    }
}
