package dev.ratchet.expression;

import static dev.ratchet.expression.Json.json;
import static dev.ratchet.expression.Json.quoted;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TemplatesTest {
    private final Bindings bindings = Bindings.builder()
            .value(
                    Root.INPUT,
                    quoted("{'s': 'text', 'n': 7, 'd': 1.0, 'no': null, 'l': [1, 'x'], 'evil': '${secrets.X} ${'}"))
            .build();

    private JsonNode resolve(String template) {
        return Templates.resolve(TextNode.valueOf(template), bindings);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
                    plain                          | "plain"
                    ${input.n}                     | 7
                    ${ input.n + 1 }               | 8
                    ${input.no}                    | null
                    ${input.l}                     | [1,"x"]
                    ${ {'a': 1}.a }                | 1
                    ${ {'a': {'b': 2}} }           | {"a":{"b":2}}
                    ${ "}" }                       | "}"
                    ${ '{' + "{" }                 | "{{"
                    ${ r'\\d}' }                   | "\\\\d}"
                    ${ '\\'}' }                    | "'}"
                    ${ \"""a"}\""" }               | "a\\"}"
                    ${ '''}''' }                   | "}"
                    ${input.s}!                    | "text!"
                    <${input.n}>                   | "<7>"
                    ${input.s}${input.n}           | "text7"
                    ${input.d}/${input.no}         | "1.0/null"
                    l=${input.l}                   | "l=[1,\\"x\\"]"
                    $${input.n}                    | "${input.n}"
                    $$${input.n}                   | "$${input.n}"
                    a $${b} ${input.n} $5 $        | "a ${b} 7 $5 $"
                    $ {input.n}                    | "$ {input.n}"
                    }${input.n}{                   | "}7{"
                    ${input.evil}                  | "${secrets.X} ${"
                    x${input.evil}                 | "x${secrets.X} ${"
                    """)
    void shouldResolve(String template, String expected) {
        assertThat(resolve(template)).isEqualTo(json(expected));
    }

    @Test
    void shouldKeepSpaceAroundAsText() {
        assertThat(resolve(" ${input.n}")).isEqualTo(TextNode.valueOf(" 7"));
        assertThat(resolve("${\n  input.n // a comment }\n}")).isEqualTo(json("7"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"${", "a ${input.n", "${ {'a': 1}.a ", "${ '} ", "${ \"}\" ", "x ${ // }"})
    void shouldRefuseWhatIsNotClosed(String template) {
        assertThatThrownBy(() -> Template.parse(template))
                .isInstanceOfSatisfying(
                        ExpressionException.class, e -> assertThat(e.code()).isEqualTo("expression_invalid"))
                .hasMessage("Expected '}' after '${', but the text ends; write '$${' for a literal '${'");
    }

    @Test
    void shouldSayWhatATemplateIs() {
        assertThat(Template.parse("a $${b}").isLiteral()).isTrue();
        assertThat(Template.parse("").isLiteral()).isTrue();
        assertThat(Template.parse("${a}").isWhole()).isTrue();
        assertThat(Template.parse("${a}${b} c").isWhole()).isFalse();
        assertThat(Template.parse("${a}${ b } c").expressions()).containsExactly("a", "b");
    }

    @Test
    void shouldResolveStringsAnywhereInATreeAndNothingElse() {
        JsonNode tree =
                quoted("{'a': ['${input.n}', {'b': 'n is ${input.n}'}], '${input.n}': 1, 'c': [1, null, true]}");

        JsonNode resolved = Templates.resolve(tree, bindings);

        assertThat(resolved).isEqualTo(quoted("{'a': [7, {'b': 'n is 7'}], '${input.n}': 1, 'c': [1, null, true]}"));
        assertThat(resolved.get("c")).isSameAs(tree.get("c"));
    }

    @Test
    void shouldReportEachProblemWhereItIsAndWhatTheRestReads() {
        List<String> problems = new ArrayList<>();
        JsonNode tree =
                quoted("{'a': 'x ${foo}', 'b/c': ['ok', '${', '${secrets.X}'], 'd': '${input.n} ${tasks.t.output}'}");

        Reads reads = Templates.check(
                tree,
                JsonPointer.compile("/tasks/3"),
                Names.of(Root.INPUT).withTasks("t"::equals),
                (pointer, message) -> problems.add(pointer + " " + message));

        assertThat(problems)
                .containsExactly(
                        "/tasks/3/a Expected a known name such as input, output or tasks, but found 'foo'",
                        "/tasks/3/b~1c/1 Expected '}' after '${', but the text ends; write '$${' for a literal '${'",
                        "/tasks/3/b~1c/2 Expected one of the names input, tasks, but 'secrets' is not available in this field");
        assertThat(reads.roots()).containsExactly(Root.INPUT, Root.TASKS);
        assertThat(reads.outputs()).containsExactly("t");
    }

    @Test
    void shouldFailWithTheExpressionThatFails() {
        assertThatThrownBy(() -> resolve("a ${input.zz} b"))
                .isInstanceOfSatisfying(
                        ExpressionException.class, e -> assertThat(e.code()).isEqualTo("execution_failed"))
                .hasMessage("Expected the field 'zz' to be present, but it is missing");
    }

    @Test
    void shouldBoundWhatAllValuesTakeTogether() {
        Bindings big = Bindings.builder()
                .value(Root.INPUT, TextNode.valueOf("a".repeat(4 * 1024 * 1024)))
                .build();
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        for (int i = 0; i < 1_000; i++) {
            list.add("${input}");
        }
        String message = "Expected values of at most 8388608 bytes together, but they take more";

        assertThatThrownBy(() -> Templates.resolve(TextNode.valueOf("${input}".repeat(1_000)), big))
                .hasMessage(message);
        assertThatThrownBy(() -> Templates.resolve(list, big)).hasMessage(message);
        assertThat(Templates.resolve(TextNode.valueOf("${input}!"), big).textValue())
                .hasSize(4 * 1024 * 1024 + 1);
    }

    @Test
    void shouldBoundTheDepthOfTreesAndOfValuesInThem() {
        JsonNode deep = nested(JsonNodeFactory.instance.numberNode(1), 40);
        Bindings values = Bindings.builder().value(Root.INPUT, deep).build();
        List<String> problems = new ArrayList<>();

        assertThat(Templates.resolve(nested(TextNode.valueOf("${input}"), 24), values))
                .isNotNull();
        assertThatThrownBy(() -> Templates.resolve(nested(TextNode.valueOf("${input}"), 25), values))
                .hasMessage("Expected values at most 64 levels deep where they stand, but one is deeper");
        assertThatThrownBy(() -> Templates.resolve(nested(deep, 25), values))
                .hasMessage("Expected at most 64 levels, but there are more");
        Templates.check(nested(deep, 25), JsonPointer.empty(), Names.of(), (at, message) -> problems.add(message));
        assertThat(problems).containsExactly("Expected at most 64 levels, but there are more");
    }

    private static JsonNode nested(JsonNode inner, int levels) {
        JsonNode node = inner;
        for (int i = 0; i < levels; i++) {
            node = JsonNodeFactory.instance.arrayNode().add(node);
        }
        return node;
    }

    /** Whatever goes in comes out, by the plain path and through CEL, whole or as a part. */
    @RepeatedTest(200)
    void shouldRoundTripAnyJson(RepetitionInfo repetition) {
        JsonNode value = new RandomJson(repetition.getCurrentRepetition()).value(5);
        Bindings input = Bindings.builder().value(Root.INPUT, value).build();

        assertThat(Templates.resolve(TextNode.valueOf("${input}"), input)).isEqualTo(value);
        assertThat(Templates.resolve(quoted("{'a': ['${input}']}"), input).at("/a/0"))
                .isEqualTo(value);
        if (value.isContainerNode()) {
            assertThat(Templates.resolve(TextNode.valueOf("${[input][0]}"), input))
                    .isEqualTo(value);
            assertThat(Templates.resolve(TextNode.valueOf("${input == input}"), input)
                            .booleanValue())
                    .isTrue();
        }
        if (!value.isTextual()) {
            assertThat(Templates.resolve(TextNode.valueOf("${input} "), input).textValue())
                    .isEqualTo(value + " ");
        }
    }
}
