package dev.ratchet.expression;

import static dev.ratchet.expression.Json.json;
import static dev.ratchet.expression.Json.quoted;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConditionTest {
    private final ConditionEvaluator conditions = new ConditionEvaluator();
    private final Bindings bindings = Bindings.ofOutput(
            quoted("{'score': 80.5, 'n': 3, 'name': 'a$b', 'tags': ['x', 'y'], 'ok': true, 'a': {'b': 1}}"));

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
                    $.score >= 80            | output.score >= 80
                    $['score'] > $.n         | output['score'] > output.n
                    $ == 5                   | output == 5
                    size($) > 0              | size(output) > 0
                    ($).ok&&!$.ok            | (output).ok&&!output.ok
                    $.name == 'a$b'          | output.name == 'a$b'
                    $.name == "$.x" + r'\\'  | output.name == "$.x" + r'\\'
                    $.name == '\\'$'         | output.name == '\\'$'
                    $.ok // $ stays here     | output.ok // $ stays here
                    output.name == '''$'$''' | output.name == '''$'$'''
                    ${ output.ok }           | output.ok
                    ${$.ok}                  | output.ok
                    ${ {'a': 1}.a == 1 }     | {'a': 1}.a == 1
                    """)
    void shouldExpandShortForms(String written, String meant) {
        Condition condition =
                Condition.parse(json('"' + written.replace("\\", "\\\\").replace("\"", "\\\"") + '"'));

        assertThat(condition).isEqualTo(new Condition.Cel(meant));
        assertThat(condition.text()).isEqualTo(meant);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a$ == 1",
                "$a == 1",
                "$1",
                "$$",
                "$.a.$b",
                "${ output.ok } && ${ output.ok }",
                "true ${",
                "$.a ? : 1"
            })
    void shouldRefuseAStraySign(String written) {
        assertThatThrownBy(() -> Condition.cel(written).check(Names.any()))
                .isInstanceOfSatisfying(
                        ExpressionException.class, e -> assertThat(e.code()).isEqualTo("expression_invalid"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'output.ok'",
                "'$.score >= 80'",
                "{'type': 'cel', 'expression': 'output.n == 3'}",
                "{'type': 'cel', 'expression': '$.n < 4'}",
                "{'jsonpath': '$.tags[0]'}",
                "{'schema': {'type': 'object', 'required': ['ok']}}",
                "{'schema': true}",
            })
    void shouldParseTestAndWriteEachForm(String written) {
        Condition condition = Condition.parse(quoted(written));

        assertThat(condition.check(Names.of(Root.OUTPUT)).onlyOutput()).isTrue();
        assertThat(condition.reads()).isEqualTo(condition.check(Names.of(Root.OUTPUT)));
        assertThat(conditions.test(condition, bindings)).isTrue();
        assertThat(condition.text()).isNotBlank();
        assertThat(Condition.parse(condition.toJson())).isEqualTo(condition).hasSameHashCodeAs(condition);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "true",
                "5",
                "null",
                "[]",
                "{}",
                "{'type': 'cel'}",
                "{'type': 'jq', 'expression': '.'}",
                "{'type': 'cel', 'expression': 5}",
                "{'type': 'cel', 'expression': 'true', 'more': 1}",
                "{'expression': 'true'}",
                "{'jsonpath': 5}",
                "{'jsonpath': '$', 'schema': {}}",
                "{'schema': 'x'}",
            })
    void shouldRefuseOtherForms(String written) {
        assertThatThrownBy(() -> Condition.parse(quoted(written)))
                .isInstanceOfSatisfying(
                        ExpressionException.class, e -> assertThat(e.code()).isEqualTo("expression_invalid"))
                .hasMessageStartingWith("Expected a condition as CEL text, {\"type\": \"cel\"");
    }

    @Test
    void shouldCheckWhatAConditionReads() {
        Names names = Names.of(Root.OUTPUT).withTasks("a"::equals);

        assertThat(Condition.cel("tasks.a.output > $.n").check(names).outputs()).containsExactly("a");
        assertThatThrownBy(() -> Condition.cel("tasks.b.output > 1").check(names))
                .hasMessageContaining("'b' is not");
        assertThatThrownBy(() -> Condition.parse(quoted("{'jsonpath': '$.a'}")).check(Names.of(Root.INPUT)))
                .hasMessageContaining("'output' is not available");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    output.missing > 1  | Expected the field 'missing' to be present, but it is missing
                    output.n / 0 == 1   | Expected a divisor other than zero, but it is zero
                    output.name > 5     | Expected operands that '>' takes, but their types do not fit
                    output.n            | Expected a condition to be true or false, but its value is a number
                    output.name         | Expected a condition to be true or false, but its value is a text
                    output.tags         | Expected a condition to be true or false, but its value is a list
                    output              | Expected a condition to be true or false, but its value is an object
                    null                | Expected a condition to be true or false, but its value is null
                    input.x             | Expected 'input' to have a value here, but it has none
                    """)
    void shouldFailWithoutADefault(String cel, String message) {
        assertThatThrownBy(() -> conditions.test(Condition.cel(cel), bindings))
                .isInstanceOfSatisfying(
                        ExpressionException.class, e -> assertThat(e.code()).isEqualTo("condition_failed"))
                .hasMessage(message);
    }

    @Test
    void shouldFailWithoutAnOutput() {
        for (String written : new String[] {"{'jsonpath': '$.a'}", "{'schema': true}", "'output.a'"}) {
            assertThatThrownBy(() -> conditions.test(Condition.parse(quoted(written)), Bindings.NONE))
                    .isInstanceOfSatisfying(
                            ExpressionException.class, e -> assertThat(e.code()).isEqualTo("condition_failed"))
                    .hasMessage("Expected 'output' to have a value here, but it has none");
        }
    }
}
