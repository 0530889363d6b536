package dev.ratchet.task.waiting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.ratchet.run.WaitingFor;
import dev.ratchet.task.FakeTaskContext;
import dev.ratchet.task.Inspected;
import dev.ratchet.task.spi.Preparation;
import dev.ratchet.task.spi.TaskFailure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WaitExecutorTest {
    private final WaitExecutor executor = new WaitExecutor();

    @ParameterizedTest
    @CsvSource({"0,0", "5000,5000", "5000.0,5000", "315360000000,315360000000"})
    void shouldParkForADuration(String written, long millis) throws Exception {
        assertThat(executor.prepare(FakeTaskContext.of("{'duration_ms': " + written + "}")))
                .isEqualTo(new Preparation.Park(WaitingFor.TIMER, millis, null));
    }

    @ParameterizedTest
    @CsvSource({
        "1704067200000,1704067200000",
        "'''2024-01-01T00:00:00Z''',1704067200000",
        "'''2024-01-01T01:00:00.5+01:00''',1704067200500",
        "0,0"
    })
    void shouldParkUntilATime(String written, long millis) throws Exception {
        assertThat(executor.prepare(FakeTaskContext.of("{'until': " + written + "}")))
                .isEqualTo(new Preparation.Park(WaitingFor.TIMER, null, millis));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'duration_ms': -1}",
                "{'duration_ms': 1.5}",
                "{'duration_ms': 315360000001}",
                "{'duration_ms': 1e30}",
                "{'duration_ms': 'soon'}",
                "{'duration_ms': null}",
                "{'until': 'tomorrow'}",
                "{'until': '2024-01-01T00:00:00'}",
                "{'until': '2024-13-01T00:00:00Z'}",
                "{'until': -5}",
                "{'until': 253402300800000}",
                "{'until': {}}"
            })
    void shouldRefuseWhatIsNoTimeWhereItStands(String config) {
        assertThat(Inspected.of(executor, config).problems()).singleElement().satisfies(p -> {
            assertThat(p.code()).isEqualTo("invalid_input");
            assertThat(p.pointer()).isIn("/duration_ms", "/until");
            assertThat(p.message()).startsWith("Expected '" + p.pointer().substring(1) + "' to be ");
        });
        TaskFailure failure =
                catchThrowableOfType(TaskFailure.class, () -> executor.prepare(FakeTaskContext.of(config)));
        assertThat(failure.error().code()).isEqualTo("invalid_input");
        assertThat(failure.isRetryable()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{'duration_ms': 1, 'until': 2}"})
    void shouldWantExactlyOneOfDurationAndTime(String config) {
        assertThat(Inspected.of(executor, config).problems())
                .singleElement()
                .satisfies(p -> assertThat(p.message()).startsWith("Expected one of 'duration_ms' and 'until', but "));
    }

    @Test
    void shouldLeaveTemplatesForLater() {
        assertThat(Inspected.of(executor, "{'duration_ms': '${input.ms}'}").problems())
                .isEmpty();
        assertThat(Inspected.of(executor, "{'until': '${input.day}T00:00:00Z'}").problems())
                .isEmpty();
    }
}
