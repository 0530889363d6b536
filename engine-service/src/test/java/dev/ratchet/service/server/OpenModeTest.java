package dev.ratchet.service.server;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ratchet.service.config.ConfigException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OpenModeTest {
    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "127.0.0.2", "::1", "localhost"})
    void shouldAllowLoopback(String host) {
        assertThatCode(() -> OpenMode.check(host)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "::", "10.0.0.1", "192.0.2.1"})
    void shouldRefuseAddressesThatOthersReach(String host) {
        assertThatThrownBy(() -> OpenMode.check(host))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("RATCHET_HOST")
                .hasMessageContaining(host);
    }
}
