package dev.ratchet.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.cel.common.CelAbstractSyntaxTree;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TypeCheckTest {
    private static final Bindings OUTPUT = Bindings.ofOutput(JsonNodeFactory.instance
            .objectNode()
            .put("score", 81)
            .put("name", "durable")
            .set("words", JsonNodeFactory.instance.arrayNode().add("a").add("bcd")));

    /** Each pair has one shape, so the second is given the types of the first. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "output.score > 80 && output.name == 'durable' | true | output.score > 90 && output.name == 'x' | false",
                "output.score + 1 | 82 | output.score + 9 | 90",
                "output.words.filter(w, size(w) > 2) | [\"bcd\"] | output.words.filter(w, size(w) > 0) | [\"a\",\"bcd\"]",
                "has(output.score) | true | has(output.other) | false",
                "{'a': output.score}.a | 81 | {'b': output.name}.b | \"durable\"",
                "[1, 2].map(n, n * 2) | [2,4] | [3, 4].map(n, n * 5) | [15,20]",
                "output.score > 1 ? 'a' : 'b' | \"a\" | output.score > 100 ? 'c' : 'd' | \"d\"",
            })
    void shouldEvaluateAnExpressionOfAKnownShapeAsItsOwn(
            String first, String firstValue, String second, String secondValue) throws Exception {
        assertThat(ShapeText.of(parsed(first).getExpr()))
                .isEqualTo(ShapeText.of(parsed(second).getExpr()));
        assertThat(new Evaluator().evaluate(first, OUTPUT)).hasToString(firstValue);
        assertThat(new Evaluator().evaluate(second, OUTPUT)).hasToString(secondValue);
    }

    @ParameterizedTest
    @CsvSource({
        "output.a + 1, output.a + 1.5",
        "output.a + 1, output.a - 1",
        "output.a + 1, input.a + 1",
        "output.a, has(output.a)",
        "'[1, 2]', '[1, [2]]'",
        "size(output.a), output.a.size()",
        "'output.a.all(x, x > 1)', 'output.a.all(y, y > 1)'",
        "'output.a.all(x, x > 1)', 'output.a.exists(x, x > 1)'",
        "(1 + 2) * 3, 1 + 2 * 3",
    })
    void shouldTellShapesApart(String some, String other) throws Exception {
        assertThat(ShapeText.of(parsed(some).getExpr()))
                .isNotEqualTo(ShapeText.of(parsed(other).getExpr()));
    }

    @Test
    void shouldRefuseOperandsThatDoNotFitEachTime() {
        for (String wrong : List.of("1 + 'a'", "2 + 'b'", "2 + 'b'")) {
            assertThatThrownBy(() -> Expressions.check(wrong, Names.any()))
                    .isInstanceOf(ExpressionException.class)
                    .hasMessageContaining("'_+_'");
        }
    }

    @Test
    void shouldAskTheCheckerOnceForAShape() throws Exception {
        CelAbstractSyntaxTree first = checked("output.only_here + 41 == output.b");
        CelAbstractSyntaxTree second = checked("output.and_here + 42 == output.d");

        assertThat(second.getTypeMap())
                .isEqualTo(first.getTypeMap())
                .isSameAs(checked("output.e + 43 == output.f").getTypeMap());
        assertThat(second.getExpr())
                .isEqualTo(parsed("output.and_here + 42 == output.d").getExpr());
    }

    private static CelAbstractSyntaxTree checked(String text) throws Exception {
        CelAbstractSyntaxTree tree = parsed(text);
        return TypeCheck.check(tree, Syntax.walk(tree).functions());
    }

    private static CelAbstractSyntaxTree parsed(String text) throws Exception {
        return Environment.cel().parse(text).getAst();
    }
}
