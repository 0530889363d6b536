package dev.ratchet.expression;

import static dev.ratchet.expression.Json.quoted;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonPathConditionTest {
    private static final JsonNode DOCUMENT =
            quoted("{'s': 'x', 'n': null, 'l': [1, 2, {'a': 3, 't': 'it is', 'n': null}], 'o': {'a': 1}, 'e': []}");

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
                    $                       | true
                    $.s                     | true
                    $.n                     | true
                    $['o']['a']             | true
                    $.zz                    | false
                    $.s.x                   | false
                    $.s[0]                  | false
                    $.s[?(@.x)]             | false
                    $.n.x                   | false
                    $.l.name                | false
                    $.l[2]                  | true
                    $.l[-1]                 | true
                    $.l[3]                  | false
                    $.l[-4]                 | false
                    $.l[0:2]                | true
                    $.l[3:9]                | false
                    $.l[*].a                | true
                    $.e[*]                  | false
                    $.e                     | true
                    $..a                    | true
                    $..zz                   | false
                    $.o.*                   | true
                    $.l[?(@.a >= 3)]        | true
                    $.l[?(@.a > 3)]         | false
                    $.l[?(@.a >= 2.5)]      | true
                    $.l[?(@ == 2)]          | true
                    $.l[?(@ == -1)]         | false
                    $.l[?(@.n)]             | true
                    $.l[?(@.zz)]            | false
                    $.l[?(@.zz == null)]    | false
                    $.l[?(@.t == 'it is')]  | true
                    $.l[?(@.t == 'a)*..')]  | false
                    $.l[?(@.a in [3, 4])]   | true
                    $.l[?(!(@.a < 3))]      | true
                    $.l[?(@.a == $.o.a)]    | false
                    $.o[?(@.a == 1)]        | true
                    """)
    void shouldHoldWhenSomethingIsSelected(String path, boolean selects) {
        assertThat(JsonPaths.selects(path, DOCUMENT)).isEqualTo(selects);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
                    s                        | Expected a JSONPath that begins with '$', but it does not
                    $[                       | Expected a valid JSONPath, but it cannot be read
                    $.l[?(@.a == 'x]         | Expected a valid JSONPath, but it cannot be read
                    $.l[(@.length-1)]        | Expected a valid JSONPath, but it cannot be read
                    $.l[?(@.t =~ /(a+)+b/)]  | Expected a JSONPath without '=~', but it has one: CEL's matches() compares with patterns
                    $.l.length()             | Expected a JSONPath that selects, but it calls a function
                    $.concat($..*)           | Expected a JSONPath that selects, but it calls a function
                    $.l[?(@..a)]             | Expected filters that look at one place, but one has '..', '*' or ':' in it
                    $.l[?(@.a[*] == 1)]      | Expected filters that look at one place, but one has '..', '*' or ':' in it
                    $.l[?(@.a[0:1] == 1)]    | Expected filters that look at one place, but one has '..', '*' or ':' in it
                    """)
    void shouldRefuseWhatItWouldMisread(String path, String message) {
        assertThatThrownBy(() -> new Condition.JsonPath(path).check(Names.of(Root.OUTPUT)))
                .isInstanceOfSatisfying(
                        ExpressionException.class, e -> assertThat(e.code()).isEqualTo("expression_invalid"))
                .hasMessage(message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"$..*..*..*", "$.l..l..l..l..l..l..zz"})
    @Timeout(20)
    void shouldEndWithAnErrorWhenItTakesTooLong(String path) {
        Bindings bindings =
                Bindings.ofOutput(JsonNodeFactory.instance.objectNode().set("l", tree(17)));

        assertThatThrownBy(() -> new ConditionEvaluator().test(new Condition.JsonPath(path), bindings))
                .isInstanceOfSatisfying(
                        ExpressionException.class, e -> assertThat(e.code()).isEqualTo("condition_failed"))
                .hasMessage("Expected an evaluation within 1000 ms, but it was still running after that time");
    }

    private static JsonNode tree(int levels) {
        ArrayNode pair = JsonNodeFactory.instance.arrayNode();
        if (levels == 0) {
            return pair;
        }
        JsonNode below = tree(levels - 1);
        return pair.add(JsonNodeFactory.instance.objectNode().set("l", below)).add(below);
    }

    @Test
    void shouldBoundTheNestingOfFilters() {
        String path = "$.l[?(" + "(".repeat(2_000) + "@.a" + ")".repeat(2_000) + ")]";

        assertThat(new Condition.JsonPath("$" + " ".repeat(4_096)).path()).hasSize(4_097);
        assertThatThrownBy(() -> JsonPaths.compiled("$" + " ".repeat(4_096)))
                .hasMessage("Expected a JSONPath of at most 4096 characters, but it is longer");
        try {
            assertThat(JsonPaths.selects(path, DOCUMENT)).isTrue();
        } catch (ExpressionException e) {
            assertThat(e.code()).isEqualTo("expression_invalid");
        }
    }
}
