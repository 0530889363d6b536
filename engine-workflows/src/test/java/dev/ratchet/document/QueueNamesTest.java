package dev.ratchet.document;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QueueNamesTest {
    @ParameterizedTest
    @ValueSource(strings = {"q", "gpu-pool.eu", "team/a:1", "0", "a_b", "my-temporal-queue"})
    void shouldTakeNamesOfWorkers(String name) {
        assertThat(QueueNames.isQueue(name)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "temporal-sys-per-ns-tq",
                "Temporal-Sys-x",
                "temporal-anything",
                "__temporal_x",
                "/_sys/foo/1",
                "a/_sys/foo/1",
                "_sys/foo",
                "",
                " q",
                "q q",
                "q\n",
                "\u0000",
                "größe",
                "-q",
                ".q"
            })
    void shouldRefuseWhatTemporalKeepsForItselfAndWhatIsNoName(String name) {
        assertThat(QueueNames.isQueue(name)).isFalse();
    }

    @Test
    void shouldRefuseNamesThatAreTooLong() {
        assertThat(QueueNames.isQueue("q".repeat(QueueNames.MAX))).isTrue();
        assertThat(QueueNames.isQueue("q".repeat(QueueNames.MAX + 1))).isFalse();
    }
}
