package dev.ratchet.service.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ratchet.document.Json;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LabelTermsTest {
    private static final int TEMPORALS = 2_048;

    @Test
    void shouldLeaveShortLabelsAsTheyAre() {
        assertThat(LabelTerms.of(Map.of("team", "growth"))).containsExactly("team:growth");
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "漢", "\"", "\\", "é"})
    void shouldFitTheLongestLabelsOfARunIntoWhatTemporalTakes(String letter) {
        Map<String, String> labels = new LinkedHashMap<>();
        for (int i = 10; i < 26; i++) {
            labels.put(letter.repeat(61) + i, letter.repeat(63));
        }
        byte[] sent = Json.write(LabelTerms.of(labels)).getBytes(StandardCharsets.UTF_8);
        assertThat(sent.length).isLessThan(TEMPORALS);
        assertThat(LabelTerms.of(labels)).doesNotHaveDuplicates();
    }

    @Test
    void shouldTellLongLabelsApartThatDifferAtTheirEnd() {
        String value = "漢".repeat(62);
        assertThat(LabelTerms.of("k", value + "a")).isNotEqualTo(LabelTerms.of("k", value + "b"));
        assertThat(LabelTerms.of("k", value + "a")).isEqualTo(LabelTerms.of("k", value + "a"));
    }
}
