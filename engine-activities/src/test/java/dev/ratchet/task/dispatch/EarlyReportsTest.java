package dev.ratchet.task.dispatch;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.ratchet.document.ErrorCode;
import dev.ratchet.run.Outcome;
import dev.ratchet.run.TaskError;
import dev.ratchet.run.TaskKey;
import dev.ratchet.run.Value;
import java.util.List;
import org.junit.jupiter.api.Test;

class EarlyReportsTest {
    private static final long START = Long.MAX_VALUE - 5; // nanoTime may wrap

    private final EarlyReports reports = new EarlyReports(START);

    @Test
    void shouldReportOneSecondAfterSomethingSettled() {
        Outcome a = completed("a");
        reports.settled(a, at(100));

        assertThat(reports.due(at(1_099))).isEmpty();
        assertThat(reports.nanosLeft(at(600))).isEqualTo(MILLISECONDS.toNanos(500));
        assertThat(reports.due(at(1_100))).containsExactly(a);
    }

    @Test
    void shouldReportAFailureAtOnceTogetherWithWhatSettledBefore() {
        // given
        Outcome a = completed("a");
        Outcome b = failed("b");
        reports.settled(a, at(100));

        // when
        reports.settled(b, at(200));

        // then
        assertThat(reports.due(at(200))).containsExactly(a, b);
    }

    @Test
    void shouldReportAtMostOnceASecond() {
        // given
        reports.settled(failed("a"), at(0));
        reports.sent(reports.due(at(0)), at(0));

        // when
        Outcome b = failed("b");
        reports.settled(b, at(10));

        // then
        assertThat(reports.due(at(999))).isEmpty();
        assertThat(reports.due(at(1_000))).containsExactly(b);
    }

    @Test
    void shouldSendWhatDoesNotFitIntoOneMessageASecondLater() {
        // given
        Outcome large = large("a");
        Outcome other = large("b");
        reports.settled(large, at(0));
        reports.settled(other, at(0));

        // when
        List<Outcome> first = reports.due(at(1_000));
        reports.sent(first, at(1_000));

        // then
        assertThat(first).containsExactly(large);
        assertThat(reports.due(at(1_999))).isEmpty();
        assertThat(reports.due(at(2_000))).containsExactly(other);
    }

    private static long at(long millis) {
        return START + MILLISECONDS.toNanos(millis);
    }

    private static Outcome completed(String id) {
        return outcome(id, new Outcome.Completed(Value.of(TextNode.valueOf("x")), List.of(), List.of()));
    }

    private static Outcome large(String id) {
        Value value = Value.of(TextNode.valueOf("x".repeat(40_000)));
        return outcome(id, new Outcome.Completed(value, List.of(), List.of()));
    }

    private static Outcome failed(String id) {
        return outcome(id, new Outcome.Failed(TaskError.of(ErrorCode.TIMEOUT, "late"), true, null));
    }

    private static Outcome outcome(String id, Outcome.Result result) {
        return new Outcome(TaskKey.root(id), 1, 1, 0, 1, result, null, false);
    }
}
