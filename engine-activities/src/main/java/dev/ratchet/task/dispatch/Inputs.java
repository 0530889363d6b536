package dev.ratchet.task.dispatch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ratchet.document.ErrorCode;
import dev.ratchet.run.Attempt;
import dev.ratchet.task.blob.BlobException;
import dev.ratchet.task.spi.TaskFailure;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Feeds the outputs of other tasks into a task's input (contract, part 3, "Inputs"). */
final class Inputs {
    private static final String COLLECT = "[]";

    private Inputs() {}

    /**
     * The input with what its live edges bring; it beats what was written there.
     *
     * @throws TaskFailure {@code routing_failed} when something cannot be fed
     */
    static JsonNode fed(JsonNode written, List<Attempt.Feed> feeds, Scene scene, String scope) throws TaskFailure {
        if (feeds.isEmpty()) {
            return written;
        }
        if (!(written instanceof ObjectNode object)) {
            throw failed("Expected an object as input, so that " + feeds.get(0).from() + " can feed its field "
                    + feeds.get(0).toInput() + ", but it is none");
        }
        ObjectNode input = JsonNodeFactory.instance.objectNode();
        input.setAll(object);
        Map<String, ArrayNode> lists = new HashMap<>();
        for (Attempt.Feed feed : feeds) {
            JsonNode value = valueOf(feed, scene, scope);
            if (collects(feed.toInput())) {
                lists.computeIfAbsent(plain(feed.toInput()), input::putArray).add(value);
            } else {
                input.set(feed.toInput(), value);
            }
        }
        return input;
    }

    private static JsonNode valueOf(Attempt.Feed feed, Scene scene, String scope) throws TaskFailure {
        Scene.Seen seen = scene.find(scope, feed.from());
        Supplier<JsonNode> source = seen == null ? null : seen.output();
        if (source == null) {
            throw failed("Expected an output of " + feed.from() + " for the input field " + feed.toInput()
                    + ", but it has none");
        }
        JsonNode output = load(feed, source);
        String port = feed.port();
        if (port == null) {
            return output;
        }
        JsonNode value = output.get(port);
        if (value == null) {
            throw failed("Expected the output of " + feed.from() + " to have the port " + port + ", but it has not");
        }
        return value;
    }

    private static JsonNode load(Attempt.Feed feed, Supplier<JsonNode> source) throws TaskFailure {
        try {
            return source.get();
        } catch (BlobException e) {
            String message = "Expected to read the output of " + feed.from() + ", but: " + e.text();
            throw switch (e.reason()) {
                case UNAVAILABLE -> TaskFailure.retryable(ErrorCode.ROUTING_FAILED, message);
                case DAMAGED -> TaskFailure.permanent(ErrorCode.STORAGE_DAMAGED, message);
                case NOT_FOUND, TOO_LARGE, UNREADABLE, UNWRITABLE -> failed(message);
            };
        }
    }

    private static TaskFailure failed(String message) {
        return TaskFailure.permanent(ErrorCode.ROUTING_FAILED, message);
    }

    private static boolean collects(String field) {
        return field.endsWith(COLLECT);
    }

    private static String plain(String field) {
        return field.substring(0, field.length() - COLLECT.length());
    }
}
