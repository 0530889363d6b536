package dev.ratchet.workflow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.util.RawValue;
import dev.ratchet.document.Json;

/** JSON that is kept only to be written again. */
final class Packed {
    private Packed() {}

    /** Written as the tree would be; it has no members to read. */
    static JsonNode json(JsonNode tree) {
        return JsonNodeFactory.instance.rawValueNode(new RawValue(Json.write(tree)));
    }
}
