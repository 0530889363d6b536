package dev.ratchet.task.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.ratchet.task.secret.Masking;
import dev.ratchet.task.spi.TaskFailure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretAccessTest {
    private final Masking masking = new Masking();

    /** Masked, "1" would make 19001 another number, and of what somebody answered something else. */
    @ParameterizedTest
    @ValueSource(strings = {"", "1", "abc", "  ab  ", "\n"})
    void shouldRefuseSecretsThatAreTooShortToBeMasked(String value) {
        TaskFailure refused =
                catchThrowableOfType(TaskFailure.class, () -> access(value).require("TOKEN"));

        assertThat(refused.error().code()).isEqualTo("secret_not_found");
        assertThat(refused.error().message()).contains("TOKEN", "at least 4 characters");
        assertThat(masking.mask("19001 abc ab")).isEqualTo("19001 abc ab");
    }

    @Test
    void shouldGiveLongerOnesAndMaskThem() throws Exception {
        assertThat(access("abcd").require("TOKEN")).isEqualTo("abcd");
        assertThat(masking.mask("<abcd>")).isEqualTo("<***>");
    }

    private SecretAccess access(String value) {
        return new SecretAccess((organization, name) -> value, "default", masking);
    }
}
