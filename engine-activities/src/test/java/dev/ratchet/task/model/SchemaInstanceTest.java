package dev.ratchet.task.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.ratchet.document.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SchemaInstanceTest {
    private static final SchemaRegistry SCHEMAS = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "true",
                "{\"type\": \"string\", \"minLength\": 30, \"maxLength\": 40}",
                "{\"type\": \"string\", \"maxLength\": 3}",
                "{\"type\": \"integer\", \"minimum\": 80, \"maximum\": 100}",
                "{\"type\": \"integer\", \"exclusiveMaximum\": 0}",
                "{\"type\": \"integer\", \"multipleOf\": 7, \"minimum\": 15}",
                "{\"type\": \"number\", \"exclusiveMinimum\": 0.5, \"maximum\": 0.75}",
                "{\"type\": [\"boolean\", \"null\"]}",
                "{\"type\": \"null\"}",
                "{\"enum\": [\"yes\", \"no\"]}",
                "{\"const\": {\"a\": [1]}}",
                "{\"type\": \"array\", \"items\": {\"type\": \"integer\"}, \"minItems\": 3}",
                "{\"type\": \"array\", \"items\": {\"type\": \"integer\"}, \"maxItems\": 0}",
                "{\"items\": {\"enum\": [1]}}",
                """
                {"type": "object", "required": ["name", "tags", "extra"], "properties": {
                   "name": {"type": "string"}, "score": {"type": "number", "minimum": 0, "maximum": 1},
                   "tags": {"type": "array", "items": {"type": "string"}}}}""",
                """
                {"$ref": "#/$defs/node", "$defs": {"node": {"type": "object", "required": ["id"],
                   "properties": {"id": {"type": "integer"}, "next": {"$ref": "#/$defs/node"}}}}}""",
                """
                {"allOf": [{"type": "object", "properties": {"a": {"type": "integer"}}, "required": ["a"]},
                           {"properties": {"b": {"type": "string"}}, "required": ["b"]}]}""",
                "{\"oneOf\": [{\"type\": \"integer\"}, {\"type\": \"string\"}]}"
            })
    void shouldMakeAValueThatSatisfiesItsSchema(String text) {
        JsonNode schema = Json.read(text, JsonNode.class);

        JsonNode value = SchemaInstance.of(schema);

        assertThat(SCHEMAS.getSchema(text, InputFormat.JSON).validate(value.toString(), InputFormat.JSON))
                .isEmpty();
        assertThat(SchemaInstance.of(schema)).isEqualTo(value);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{\"$ref\": \"#\"}", "{\"$ref\": \"#/a\", \"a\": {\"$ref\": \"#/a\"}}", "{\"$ref\": \"#/none\"}"
            })
    void shouldEndForSchemasThatLeadNowhere(String text) {
        assertThat(SchemaInstance.of(Json.read(text, JsonNode.class))).isNotNull();
    }

    @Test
    void shouldStaySmallAsAWhole() {
        JsonNode nested = SchemaInstance.of(Json.read("""
                {"type": "array", "minItems": 1000, "items": {"type": "array", "minItems": 1000,
                 "items": {"type": "array", "minItems": 1000, "items": {"type": "integer"}}}}""", JsonNode.class));

        assertThat(nested.toString().length()).isLessThan(200_000);
    }

    @Test
    void shouldEndForSchemasThatDoubleThemselves() {
        StringBuilder schema = new StringBuilder("{\"$ref\": \"#/$defs/d0\", \"$defs\": {");
        for (int level = 0; level < 15; level++) {
            schema.append("\"d%d\": {\"allOf\": [{\"$ref\": \"#/$defs/d%d\"}, {\"$ref\": \"#/$defs/d%d\"}]},"
                    .formatted(level, level + 1, level + 1));
        }
        schema.append("\"d15\": {\"type\": \"string\"}}}");

        assertThat(SchemaInstance.of(Json.read(schema.toString(), JsonNode.class)))
                .isNotNull();
    }
}
