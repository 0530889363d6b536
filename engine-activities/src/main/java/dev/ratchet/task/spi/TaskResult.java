package dev.ratchet.task.spi;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ratchet.run.Decision;
import dev.ratchet.run.Usage;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an attempt returned.
 *
 * @param output its value; JSON null is a value
 * @param usage what it used; absent when nothing
 * @param simulated whether a simulated model answered
 */
public record TaskResult(JsonNode output, @Nullable Usage usage, boolean simulated, List<Decision> decisions) {
    public static TaskResult of(JsonNode output) {
        return new TaskResult(output, null, false, List.of());
    }
}
