package dev.ratchet.expression;

import static dev.ratchet.expression.Json.json;
import static dev.ratchet.expression.Json.quoted;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BindingsTest {
    private final Evaluator evaluator = new Evaluator();
    private final AtomicInteger fetches = new AtomicInteger();

    private Supplier<JsonNode> counting(String json) {
        return () -> {
            fetches.incrementAndGet();
            return json(json);
        };
    }

    @Test
    void shouldFetchOnlyWhatIsReadAndOnlyOnce() {
        Bindings bindings = Bindings.builder()
                .lazy(Root.INPUT, () -> {
                    throw new AssertionError("nobody reads this");
                })
                .task("a", "completed", counting("{\"n\": 1}"), null)
                .task(
                        "b",
                        "completed",
                        () -> {
                            throw new AssertionError("nobody reads this");
                        },
                        null)
                .build();

        assertThat(evaluator
                        .evaluate("tasks.a.output.n + tasks.a.output.n", bindings)
                        .intValue())
                .isEqualTo(2);
        assertThat(evaluator.evaluate("ctx.a.output", bindings)).isEqualTo(quoted("{'n': 1}"));
        assertThat(evaluator
                        .evaluate("has(tasks.b.output) && tasks.b.state == 'completed'", bindings)
                        .booleanValue())
                .isTrue();
        assertThat(evaluator.evaluate("false && tasks.b.output", bindings).booleanValue())
                .isFalse();
        assertThat(fetches).hasValue(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"tasks.a.output", "tasks.a.output == 1 || true", "input", "[input].exists(x, true) || true"})
    void shouldPassOnWhatASupplierThrows(String cel) {
        RuntimeException lost = new UncheckedIOException(new IOException("blob unreadable"));
        Bindings bindings = Bindings.builder()
                .lazy(Root.INPUT, () -> {
                    throw lost;
                })
                .task(
                        "a",
                        "completed",
                        () -> {
                            throw lost;
                        },
                        null)
                .build();

        assertThatThrownBy(() -> evaluator.evaluate(cel, bindings)).isSameAs(lost);
        assertThatThrownBy(() -> new ConditionEvaluator().test(new Condition.Cel(cel), bindings))
                .isSameAs(lost);
    }

    @Test
    void shouldFetchAgainAfterAFailure() {
        AtomicInteger calls = new AtomicInteger();
        Bindings bindings = Bindings.builder()
                .lazy(Root.INPUT, () -> {
                    if (calls.incrementAndGet() == 1) {
                        throw new IllegalStateException("not yet");
                    }
                    return json("5");
                })
                .build();

        assertThatThrownBy(() -> evaluator.evaluate("input + 1", bindings)).isInstanceOf(IllegalStateException.class);
        assertThat(evaluator.evaluate("input + 1", bindings).intValue()).isEqualTo(6);
    }

    @ParameterizedTest
    @ValueSource(strings = {"tasks.a.output", "tasks.a.output.filter(x, x >= 0)"})
    void shouldNotCountTheTimeOfAFetch(String cel) {
        JsonNode list = json("[" + "1,".repeat(500) + "1]");
        Bindings bindings = Bindings.builder()
                .task("a", "completed", () -> slowly(list), null)
                .build();

        assertThat(evaluator.evaluate(cel, bindings)).isEqualTo(list);
    }

    /** Longer than an expression may take. */
    private static JsonNode slowly(JsonNode value) {
        try {
            assertThat(new CountDownLatch(1).await(1_100, TimeUnit.MILLISECONDS))
                    .isFalse();
            return value;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void shouldLookUpSecretsByName() {
        Bindings bindings =
                Bindings.builder().secrets(Map.of("TOKEN", "s3cr3t")::get).build();

        assertThat(evaluator.evaluate("secrets.TOKEN", bindings).textValue()).isEqualTo("s3cr3t");
        assertThat(evaluator.evaluate("'Bearer ' + secrets['TOKEN']", bindings).textValue())
                .isEqualTo("Bearer s3cr3t");
        assertThatThrownBy(() -> evaluator.evaluate("secrets.NONE", bindings))
                .hasMessage("Expected the field 'secrets.NONE' to be present, but it is missing");
        assertThatThrownBy(() -> evaluator.evaluate("'a' + secrets.NONE", bindings))
                .hasMessage("Expected the field 'NONE' to be present, but it is missing");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "int(secrets.TOKEN)",
                "timestamp(secrets.TOKEN)",
                "secrets.TOKEN + 1",
                "{'a': 1}[secrets.TOKEN]",
                "secrets.TOKEN && true",
                "secrets.TOKEN.all(x, x)",
                "[1][secrets.TOKEN]",
                "'a'.matches(secrets.TOKEN)",
                "secrets.TOKEN.field",
                "{secrets.TOKEN: 1, secrets.TOKEN: 2}",
                "secrets.TOKEN ? 1 : 2",
                "-secrets.TOKEN",
            })
    void shouldNeverShowAValueInAMessage(String cel) {
        Bindings bindings = Bindings.builder().secrets(name -> "(c4n4ry").build();

        assertThatThrownBy(() -> evaluator.evaluate(cel, bindings))
                .isInstanceOf(ExpressionException.class)
                .message()
                .startsWith("Expected ")
                .contains(", but ")
                .doesNotContain("c4n4ry")
                .doesNotContain("Exception")
                .doesNotContain("java.")
                .doesNotContain("dev.");
    }

    @Test
    void shouldOverlayARoot() {
        Bindings bindings = Bindings.builder()
                .completed("a", json("1"))
                .value(Root.ITEM, json("2"))
                .secrets(name -> "s")
                .build();

        Bindings other = bindings.with(Root.ITEM, json("3"));

        assertThat(evaluator.evaluate("[tasks.a.output, item, secrets.X]", other))
                .isEqualTo(json("[1, 3, \"s\"]"));
        assertThat(evaluator.evaluate("item", bindings)).isEqualTo(json("2"));
    }

    @Test
    void shouldRefuseTasksAndSecretsAsOneValue() {
        assertThatThrownBy(() -> Bindings.builder().value(Root.TASKS, json("{}")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("one by one");
    }
}
