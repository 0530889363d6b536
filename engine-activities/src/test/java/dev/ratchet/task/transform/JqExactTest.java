package dev.ratchet.task.transform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ratchet.document.Json;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Numbers and characters of jq that the library parts, rounds or takes for each other. */
@Timeout(60)
class JqExactTest {
    private static final String INPUT = """
            {"big": 18446744073709551615, "other": 18446744073709551614, "price": 1.10,
             "fine": 0.1000000000000000055511151231257827,
             "ids": [9007199254740993, 9007199254740992, 9007199254740993],
             "wide": [18446744073709551615, 18446744073709551614, 1],
             "text": "a😀é"}""";

    @ParameterizedTest
    @CsvSource(
            delimiterString = " => ",
            quoteCharacter = '`',
            value = {
                ".big => 18446744073709551615",
                "[.big, .price, .fine] => [18446744073709551615,1.10,0.1000000000000000055511151231257827]",
                "{x: .big} | to_entries => [{\"key\":\"x\",\"value\":18446744073709551615}]",
                ".big | tostring => \"18446744073709551615\"",
                ".big | tojson | fromjson => 18446744073709551615",
                "\"1.10\" | fromjson => 1.10",
                "\"18446744073709551615\" | tonumber => 18446744073709551615",
                "\"9007199254740993\" | tonumber => 9007199254740993",
                ".big == .other => false",
                ".big == .big => true",
                ".big > .other => true",
                "[.big] == [.other] => false",
                "{a: .big} == {a: .other} => false",
                ".big == 18446744073709551615.0 => false",
                ".ids[0] == .ids[1] => false",
                ".ids[0] == 9007199254740993 => true",
                ".ids[0] == 9007199254740992.0 => false",
                "9007199254740992 == 9007199254740992.0 => true",
                "1 == 1.0 and 1.10 == 1.1 => true",
                ".ids | unique => [9007199254740992,9007199254740993]",
                ".ids | group_by(.) | map(length) => [1,2]",
                ".ids | sort => [9007199254740992,9007199254740993,9007199254740993]",
                ".ids | [min, max] => [9007199254740992,9007199254740993]",
                ".wide | [min, max] => [1,18446744073709551615]",
                ".ids - [9007199254740992] => [9007199254740993,9007199254740993]",
                ".ids | index(9007199254740992) => 1",
                ".ids | rindex(9007199254740993) => 2",
                ".ids | indices([9007199254740992, 9007199254740993]) => [1]",
                "[.ids[1]] | contains([9007199254740993]) => false",
                ".ids[0] | floor => 9007199254740993",
                "-.ids[0] | length => 9007199254740993",
                ".ids[0] + 1 => 9007199254740994",
                "-(.ids[0]) => -9007199254740993",
                "9223372036854775807 - 1 => 9223372036854775806",
                ".price + 0 => 1.1",
                "[.price * 2, 7 / 2, 7 % 4] => [2.2,3.5,3]",
                "[1, null, true, \"a\", [1], {a: 1}, 0.5, false] | sort => [null,false,true,0.5,1,\"a\",[1],{\"a\":1}]",
                "[{b: 1}, {a: 2}, {a: 1}, {a: 1, b: 0}] | sort => [{\"a\":1},{\"a\":2},{\"a\":1,\"b\":0},{\"b\":1}]",
                "[nan] | sort | length => 1",
                "[infinite, 1, -infinite, 9223372036854775807] | [min, max] | map(. > 1) => [false,true]"
            })
    void shouldKeepNumbersExact(String program, String output) throws Exception {
        assertThat(run(program)).isEqualTo(output);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ".big + 1",
                ".big - .other",
                "1 * .big",
                ".big / 2",
                ".big % 2",
                "-.big",
                ".big | floor | . + 1",
                ".big | sqrt",
                "[.wide[]] | add",
                "try (.big + 1) catch 0"
            })
    void shouldFailWhereAnIntegerBeyond64BitsIsCalculatedWith(String program) throws Exception {
        assertThat(catchThrowableOfType(JqException.class, () -> run(program)).reason())
                .isEqualTo("Expected a 64-bit integer, but there is a wider one, which only passes through");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "9223372036854775807 + 1",
                "-9223372036854775807 - 2",
                "9223372036854775807 * 2",
                "-(0 - 9223372036854775807 - 1)"
            })
    void shouldFailWhereACalculationOverflows(String program) {
        assertThat(catchThrowableOfType(JqException.class, () -> run(program)).reason())
                .isEqualTo("Expected the jq program to give a value, but the calculation overflows 64 bits");
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " => ",
            quoteCharacter = '`',
            value = {
                ".text | explode | implode => \"a😀é\"",
                ".text | ascii_upcase => \"A😀é\"",
                "\"ÀB😀\" | ascii_downcase => \"Àb😀\"",
                "[128512, 55357] | implode => \"😀\uFFFD\"",
                ".text | [.[1:2], .[2:]] => [\"😀\",\"é\"]",
                ".text | length => 3",
                ".text | split(\"\") | join(\"\") => \"a😀é\"",
                ".text | ltrimstr(\"a\") => \"😀é\"",
                ".text | @uri => \"a%F0%9F%98%80%C3%A9\""
            })
    void shouldKeepCharactersWhole(String program, String output) throws Exception {
        assertThat(run(program)).isEqualTo(output);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"[-1] | implode", "[1114112] | implode", "[1.5] | implode", "[\"a\"] | implode", "1 | implode"})
    void shouldRefuseWhatIsNoCodePoint(String program) {
        assertThat(catchThrowableOfType(JqException.class, () -> run(program)).reason())
                .isEqualTo(
                        "Expected the jq program to give a value, but implode input must be an array of code points");
    }

    private static String run(String program) throws JqException, InterruptedException {
        return JqProgram.compiled(program).run(Json.read(INPUT, JsonNode.class)).toString();
    }
}
