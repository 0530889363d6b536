package dev.ratchet.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ratchet.document.ErrorCode;
import dev.ratchet.document.Weight;
import java.util.List;
import org.junit.jupiter.api.Test;

class AttemptLogTest {
    @Test
    void shouldKeepTheLastAttemptsAndTheBeginningOfEarlierErrors() {
        List<TaskRecord.AttemptRecord> log = List.of();
        for (int attempt = 1; attempt <= 10_000; attempt++) {
            log = AttemptLog.with(log, failed(attempt));
        }

        assertThat(log).hasSize(AttemptLog.MOST);
        assertThat(log.getFirst().attempt()).isEqualTo(9_901);
        assertThat(log.getLast()).isEqualTo(failed(10_000));
        assertThat(log.getFirst().error().message())
                .hasSize(AttemptLog.MOST_OF_EARLIER)
                .endsWith("…");
        assertThat(Weight.of(log)).isLessThan(150_000);
    }

    private static TaskRecord.AttemptRecord failed(int attempt) {
        TaskError error = TaskError.of(ErrorCode.EXECUTION_FAILED, "語".repeat(2_000));
        return new TaskRecord.AttemptRecord(attempt, 1, 0, 1L, 2L, "failed", error, null);
    }
}
