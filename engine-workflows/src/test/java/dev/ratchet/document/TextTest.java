package dev.ratchet.document;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TextTest {
    private static final String SMILE = "😀";
    private static final String FAMILY = "👩‍👩‍👧";

    @Test
    void shouldLeaveWhatFits() {
        assertThat(Text.cut("abc", 3)).isEqualTo("abc");
        assertThat(Text.beginning("abc", 3)).isEqualTo("abc");
    }

    @Test
    void shouldSayThatItCut() {
        assertThat(Text.cut("abcd", 3)).isEqualTo("ab…");
        assertThat(Text.beginning("abcd", 3)).isEqualTo("abc");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
    void shouldNeverPartACharacter(int most) {
        String text = "a" + SMILE + "b" + SMILE + SMILE + FAMILY;
        for (String cut : new String[] {Text.beginning(text, most), Text.cut(text, most + 1)}) {
            assertThat(cut.length()).isLessThanOrEqualTo(most + 1);
            assertThat(Text.isSound(cut)).isTrue();
            assertThat(new String(cut.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8))
                    .isEqualTo(cut);
        }
    }

    @Test
    void shouldKeepMarksWithTheirLetterAndPartsWithTheirEmoji() {
        assertThat(Text.beginning("abe\u0301", 3)).isEqualTo("ab");
        assertThat(Text.beginning("x" + FAMILY, 6)).isEqualTo("x");
    }

    @Test
    void shouldCutALongHeapOfMarksAllTheSame() {
        String heap = "a" + "\u0301".repeat(1_000);
        assertThat(Text.beginning(heap, 500)).hasSize(500);
    }

    @Test
    void shouldReplaceEachHalfThatStandsAlone() {
        assertThat(Text.sound("a\ud83db\ude00" + SMILE + "\ud83d")).isEqualTo("a\uFFFDb\uFFFD" + SMILE + "\uFFFD");
        assertThat(Text.halves("a\ud83db\ude00" + SMILE + "\ud83d")).isEqualTo(3);
        assertThat(Text.sound("\ud83d\ud83d\ude00")).isEqualTo("\uFFFD" + SMILE);
        assertThat(Text.isSound("\ude00\ud83d")).isFalse();
        assertThat(Text.sound(SMILE)).isSameAs(SMILE);
    }

    @Test
    void shouldMakeALineOfAnything() {
        assertThat(Text.brief("a\nb\u009bc" + "x".repeat(200), 10)).isEqualTo("a b cxxxx…");
        assertThat(Text.brief("\ud83d" + SMILE)).isEqualTo("\uFFFD" + SMILE);
    }
}
