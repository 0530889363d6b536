package dev.ratchet.acceptance;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collection;
import java.util.List;

/** Writes run documents. */
final class Doc {
    private static final JsonMapper RELAXED = JsonMapper.builder()
            .enable(JsonReadFeature.ALLOW_SINGLE_QUOTES, JsonReadFeature.ALLOW_UNQUOTED_FIELD_NAMES)
            .build();

    private final ObjectNode json = JsonNodeFactory.instance.objectNode();
    private final ObjectNode policy = json.putObject("policy");
    private final ArrayNode tasks = json.putArray("tasks");

    /** Reads JSON that may have single quotes and bare names, as is easier to read in Java. */
    static ObjectNode of(String text) {
        try {
            return (ObjectNode) RELAXED.readTree(text);
        } catch (JsonProcessingException wrong) {
            throw new IllegalArgumentException(wrong);
        }
    }

    /** A document of these tasks, in the same notation. */
    static ObjectNode tasks(String policy, String... tasks) {
        return of("{policy: {%s}, tasks: [%s]}".formatted(policy, String.join(", ", tasks)));
    }

    Doc policy(String name, Object value) {
        policy.putPOJO(name, value);
        return this;
    }

    Doc function(String id, String function, JsonNode input, Collection<String> deps) {
        task(id, deps).put("type", "function").put("function", function).set("input", input);
        return this;
    }

    Doc function(String id, String function, JsonNode input, String... deps) {
        return function(id, function, input, List.of(deps));
    }

    /** A task that is still to be told what it is. */
    ObjectNode task(String id, Collection<String> deps) {
        ObjectNode task = tasks.addObject().put("id", id);
        if (!deps.isEmpty()) {
            ArrayNode array = task.putArray("deps");
            deps.forEach(array::add);
        }
        return task;
    }

    ObjectNode json() {
        return json;
    }
}
