package dev.ratchet.acceptance;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What became of a run and its tasks, in words that tests can be read by: times, usage and versions left out. */
final class Fates {
    private Fates() {}

    /** By task id in document order, last {@code run}: {@code skipped condition [a, b]}, {@code failed timeout}. */
    static Map<String, String> of(RunAnswer run) {
        Map<String, String> fates = ofTasks(run);
        JsonNode error = run.json().path("error");
        fates.put(
                "run",
                error.isMissingNode()
                        ? run.state()
                        : (run.state() + " " + error.path("code").asText() + " "
                                        + error.path("task").asText())
                                .strip());
        return fates;
    }

    /** Without the run's own: whose failure was the first depends on what happened to end first. */
    static Map<String, String> ofTasks(RunAnswer run) {
        Map<String, String> fates = new LinkedHashMap<>();
        run.json().path("tasks").properties().forEach(task -> fates.put(task.getKey(), fate(task.getValue())));
        return fates;
    }

    private static String fate(JsonNode task) {
        String state = task.path("state").asText();
        return switch (state) {
            case "skipped" -> state + " " + task.path("reason").asText() + " " + texts(task.path("blocked_by"));
            case "failed" -> state + " " + task.path("error").path("code").asText();
            default -> state;
        };
    }

    /** The same, written on a few lines: {@code a: completed, b: skipped condition [a]; …} with semicolons between. */
    static Map<String, String> written(String text) {
        Map<String, String> fates = new LinkedHashMap<>();
        for (String entry : text.split(";", -1)) {
            String[] parts = entry.split(":", 2);
            if (parts.length == 2) {
                fates.put(parts[0].strip(), parts[1].strip());
            }
        }
        return fates;
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(text -> texts.add(text.asText()));
        return texts;
    }
}
