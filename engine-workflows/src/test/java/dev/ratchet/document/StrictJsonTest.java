package dev.ratchet.document;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StrictJsonTest {
    @Test
    void shouldReadEachKindOfValue() {
        StrictJson.Parsed parsed = parse("{\"a\": [1, 2.50, \"x\", true, null, {}], \"b\": 12345678901234567890}");

        assertThat(parsed)
                .isInstanceOfSatisfying(
                        StrictJson.Parsed.Tree.class,
                        tree -> assertThat(tree.json())
                                .hasToString("{\"a\":[1,2.50,\"x\",true,null,{}],\"b\":12345678901234567890}"));
    }

    @Test
    void shouldKeepDecimalsExactly() {
        StrictJson.Parsed.Tree tree = (StrictJson.Parsed.Tree) parse("0.1234567890123456789");

        assertThat(tree.json().decimalValue()).isEqualByComparingTo(new BigDecimal("0.1234567890123456789"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}{}",
                "[1,]",
                "{\"a\" 1}",
                "NaN",
                "[NaN]",
                "[Infinity]",
                "[-Infinity]",
                "[+1]",
                "[01]",
                "[.5]",
                "{'a': 1}",
                "/* no */ {}",
                "{} x",
                "[1",
                "{\"a\":",
                "\"\\x\"",
                "[\"a\nb\"]",
                "tru",
                "\u0000{}"
            })
    void shouldRefuseWhatIsNotOneWellFormedDocument(String body) {
        Problem problem = refusal(parse(body));

        assertThat(problem.code()).isEqualTo("invalid_input");
        assertThat(problem.message()).matches("Expected (well-formed JSON|one JSON document), but .*");
        assertThat(problem.message()).doesNotContain("jackson", "Exception", "Token", "tru");
    }

    @Test
    void shouldRefuseAnEmptyBody() {
        assertThat(refusal(parse(" "))).isEqualTo(invalid("", "Expected a JSON document, but the body is empty"));
    }

    @Test
    void shouldRefuseARepeatedNameWithItsPlace() {
        assertThat(refusal(parse("{\"a\": {\"b\": 1, \"b\": 2}}")))
                .isEqualTo(invalid("/a/b", "Expected each name once in an object, but this one is repeated"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e400", "-1e400", "1e999999999", "1e-400", "1e-999999999", "12.5e2000"})
    void shouldRefuseNumbersThatADoubleCannotHold(String number) {
        assertThat(refusal(parse("{\"a\": [0, " + number + "]}")))
                .isEqualTo(invalid("/a/1", "Expected numbers of the size of a double, but this one is beyond it"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e99999999999", "1e-99999999999"})
    void shouldRefuseExponentsThatNothingCanHold(String number) {
        assertThat(refusal(parse(number)).code()).isEqualTo("invalid_input");
    }

    @Test
    void shouldReadSixtyFourLevelsAndNoMore() {
        assertThat(parse("[".repeat(64) + "]".repeat(64))).isInstanceOf(StrictJson.Parsed.Tree.class);
        assertThat(refusal(parse("[".repeat(65) + "]".repeat(65))).message())
                .isEqualTo("Expected at most 64 levels, but there are more");
        assertThat(refusal(parse("[".repeat(1001) + "]".repeat(1001))).code()).isEqualTo("invalid_input");
        assertThat(refusal(parse("{\"a\":".repeat(1001))).code()).isEqualTo("invalid_input");
    }

    @Test
    void shouldRefuseLongNumbersAndNames() {
        String message =
                "Expected names of at most 50000 and numbers of at most 1000 characters, but there is a longer one";

        assertThat(refusal(parse("1".repeat(1001))).message()).isEqualTo(message);
        assertThat(refusal(parse("{\"" + "n".repeat(50_001) + "\": 1}")).message())
                .isEqualTo(message);
        assertThat(parse("1".repeat(1000))).isInstanceOf(StrictJson.Parsed.Tree.class);
    }

    @Test
    void shouldRefuseTwoHundredThousandKeys() {
        assertThat(refusal(parse(object(200_000))).message())
                .isEqualTo("Expected at most 20000 members in an object, but there are more");
        String spread = IntStream.range(0, 20)
                .mapToObj(i -> object(10_000))
                .collect(Collectors.joining(",", "{\"input\":[[", "]]}"));
        assertThat(refusal(parse(spread)).message())
                .isEqualTo("Expected at most 200000 JSON tokens, but there are more");
    }

    @Test
    void shouldRefuseCollidingKeysQuickly() {
        List<String> names = List.of("");
        for (int i = 0; i < 15; i++) {
            names = names.stream()
                    .flatMap(name -> List.of(name + "Aa", name + "BB").stream())
                    .toList();
        }
        assertThat(names.stream().mapToInt(String::hashCode).distinct().count()).isOne();

        String body = names.stream().map(name -> "\"" + name + "\":1").collect(Collectors.joining(",", "{", "}"));
        assertThat(refusal(parse(body)).message())
                .isEqualTo("Expected at most 20000 members in an object, but there are more");
    }

    @Test
    void shouldAllowMoreTokensForTasks() {
        String tasks = IntStream.range(0, 10_000)
                .mapToObj(i -> "{\"id\":\"t" + i + "\",\"a\":[1,2,3,4,5,6,7,8,9,0,1,2,3,4,5,6,7,8,9,0,1,2,3,4,5]}")
                .collect(Collectors.joining(",", "{\"tasks\":[", "]}"));

        assertThat(parse(tasks)).isInstanceOf(StrictJson.Parsed.Tree.class);
    }

    @Test
    void shouldReadOnlyUtf8() {
        Problem notUtf8 = invalid("", "Expected UTF-8, but the body is not");

        assertThat(refusal(StrictJson.parse("{}".getBytes(StandardCharsets.UTF_16))))
                .isEqualTo(notUtf8);
        assertThat(refusal(StrictJson.parse("{}".getBytes(StandardCharsets.UTF_16LE)))
                        .code())
                .isEqualTo("invalid_input");
        assertThat(refusal(StrictJson.parse(new byte[] {'"', (byte) 0xc0, (byte) 0xaf, '"'})))
                .isEqualTo(notUtf8);
        assertThat(refusal(StrictJson.parse(new byte[] {'"', (byte) 0xed, (byte) 0xa0, (byte) 0x80, '"'})))
                .isEqualTo(notUtf8);
        assertThat(refusal(StrictJson.parse(new byte[] {(byte) 0x1f, (byte) 0x8b, 8, 0})))
                .isEqualTo(notUtf8);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[\"\\ud800\"]", "[\"\\udc00x\"]", "[\"\\ud800\\ud800\"]"})
    void shouldRefuseHalvesOfCharacters(String body) {
        assertThat(refusal(parse(body)))
                .isEqualTo(invalid("/0", "Expected text of Unicode characters, but this one holds half of one"));
    }

    @Test
    void shouldReadWholeCharactersBeyondTheBasicPlane() {
        assertThat(parse("[\"\\ud83d\\ude00\", \"😀\"]")).isInstanceOf(StrictJson.Parsed.Tree.class);
    }

    @Test
    void shouldRefuseFourMegabytesAndOne() throws IOException {
        byte[] most = ('"' + "x".repeat(4 * 1024 * 1024 - 2) + '"').getBytes(StandardCharsets.UTF_8);
        byte[] more = ('"' + "x".repeat(4 * 1024 * 1024 - 1) + '"').getBytes(StandardCharsets.UTF_8);

        assertThat(StrictJson.parse(new ByteArrayInputStream(most))).isInstanceOf(StrictJson.Parsed.Tree.class);
        assertThat(refusal(StrictJson.parse(new ByteArrayInputStream(more))))
                .isEqualTo(new Problem("", "too_large", "Expected at most 4194304 bytes, but there are more"));
    }

    private static String object(int members) {
        return IntStream.range(0, members).mapToObj(i -> "\"k" + i + "\":1").collect(Collectors.joining(",", "{", "}"));
    }

    private static StrictJson.Parsed parse(String body) {
        return StrictJson.parse(body.getBytes(StandardCharsets.UTF_8));
    }

    private static Problem refusal(StrictJson.Parsed parsed) {
        assertThat(parsed).isInstanceOf(StrictJson.Parsed.Refused.class);
        return ((StrictJson.Parsed.Refused) parsed).problems().get(0);
    }

    private static Problem invalid(String pointer, String message) {
        return new Problem(pointer, "invalid_input", message);
    }
}
