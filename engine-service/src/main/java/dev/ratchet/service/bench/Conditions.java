package dev.ratchet.service.bench;

import dev.ratchet.service.server.Engine;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a reader must know to compare figures: machine, versions, settings. */
final class Conditions {
    private Conditions() {}

    static Map<String, String> of(Engine engine) {
        Map<String, String> conditions = new LinkedHashMap<>();
        conditions.put(
                "machine",
                Runtime.getRuntime().availableProcessors() + " cores, " + memory() + ", "
                        + System.getProperty("os.name") + " " + System.getProperty("os.arch"));
        conditions.put("java", Runtime.version() + " " + options());
        conditions.put("temporal sdk", io.temporal.serviceclient.Version.LIBRARY_VERSION);
        conditions.put(
                "temporal server",
                engine.temporal()
                        .map(server -> server.durable() ? "dev server on a file, tuned" : "in memory")
                        .orElse("none"));
        conditions.put("plain SDK", "one activity for each task, SDK defaults, same server");
        conditions.put("Ratchet", "POST over HTTP, end awaited over HTTP, defaults, max_parallelism 500");
        return conditions;
    }

    /** The options of this JVM, which both sides share. */
    private static String options() {
        return String.join(
                " ",
                ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                        .filter(option -> option.startsWith("-X"))
                        .toList());
    }

    private static String memory() {
        try {
            return Files.readAllLines(Path.of("/proc/meminfo")).getFirst().replaceAll("\\s+", " ");
        } catch (IOException e) {
            return "memory unknown";
        }
    }
}
