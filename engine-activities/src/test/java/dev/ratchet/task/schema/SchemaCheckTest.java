package dev.ratchet.task.schema;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ratchet.document.Json;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class SchemaCheckTest {
    @Test
    void shouldSayWhatIsWrongFirst() {
        JsonNode schema = Json.read("{\"type\": \"object\", \"required\": [\"a\"]}", JsonNode.class);

        assertThat(SchemaCheck.complaint(schema, Json.read("{\"a\": 1}", JsonNode.class)))
                .isNull();
        assertThat(SchemaCheck.complaint(schema, Json.read("{}", JsonNode.class)))
                .contains("required");
    }

    @Test
    @Timeout(60)
    void shouldGiveUpASchemaOfAFewLinesThatBranchesForEver() {
        ObjectNode definitions = Json.mapper().createObjectNode();
        for (int level = 0; level < 30; level++) {
            ArrayNode both = definitions.putObject("d" + level).putArray("anyOf");
            both.addObject().put("$ref", "#/$defs/d" + (level + 1));
            both.addObject().put("$ref", "#/$defs/d" + (level + 1));
        }
        definitions.putObject("d30").put("type", "string");
        ObjectNode schema = Json.mapper().createObjectNode().put("$ref", "#/$defs/d0");
        schema.set("$defs", definitions);

        assertThat(SchemaCheck.complaint(schema, IntNode.valueOf(1)))
                .isEqualTo("the schema takes too many steps to be applied to it");
    }

    @Test
    void shouldCheckLargeValuesToTheirEnd() {
        ArrayNode value = Json.mapper().createArrayNode();
        for (int i = 0; i < 100_000; i++) {
            value.addObject().put("n", i).put("s", "x");
        }
        JsonNode schema = Json.read("""
                {"type": "array", "items": {"type": "object", "required": ["n", "s"], "properties": {
                    "n": {"type": "integer", "minimum": 0}, "s": {"type": "string", "maxLength": 3}}}}""", JsonNode.class);

        assertThat(SchemaCheck.complaint(schema, value)).isNull();

        value.addObject().put("n", -1).put("s", "x");
        assertThat(SchemaCheck.complaint(schema, value)).contains("/100000/n");
    }

    @Test
    void shouldStopWithTheAttempt() throws InterruptedException {
        Thread stopped = Thread.ofVirtual().unstarted(() -> {
            Thread.currentThread().interrupt();
            SchemaCheck.complaint(Json.read("{\"type\": \"string\"}", JsonNode.class), IntNode.valueOf(1));
            throw new AssertionError("Expected to be stopped");
        });
        String[] thrown = new String[1];
        stopped.setUncaughtExceptionHandler((thread, failure) -> thrown[0] = failure.getMessage());
        stopped.start();

        assertThat(stopped.join(Duration.ofSeconds(30))).isTrue();
        assertThat(thrown[0]).isEqualTo("Expected time to check a schema, but the attempt was stopped");
    }
}
