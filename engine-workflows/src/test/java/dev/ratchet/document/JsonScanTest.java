package dev.ratchet.document;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonScanTest {
    private static final StrictJson STRICT = new StrictJson(StrictJson.Limits.DEFAULT);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "1 2",
                "{}{}",
                "{",
                "{\"a\": 1, \"a\": 2}",
                "[{\"a\": {\"b\": 1, \"b\": 1}}]",
                "NaN",
                "1e400",
                "1e999999999",
                "0e-600000000",
                "0e600000000",
                "\"\\ud800\"",
                "{\"\\udc00\": 1}",
                "[1,]"
            })
    void shouldFindFaultWithWhatTheStrictReaderRefuses(String json) throws Exception {
        assertThat(StrictJson.parse(json.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(StrictJson.Parsed.Refused.class);
        assertThat(complaint(json)).startsWith("Expected ");
    }

    @Test
    void shouldFindFaultWithDepthDigitsAndOtherEncodings() throws Exception {
        assertThat(complaint("[".repeat(64) + "]".repeat(64))).isNull();
        assertThat(complaint("[".repeat(65) + "]".repeat(65))).contains("64 levels");
        assertThat(complaint("1".repeat(1_001))).contains("1000");
        assertThat(STRICT.complaint(new ByteArrayInputStream("[1]".getBytes(StandardCharsets.UTF_16))))
                .startsWith("Expected ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "null", " {\"a\": [1.10, -0, 0.000, 0e-10, \"\\ud83d\\ude00\"], \"b\": {\"a\": 1}} "})
    void shouldLetThroughWhatIsSound(String json) throws Exception {
        assertThat(StrictJson.parse(json.getBytes(StandardCharsets.UTF_8))).isInstanceOf(StrictJson.Parsed.Tree.class);
        assertThat(complaint(json)).isNull();
    }

    /** Bodies are smaller, artifacts need not be. */
    @Test
    void shouldLookAtMoreThanABodyMayHold() throws Exception {
        assertThat(complaint(
                        "[" + "\"" + "x".repeat(1 << 20) + "\"" + (",\"" + "x".repeat(1 << 20) + "\"").repeat(5) + "]"))
                .isNull();
    }

    private static @Nullable String complaint(String json) throws IOException {
        return STRICT.complaint(new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)));
    }
}
