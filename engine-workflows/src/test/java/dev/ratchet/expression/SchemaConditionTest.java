package dev.ratchet.expression;

import static dev.ratchet.expression.Json.quoted;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SchemaConditionTest {
    private static final JsonNode OUTPUT =
            quoted("{'score': 80, 'name': 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', 'l': [1, 2]}");

    private final ConditionEvaluator conditions = new ConditionEvaluator();

    private boolean test(JsonNode schema) {
        return conditions.test(new Condition.Schema(schema), Bindings.ofOutput(OUTPUT));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
                    {}                                                                        | true
                    false                                                                     | false
                    {'type': 'object', 'required': ['score']}                                 | true
                    {'required': ['nope']}                                                    | false
                    {'properties': {'score': {'minimum': 80}}}                                | true
                    {'properties': {'score': {'exclusiveMinimum': 80}}}                       | false
                    {'properties': {'score': {'type': 'integer'}}}                            | true
                    {'properties': {'name': {'pattern': '^a+$'}}}                             | true
                    {'properties': {'name': {'pattern': '(a+)+b'}}}                           | false
                    {'properties': {'l': {'items': {'$ref': '#/$defs/n'}}}, '$defs': {'n': {'type': 'string'}}} | false
                    {'$schema': 'http://json-schema.org/draft-07/schema#', 'type': 'object'}  | true
                    {'$id': 'http://example.com/x', '$ref': '#/$defs/o', '$defs': {'o': {'type': 'object'}}} | true
                    """)
    void shouldHoldWhenTheOutputSatisfiesIt(String schema, boolean holds) {
        assertThat(test(quoted(schema))).isEqualTo(holds);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
                    {'type': 'nonsense'}                       | Expected a JSON Schema, but a keyword in it has a wrong value
                    {'properties': 5}                          | Expected a JSON Schema, but a keyword in it has a wrong value
                    {'$ref': 'http://127.0.0.1:1/x'}           | Expected a JSON Schema without references to elsewhere, but it cannot be read
                    {'$ref': 'file:///etc/hostname'}           | Expected a JSON Schema without references to elsewhere, but it cannot be read
                    {'$ref': 'classpath:/draft/2020-12/schema'} | Expected a JSON Schema without references to elsewhere, but it cannot be read
                    {'$schema': 'http://127.0.0.1:1/meta'}     | Expected a JSON Schema without references to elsewhere, but it cannot be read
                    {'$ref': '#/$defs/nope'}                   | Expected a JSON Schema without references to elsewhere, but it cannot be read
                    {'pattern': '(a{1000}){1000}'}             | Expected a pattern of at most 5000 steps, but its repetitions and groups unroll to more
                    {'pattern': '(?=x)'}                       | Expected a pattern in RE2 syntax, but it is not one: invalid or unsupported Perl syntax
                    {'patternProperties': {'(': true}}         | Expected a pattern in RE2 syntax, but it is not one: missing closing )
                    """)
    void shouldRefuse(String schema, String message) {
        assertThatThrownBy(() -> new Condition.Schema(quoted(schema)).check(Names.of(Root.OUTPUT)))
                .isInstanceOfSatisfying(
                        ExpressionException.class, e -> assertThat(e.code()).isEqualTo("expression_invalid"))
                .hasMessage(message);
    }

    @Test
    void shouldRefuseALargeSchema() {
        JsonNode schema = JsonNodeFactory.instance.objectNode().put("title", "x".repeat(64 * 1024));

        assertThatThrownBy(() -> Schemas.compiled(schema))
                .hasMessage("Expected a schema of at most 65536 characters, but it is longer");
    }

    @Test
    @Timeout(20)
    void shouldEndWithAnErrorWhenReferencesMultiply() {
        ObjectNode schema = JsonNodeFactory.instance.objectNode();
        ObjectNode definitions = schema.put("$ref", "#/$defs/d0").putObject("$defs");
        for (int i = 0; i < 40; i++) {
            ArrayNode twice = definitions.putObject("d" + i).putArray("allOf");
            twice.addObject().put("$ref", "#/$defs/d" + (i + 1));
            twice.addObject().put("$ref", "#/$defs/d" + (i + 1));
        }
        definitions.putObject("d40").put("type", "object");

        assertThatThrownBy(() -> test(schema))
                .isInstanceOfSatisfying(
                        ExpressionException.class, e -> assertThat(e.code()).isEqualTo("condition_failed"))
                .hasMessage("Expected an evaluation within 1000 ms, but it was still running after that time");
    }

    @Test
    @Timeout(20)
    void shouldEndWithAnErrorWhenAPatternTakesTooLong() {
        JsonNode text = JsonNodeFactory.instance.textNode("a".repeat(4 * 1024 * 1024));
        Condition condition = new Condition.Schema(quoted("{'pattern': '(x|y|z|[a-m]{1,50}){1,15}$'}"));

        assertThatThrownBy(() -> conditions.test(condition, Bindings.ofOutput(text)))
                .hasMessage("Expected an evaluation within 1000 ms, but it was still running after that time");
    }

    @Test
    void shouldEndWithAnErrorWhenAReferenceLeadsToItself() {
        assertThatThrownBy(() -> test(quoted("{'$ref': '#'}")))
                .isInstanceOfSatisfying(
                        ExpressionException.class, e -> assertThat(e.code()).isEqualTo("condition_failed"))
                .hasMessage("Expected a schema that can be applied to the output, but it cannot");
    }

    @Test
    void shouldNotFollowChangesOfTheNodeItWasMadeFrom() {
        ObjectNode schema = (ObjectNode) quoted("{'required': ['score']}");
        Condition condition = new Condition.Schema(schema);

        schema.putArray("required").add("nope");

        assertThat(conditions.test(condition, Bindings.ofOutput(OUTPUT))).isTrue();
    }
}
