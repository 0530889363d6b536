package dev.ratchet.acceptance;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Each order that the acceptance tests look for is found missing where it is. */
class OrderTest {
    private static final ObjectNode DOCUMENT =
            Doc.of("{tasks: [{id: 'a'}, {id: 'b'}, {id: 'c', deps: ['a']}, {id: 'd', deps: [{task: 'b'}]}]}");

    @Test
    void shouldAcceptOneBatchAfterTheOther() {
        Order order = order(2, "1, 5", "2, 6", "6, 7", "8, 9");

        assertThatCode(() -> order.isTopological().hasLevels(List.of(2, 2)).isNoWiderThan(2))
                .doesNotThrowAnyException();
    }

    @Test
    void shouldFindATaskThatStartedBeforeItsSourceEnded() {
        Order order = order(2, "1, 5", "2, 6", "4, 7", "8, 9");

        assertThatThrownBy(order::isTopological).hasMessageContaining("c starts after a ended");
    }

    @Test
    void shouldFindATaskThatStartedBeforeTheBatchEnded() {
        Order order = order(2, "1, 5", "2, 6", "5, 7", "8, 9");

        assertThatCode(order::isTopological).doesNotThrowAnyException();
        assertThatThrownBy(() -> order.hasLevels(List.of(2, 2))).isInstanceOf(AssertionError.class);
    }

    @Test
    void shouldFindABatchTooMany() {
        Order order = order(3, "1, 5", "2, 6", "6, 7", "8, 9");

        assertThatThrownBy(() -> order.hasLevels(List.of(2, 2))).isInstanceOf(AssertionError.class);
    }

    @Test
    void shouldFindMoreTasksAtATimeThanMayRun() {
        Order order = order(2, "1, 5", "2, 6", "6, 7", "8, 9");

        assertThatThrownBy(() -> order.isNoWiderThan(1)).isInstanceOf(AssertionError.class);
    }

    private static Order order(int batches, String... times) {
        StringBuilder tasks = new StringBuilder();
        for (int i = 0; i < times.length; i++) {
            String[] time = times[i].split(",", 2);
            tasks.append(i == 0 ? "" : ", ")
                    .append("%c: {started_at: %s, ended_at: %s}".formatted('a' + i, time[0], time[1]));
        }
        return Order.of(DOCUMENT, new RunAnswer(Doc.of("{batches: " + batches + ", tasks: {" + tasks + "}}")));
    }
}
