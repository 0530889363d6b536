package dev.ratchet.task;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ratchet.document.Json;
import dev.ratchet.document.Problem;
import dev.ratchet.task.spi.TaskExecutor;
import java.util.ArrayList;
import java.util.List;

/** What a type's inspector said of a task's own fields. */
public record Inspected(boolean quick, List<Problem> problems) {
    public static Inspected of(TaskExecutor executor, String config) {
        return of(executor, Json.read(config.replace('\'', '"'), JsonNode.class));
    }

    public static Inspected of(TaskExecutor executor, JsonNode config) {
        List<Problem> problems = new ArrayList<>();
        boolean quick = executor.inspector()
                .inspect(config, (pointer, code, message) -> problems.add(new Problem(pointer, code.wire(), message)));
        return new Inspected(quick, List.copyOf(problems));
    }
}
