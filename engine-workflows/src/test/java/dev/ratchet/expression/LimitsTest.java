package dev.ratchet.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What comes in to exhaust us: each is refused at compile time, or ends with an error within the second it may take. */
@Timeout(20)
class LimitsTest {
    private static final Names INPUT = Names.of(Root.INPUT);
    private static final int MB = 1024 * 1024;

    private final Evaluator evaluator = new Evaluator();
    private final Bindings bindings =
            Bindings.builder().value(Root.INPUT, large()).build();

    private static JsonNode large() {
        ObjectNode input = JsonNodeFactory.instance.objectNode();
        input.put("big", "a".repeat(4 * MB)).put("tooBig", "a".repeat(4 * MB + 1));
        input.put("half", "a".repeat(MB) + "b").put("bomb", "(a{1000}){1000}");
        input.put("slow", "(x|y|z|[a-m]{1,50}){1,15}$");
        input.put("hours", "1h".repeat(MB));
        numbers(input.putArray("hundred"), 100);
        numbers(input.putArray("thousand"), 1_000);
        numbers(input.putArray("many"), 400_000);
        input.set("deep", nested(64));
        return input;
    }

    private static void numbers(ArrayNode array, int count) {
        for (int i = 0; i < count; i++) {
            array.add(i);
        }
    }

    private static JsonNode nested(int levels) {
        JsonNode node = JsonNodeFactory.instance.numberNode(1);
        for (int i = 0; i < levels; i++) {
            node = JsonNodeFactory.instance.arrayNode().add(node);
        }
        return node;
    }

    static Stream<Arguments> refused() {
        String tooDeep = "Expected an expression at most 50 levels deep, but it is deeper";
        String tooLong = "Expected an expression of at most 4096 bytes, but it is longer";
        String loops = "Expected at most 2 of all, exists, exists_one, filter and map, but there are more";
        String maps = "Expected no all, exists, exists_one, filter or map over or inside of a map, but there is one";
        String pattern = "Expected a pattern of at most 5000 steps, but its repetitions and groups unroll to more";
        return Stream.of(
                Arguments.of("1" + " ".repeat(4096), tooLong),
                Arguments.of("'" + "\u00e9".repeat(2048) + "'", tooLong),
                Arguments.of("(".repeat(2000) + "1" + ")".repeat(2000), tooDeep),
                Arguments.of("[".repeat(2000) + "]".repeat(2000), tooDeep),
                Arguments.of("{1:".repeat(900) + "1" + "}".repeat(900), tooDeep),
                Arguments.of("1" + "+1".repeat(2000), tooDeep),
                Arguments.of("input" + ".a".repeat(2000), tooDeep),
                Arguments.of("input" + "['a']".repeat(700), tooDeep),
                Arguments.of("true" + "?true:true".repeat(400), tooDeep),
                Arguments.of("input.all(a, a) && input.all(b, b) && input.all(c, c)", loops),
                Arguments.of("input.all(a, a.all(b, b.all(c, c)))", loops),
                Arguments.of("input.map(x, x + x).map(x, x + x)", maps),
                Arguments.of("input.map(x, x.map(y, y))", maps),
                Arguments.of("input.map(x, x.all(y, y))", maps),
                Arguments.of("input.map(x, x > 1, x).filter(y, y)", maps),
                Arguments.of("input.x.matches('(a{1000}){1000}')", pattern),
                Arguments.of("input.x.matches('((((((a{9}){9}){9}){9}){9}){9})')", pattern),
                Arguments.of("matches(input.x, '(((a{0,100}){0,100}))*')", pattern),
                Arguments.of("input.x.matches('" + "(".repeat(400) + ")".repeat(400) + "')", pattern),
                Arguments.of(
                        "input.x.matches('" + "a".repeat(1001) + "')",
                        "Expected a pattern of at most 1000 characters, but it has 1001"));
    }

    @ParameterizedTest
    @MethodSource("refused")
    void shouldRefuseAtCompileTime(String cel, String message) {
        assertThatThrownBy(() -> Expressions.check(cel, INPUT))
                .isInstanceOfSatisfying(
                        ExpressionException.class, e -> assertThat(e.code()).isEqualTo("expression_invalid"))
                .hasMessage(message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
                    input.hundred.all(x, input.hundred.all(y, x + y >= 0)) | Expected at most 1000 iterations, but the expression needs more
                    input.many.exists(x, x < 0)                      | Expected at most 1000 iterations, but the expression needs more
                    input.thousand.exists(i, input.many.exists(j, false)) | Expected at most 1000 iterations, but the expression needs more
                    input.big.matches(input.bomb)                    | Expected a pattern of at most 5000 steps, but its repetitions and groups unroll to more
                    input.big.matches(input.slow)                    | Expected an evaluation within 1000 ms, but it was still running after that time
                    input.thousand.exists(i, -1 in input.many) | Expected an evaluation within 1000 ms, but it was still running after that time
                    input.big + input.big                            | Expected a result of at most 8388608 bytes, but it is larger
                    [0].exists(i, size(input.big+input.big+input.big+input.big+input.big) < i) | Expected an evaluation to build at most 33554432 characters, but it builds more
                    input.thousand.map(i, input.big + string(i))     | Expected an evaluation to build at most 33554432 characters, but it builds more
                    input.thousand.map(i, input.many + [i])          | Expected an evaluation to build at most 33554432 characters, but it builds more
                    input.thousand.map(i, input.big)                 | Expected a result of at most 8388608 bytes, but it is larger
                    size(input.tooBig)                               | Expected texts of at most 4194304 characters, but one has 4194305
                    duration(input.hours)                            | Expected a time or duration of at most 256 characters, but the text is longer
                    timestamp(input.big)                             | Expected a time or duration of at most 256 characters, but the text is longer
                    [input.deep]                                     | Expected a result at most 64 levels deep, but it is deeper
                    """)
    void shouldEndWithAnError(String cel, String message) {
        Expressions.check(cel, INPUT);

        assertThatThrownBy(() -> evaluator.evaluate(cel, bindings))
                .isInstanceOfSatisfying(
                        ExpressionException.class, e -> assertThat(e.code()).isEqualTo("execution_failed"))
                .hasMessage(message);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "input.thousand.all(x, x >= 0)",
                "size(input.hundred.filter(x, x > 50).map(x, x * 2)) == 49",
                "input.hundred.exists(x, input.hundred[x] == 99)",
                "!input.big.contains(input.half)",
                "input.half.contains('b')",
                "size(input.big) == 4194304",
                "input.half.matches('^a+b$')",
                "input.deep == input.deep",
                "size(input.many) == 400000",
            })
    void shouldAllowWhatFits(String cel) {
        assertThat(evaluator.evaluate(cel, bindings).booleanValue()).isTrue();
    }

    /** Unrolled, these would be seventy million steps. */
    @Test
    void shouldRefuseManyRepetitionsWithoutUnrollingThem() {
        assertThatThrownBy(() -> Patterns.compile("(a{999}){999}".repeat(70)))
                .isInstanceOfSatisfying(
                        ExpressionException.class, e -> assertThat(e.code()).isEqualTo("expression_invalid"))
                .hasMessageContaining("unroll to more");
    }
}
