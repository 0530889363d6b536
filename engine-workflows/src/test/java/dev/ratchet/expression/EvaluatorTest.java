package dev.ratchet.expression;

import static dev.ratchet.expression.Json.json;
import static dev.ratchet.expression.Json.quoted;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EvaluatorTest {
    private final Evaluator evaluator = new Evaluator();
    private final Bindings bindings = Bindings.builder()
            .value(
                    Root.INPUT,
                    quoted("{'n': 7, 'd': 80.5, 's': 'text', 'no': null, 'list': [1, 2.5, 'x'], 'o': {'k': 'v'}}"))
            .value(Root.OUTPUT, quoted("{'score': 80.5}"))
            .completed("t0-1", quoted("{'score': 3}"))
            .task("bad", "failed", null, quoted("{'code': 'timeout'}"))
            .build();

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
                    input.n + 1                                  | 8
                    input.n / 2                                  | 3
                    input.d >= 80                                | true
                    80.5 >= 80                                   | true
                    input.n == 7.0                               | true
                    input.no == null                             | true
                    input.no                                     | null
                    input.list                                   | [1,2.5,"x"]
                    input.list[1]                                | 2.5
                    input.list.map(x, [x])                       | [[1],[2.5],["x"]]
                    size(input.list)                             | 3
                    'x' in input.list                            | true
                    'k' in input.o                               | true
                    has(input.o.k) && !has(input.o.z)            | true
                    input.s + '!'                                | "text!"
                    {'a': input.o, 'b': [1.0]}                   | {"a":{"k":"v"},"b":[1.0]}
                    {1: 'a', true: 'b'}                          | {"1":"a","true":"b"}
                    b'abc'                                       | "YWJj"
                    duration('90s')                              | "90s"
                    duration('1500ms')                           | "1.5s"
                    timestamp('2026-01-02T03:04:05Z')            | "2026-01-02T03:04:05Z"
                    tasks['t0-1'].output.score                   | 3
                    ctx['t0-1'].output == tasks['t0-1'].output   | true
                    tasks.bad.error.code                         | "timeout"
                    has(tasks.bad.output)                        | false
                    tasks.bad.state                              | "failed"
                    input.list.filter(item, item == 1)           | [1]
                    string(input.n) + input.s                    | "7text"
                    12u                                          | 12
                    input == input                               | true
                    input.o == {'k': 'v'}                        | true
                    """)
    void shouldEvaluate(String cel, String expected) {
        assertThat(evaluator.evaluate(cel, bindings)).isEqualTo(json(expected));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
                    input.n / 0                          | Expected a divisor other than zero, but it is zero
                    input.n % 0                          | Expected a divisor other than zero, but it is zero
                    1.0 / 0.0                            | Expected a finite number, but the calculation divides by zero or overflows
                    9223372036854775807 + input.n        | Expected a number within 64 bits, but the calculation overflows
                    input.missing                        | Expected the field 'missing' to be present, but it is missing
                    input.s.missing                      | Expected the field 'missing' to be present, but it is missing
                    input['missing']                     | Expected the field 'missing' to be present, but it is missing
                    input.s + input.n                    | Expected operands that '+' takes, but their types do not fit
                    input.list[9]                        | Expected an index within the list, but it is outside of it
                    int(input.s)                         | Expected a text that can be converted, but its format is another
                    tasks.bad.output                     | Expected the field 'tasks.bad.output' to be present, but it is missing
                    args                                 | Expected 'args' to have a value here, but it has none
                    {input.s: 1, 'text': 2}              | Expected the keys of a map to differ, but two are equal
                    type(input)                          | Expected a value that JSON can hold, but the result is of another kind
                    """)
    void shouldFailWithAClearText(String cel, String message) {
        assertThatThrownBy(() -> evaluator.evaluate(cel, bindings))
                .isInstanceOfSatisfying(
                        ExpressionException.class, e -> assertThat(e.code()).isEqualTo("execution_failed"))
                .hasMessage(message);
    }

    @Test
    void shouldWarmUp() {
        Expressions.warmUp();
        assertThat(Templates.resolve(json("\"${input.n} and ${input.o}\""), bindings)
                        .textValue())
                .isEqualTo("7 and {\"k\":\"v\"}");
    }

    @Test
    void shouldEvaluateOneProgramOnManyThreads() {
        List<Integer> results = IntStream.range(0, 2_000)
                .parallel()
                .mapToObj(n -> evaluator
                        .evaluate(
                                "[1, 2].map(i, i * input.n)[1] + input.n",
                                Bindings.builder()
                                        .value(Root.INPUT, quoted("{'n': " + n + "}"))
                                        .build())
                        .intValue())
                .toList();

        assertThat(results)
                .isEqualTo(IntStream.range(0, 2_000).mapToObj(n -> 3 * n).toList());
    }
}
