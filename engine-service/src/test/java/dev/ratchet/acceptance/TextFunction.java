package dev.ratchet.acceptance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.ratchet.task.spi.TaskContext;
import dev.ratchet.task.spi.TaskFunction;

/** Makes an output of a wanted size: {@code {"score": 90, "text": …}} with {@code chars} characters of text. */
public final class TextFunction implements TaskFunction {
    @Override
    public String name() {
        return "test_text";
    }

    @Override
    public JsonNode call(TaskContext context) {
        int chars = context.input().path("chars").asInt();
        return JsonNodeFactory.instance
                .objectNode()
                .put("score", 90)
                .put("text", text(context.key().id(), chars));
    }

    /** The text of a task: one that begins with its id, and that nobody else has. */
    static String text(String id, int chars) {
        String line = id + " ";
        return line.repeat(chars / line.length() + 1).substring(0, chars);
    }
}
