package dev.ratchet.expression;

import static dev.ratchet.expression.Json.json;
import static dev.ratchet.expression.Json.quoted;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlainPathTest {
    private final Evaluator evaluator = new Evaluator();
    private final Bindings bindings = Bindings.builder()
            .value(Root.INPUT, quoted("{'a': {'b': [10, {'c': null}]}, 'in': 1, 'x y': 2, 's': 't', '0': 3}"))
            .completed("t0-1", quoted("{'ok': true}"))
            .task("f", "failed", null, quoted("{'code': 'timeout'}"))
            .build();

    /** Parentheses send the same expression through CEL. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "input",
                "input.a",
                "input.a.b[0]",
                "input['a'].b[1].c",
                "input[\"x y\"]",
                "input['in']",
                "tasks['t0-1'].output.ok",
                "ctx['t0-1'].state",
                "tasks.f.error.code",
            })
    void shouldMeanWhatCelMeans(String path) {
        assertThat(PlainPathParser.parse(path)).isNotNull();
        assertThat(evaluator.evaluate(path, bindings)).isEqualTo(evaluator.evaluate("(" + path + ")", bindings));
        assertThat(Expressions.check(path, Names.any()).reads())
                .isEqualTo(Expressions.check("(" + path + ")", Names.any()).reads());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "input.z",
                "input.a.b[2]",
                "input.a[0]",
                "input.s[0]",
                "input.s.x",
                "input.a.b.c",
                "input.a['b'][1]['z']",
                "input.a.b[1].c.d",
                "input['0'].x",
                "tasks.f.output",
                "args",
            })
    void shouldFailWhereCelFails(String path) {
        assertThat(PlainPathParser.parse(path)).isNotNull();
        for (String cel : new String[] {path, "(" + path + ")"}) {
            assertThatThrownBy(() -> evaluator.evaluate(cel, bindings))
                    .isInstanceOfSatisfying(
                            ExpressionException.class, e -> assertThat(e.code()).isEqualTo("execution_failed"))
                    .hasMessageStartingWith("Expected ");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "input.in",
                "true",
                "null",
                "input.a[-1]",
                "input.a[b]",
                "input['a\\'b']",
                "input[0u]",
                "input[1.0]",
                "input.a()",
                "input .a",
                " input",
                "input.",
                "input[",
                "input['",
                "input['a",
                "input['a'",
                "input[]",
                "input['']",
                "input.1",
                "input['a'].",
                "1",
                "",
                "'a'",
                "input.a.b == 1",
                "input['a''b']",
                "input[9999999]",
                "input.é"
            })
    void shouldLeaveEverythingElseToCel(String cel) {
        assertThat(PlainPathParser.parse(cel)).isNull();
    }

    @ParameterizedTest
    @CsvSource({"12345678901234567890123", "0.1000000000000000055511151231257827", "1e2", "-0.0", "9223372036854775807"
    })
    void shouldKeepNumbersAsTheyAre(String number) {
        assertThat(evaluator.evaluate(
                        "input.n",
                        Bindings.builder()
                                .value(Root.INPUT, json("{\"n\": " + number + "}"))
                                .build()))
                .isEqualTo(json(number));
    }

    @Test
    void shouldHandOutTheVeryNode() {
        assertThat(evaluator.evaluate("input.a", bindings)).isSameAs(evaluator.evaluate("input['a']", bindings));
    }
}
