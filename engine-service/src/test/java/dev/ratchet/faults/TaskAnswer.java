package dev.ratchet.faults;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ratchet.document.Json;
import java.util.List;

/** What two answers tell of one task. An output is shown in one and only referred to in another that shows many. */
final class TaskAnswer {
    private static final String CUT = "…";
    private static final List<String> OUTPUT = List.of("output", "output_ref", "preview");

    private TaskAnswer() {}

    static boolean areSame(JsonNode one, JsonNode other) {
        return one.equals(other)
                || (without(one).equals(without(other)) && (isShownAs(one, other) || isShownAs(other, one)));
    }

    private static ObjectNode without(JsonNode task) {
        return ((ObjectNode) task).deepCopy().remove(OUTPUT);
    }

    private static boolean isShownAs(JsonNode whole, JsonNode referred) {
        String text = Json.write(whole.path("output"));
        String preview = referred.path("preview").asText();
        boolean begins = preview.endsWith(CUT)
                ? text.startsWith(preview.substring(0, preview.length() - CUT.length()))
                : text.equals(preview);
        return whole.has("output") && referred.has("output_ref") && begins;
    }
}
