package dev.ratchet.plan;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/**
 * A dependency of the node that holds it. Its JSON is the source's id alone where there is no more to say: most edges are
 * of that kind, and plans hold many.
 *
 * @param from id of the source, a node of the same scope
 * @param port the field of the source's output that this edge carries; absent for the whole output
 * @param toInput the input field that this edge feeds, {@code name} or {@code name[]}; absent when it only orders
 * @param portQuestion index into the source's questions, -1 without a port
 * @param conditionQuestion index into the source's questions, -1 when there is no condition that the output alone
 *     answers
 * @param lateCondition index into the holder's late questions, -1 when there is none: conditions that read other tasks
 *     are answered when everything upstream of the holder is settled
 */
public record Edge(
        String from,
        @Nullable String port,
        @Nullable String toInput,
        int portQuestion,
        int conditionQuestion,
        int lateCondition) {
    /** An edge that only orders. */
    public static Edge plain(String from) {
        return new Edge(from, null, null, -1, -1, -1);
    }

    /** The same edge, with its questions elsewhere. */
    Edge asking(int port, int condition, int late) {
        return new Edge(from, this.port, toInput, port, condition, late);
    }

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static Edge read(JsonNode json) {
        if (json.isTextual()) {
            return plain(json.textValue());
        }
        return new Edge(
                json.path("from").asText(),
                text(json.get("port")),
                text(json.get("toInput")),
                json.path("portQuestion").asInt(-1),
                json.path("conditionQuestion").asInt(-1),
                json.path("lateCondition").asInt(-1));
    }

    private static @Nullable String text(@Nullable JsonNode json) {
        return json == null ? null : json.textValue();
    }

    @JsonValue
    JsonNode json() {
        if (equals(plain(from))) {
            return JsonNodeFactory.instance.textNode(from);
        }
        ObjectNode json = JsonNodeFactory.instance.objectNode().put("from", from);
        if (port != null) {
            json.put("port", port);
        }
        if (toInput != null) {
            json.put("toInput", toInput);
        }
        put(json, "portQuestion", portQuestion);
        put(json, "conditionQuestion", conditionQuestion);
        put(json, "lateCondition", lateCondition);
        return json;
    }

    private static void put(ObjectNode json, String name, int index) {
        if (index >= 0) {
            json.put(name, index);
        }
    }
}
