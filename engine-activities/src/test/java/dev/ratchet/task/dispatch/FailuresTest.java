package dev.ratchet.task.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ratchet.task.blob.BlobException;
import dev.ratchet.task.spi.TaskFailure;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class FailuresTest {
    private static final String REF = "0".repeat(64);

    /** No other attempt mends a damaged value, while a store that is away comes back. */
    @Test
    void shouldTellADamagedValueFromAStoreThatIsAway() {
        TaskFailure damaged = Failures.of(BlobException.damaged(REF));
        TaskFailure full = Failures.of(BlobException.full(new IOException("No space left on device")));

        assertThat(damaged.error().code()).isEqualTo("storage_damaged");
        assertThat(damaged.error().message()).contains(REF);
        assertThat(damaged.isRetryable()).isFalse();
        assertThat(full.error().code()).isEqualTo("execution_failed");
        assertThat(full.isRetryable()).isTrue();
    }
}
