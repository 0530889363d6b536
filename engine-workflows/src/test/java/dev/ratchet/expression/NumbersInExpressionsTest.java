package dev.ratchet.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.ratchet.document.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Numbers keep their digits while they pass through, and are exact or an error where something is done with them. */
class NumbersInExpressionsTest {
    private static final String INPUT = """
            {"big": 18446744073709551615, "other": 18446744073709551614, "long": 9223372036854775807, "n": 1,
             "price": 1.10, "fine": 0.1000000000000000055511151231257827, "huge": 1e300,
             "list": [18446744073709551615, 1.10], "same": [18446744073709551615, 1.10],
             "near": [18446744073709551614, 1.10]}""";

    private final Evaluator evaluator = new Evaluator();
    private final Bindings bindings = Bindings.builder()
            .value(Root.INPUT, Json.read(INPUT, JsonNode.class))
            .value(Root.OUTPUT, Json.read(INPUT, JsonNode.class))
            .build();

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
                    input.big                                        | 18446744073709551615
                    [input.big]                                      | [18446744073709551615]
                    {'a': input.big, 'b': input.price}               | {"a":18446744073709551615,"b":1.10}
                    [input.price, input.fine, input.huge]            | [1.10,0.1000000000000000055511151231257827,1E+300]
                    input.n == 1 ? input.big : input.n               | 18446744073709551615
                    dyn(input.big)                                   | 18446744073709551615
                    input.list.map(x, x)                             | [18446744073709551615,1.10]
                    input.list + [input.price]                       | [18446744073709551615,1.10,1.10]
                    input.list.filter(x, x != null)                  | [18446744073709551615,1.10]
                    input.price + 0.0                                | 1.1
                    input.price == 1.1                               | true
                    [input.price * 1.0]                              | [1.1]
                    input.list == input.same                         | true
                    input.list == input.near                         | false
                    input.big != null                                | true
                    input.long + 0                                   | 9223372036854775807
                    input.long == 9223372036854775806                | false
                    input.long > 9223372036854775806                 | true
                    has(input.big) && size(input.list) == 2          | true
                    """)
    void shouldKeepTheDigitsOfWhatPassesThrough(String cel, String expected) {
        assertThat(evaluator.evaluate(cel, bindings).toString()).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "input.big == input.other",
                "input.big != input.other",
                "input.big > input.n",
                "input.n < input.big",
                "input.big + 1",
                "-input.big",
                "input.big * input.big",
                "double(input.big)",
                "int(input.big)",
                "string(input.big)",
                "input.big in [1]",
                "input.list[0] == 1",
                "input.list.map(x, x + 1)",
                "input.list.exists(x, x == 1)",
                "input.big == 18446744073709551615u"
            })
    void shouldFailWhereAnIntegerBeyond64BitsIsCalculatedWith(String cel) {
        assertThatThrownBy(() -> evaluator.evaluate(cel, bindings))
                .isInstanceOfSatisfying(
                        ExpressionException.class, e -> assertThat(e.code()).isEqualTo("execution_failed"))
                .hasMessage("Expected a 64-bit integer, but there is a wider one, which only passes through");
    }

    @Test
    void shouldNotDecideByIntegersThatAreNoLongerExact() {
        Condition equal = new Condition.Cel("output.big == output.other");
        assertThatThrownBy(() -> new ConditionEvaluator().test(equal, bindings))
                .isInstanceOfSatisfying(
                        ExpressionException.class, e -> assertThat(e.code()).isEqualTo("condition_failed"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
                    $[?(@.big == 18446744073709551614)]  | false
                    $[?(@.big == 18446744073709551615)]  | true
                    $[?(@.big > 18446744073709551614)]   | true
                    $[?(@.price == 1.1)]                 | true
                    """)
    void shouldCompareExactlyInJsonPath(String path, boolean selects) {
        Bindings list = Bindings.ofOutput(Json.read("[" + INPUT + "]", JsonNode.class));
        assertThat(new ConditionEvaluator().test(new Condition.JsonPath(path), list))
                .isEqualTo(selects);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
                    {"properties": {"big": {"const": 18446744073709551614}}}    | false
                    {"properties": {"big": {"const": 18446744073709551615}}}    | true
                    {"properties": {"big": {"enum": [18446744073709551614]}}}   | false
                    {"properties": {"big": {"maximum": 18446744073709551614}}}  | false
                    {"properties": {"big": {"minimum": 18446744073709551615}}}  | true
                    {"properties": {"big": {"type": "integer"}}}                | true
                    {"properties": {"price": {"const": 1.1}}}                   | true
                    {"properties": {"price": {"multipleOf": 0.01}}}             | true
                    """)
    void shouldCompareExactlyInSchemas(String schema, boolean satisfied) {
        assertThat(new ConditionEvaluator().test(new Condition.Schema(Json.read(schema, JsonNode.class)), bindings))
                .isEqualTo(satisfied);
    }

    @Test
    void shouldWriteDigitsIntoTexts() {
        assertThat(Templates.resolve(TextNode.valueOf("${input.price} of ${input.big}"), bindings)
                        .textValue())
                .isEqualTo("1.10 of 18446744073709551615");
    }

    @Test
    void shouldMendHalvesOfCharactersThatAnExpressionSpells() {
        JsonNode half = Json.read("\"\\ud83d\"", JsonNode.class);
        Bindings broken = Bindings.builder().value(Root.INPUT, half).build();
        assertThat(evaluator.evaluate("[input + '!', {input: 1}]", broken).toString())
                .isEqualTo("[\"\uFFFD!\",{\"\uFFFD\":1}]");
    }
}
