package dev.ratchet.document;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DocumentsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"a\": 1, \"b\": 2} | {\"b\": 2, \"a\": 1}",
                "1 | 1.0",
                "1 | 1e0",
                "100 | 1e2",
                "0 | -0.0",
                "0.5 | 5e-1",
                "1.10 | 1.1",
                "0.1000000000000000055511151231257827 | 0.10000000000000000555111512312578270",
                "12345678901234567890 | 12345678901234567890.00",
                "[{\"x\": {\"b\": [], \"a\": null}}] | [ {\"x\": {\"a\": null, \"b\": []}} ]",
                "\"é\" | \"\\u00e9\""
            })
    void shouldGiveEqualValuesOneHash(String some, String other) {
        assertThat(hash(some)).isEqualTo(hash(other)).matches("[0-9a-f]{64}");
    }

    @Test
    void shouldGiveDifferentValuesDifferentHashes() {
        List<String> values = List.of(
                "1",
                "10",
                "\"1\"",
                "true",
                "false",
                "null",
                "[]",
                "{}",
                "[[]]",
                "[[],[]]",
                "[[[]]]",
                "{\"a\":{}}",
                "{\"a\":[]}",
                "{\"a\":null}",
                "[1,2]",
                "[2,1]",
                "[12]",
                "[\"a\",\"b\"]",
                "[\"ab\"]",
                "{\"a\":\"b\"}",
                "1.5",
                "18446744073709551615",
                "18446744073709551614",
                "0.1",
                "0.1000000000000000055511151231257827",
                "-1",
                "\"\"");

        assertThat(values.stream().map(DocumentsTest::hash)).doesNotHaveDuplicates();
    }

    private static String hash(String json) {
        StrictJson.Parsed parsed = StrictJson.parse(json.getBytes(StandardCharsets.UTF_8));
        JsonNode value = ((StrictJson.Parsed.Tree) parsed).json();
        return Documents.hash(value);
    }
}
