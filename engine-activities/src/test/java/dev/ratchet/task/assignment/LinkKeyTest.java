package dev.ratchet.task.assignment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LinkKeyTest {
    private static final LinkKey KEY = new LinkKey("0123456789abcdef");
    private static final LinkKey.Claim CLAIM = new LinkKey.Claim("acme", "run", "loop[1].ask", 2, true, "ann", 1_000);

    @Test
    void shouldReadWhatItMadeUntilItExpires() {
        String token = KEY.token(CLAIM);

        assertThat(token).matches("[A-Za-z0-9_.-]+");
        assertThat(KEY.read(token, 999)).isEqualTo(CLAIM);
        assertThat(KEY.read(token, 1_000)).isNull();
    }

    @Test
    void shouldRefuseWhatAnotherKeySigned() {
        assertThat(new LinkKey("another key, long enough").read(KEY.token(CLAIM), 0))
                .isNull();
    }

    @Test
    void shouldRefuseEachTokenThatDiffersInOneCharacter() {
        String token = KEY.token(CLAIM);
        for (int i = 0; i < token.length(); i++) {
            char other = token.charAt(i) == 'A' ? 'B' : 'A';
            assertThat(KEY.read(token.substring(0, i) + other + token.substring(i + 1), 0))
                    .as("character %d", i)
                    .isNull();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "a.b", "alg:none.", "e30.47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU"})
    void shouldRefuseWhatIsNoToken(String token) {
        assertThat(KEY.read(token, 0)).isNull();
    }

    @Test
    void shouldRefuseAKeyThatSomebodyMayGuess() {
        assertThatThrownBy(() -> new LinkKey("short"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("at least 16");
    }
}
