package dev.ratchet.task.transform;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ratchet.document.Json;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every construct of the language looks at the bounds: a loop that calls no function ends wherever it stands. */
@Timeout(60)
class JqTreeTest {
    /** Goes on for 2^200 turns and gives nothing. */
    private static final String LOOP = "(" + "(1,1)|".repeat(200) + "if . == 1 then [][] else . end)";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "LOOP",
                "[LOOP]",
                "{a: LOOP}",
                "{(LOOP): 1}",
                "{\"a\": LOOP}",
                "{\"\\(LOOP)\": 1}",
                "\"\\(LOOP)\"",
                "@base64 \"\\(LOOP)\"",
                "if LOOP then 1 else 2 end",
                "if true then LOOP else 2 end",
                "if false then 1 else LOOP end",
                "if false then 1 elif LOOP then 2 else 3 end",
                "try LOOP",
                "try error(\"x\") catch LOOP",
                "(LOOP)?",
                "LOOP as $x | 1",
                "LOOP as [$x] | 1",
                ". as {(LOOP): $x} | 1",
                "1 as $x | LOOP",
                "reduce LOOP as $x (0; 1)",
                "reduce 1 as $x (LOOP; 1)",
                "reduce 1 as $x (0; LOOP)",
                "foreach LOOP as $x (0; 1)",
                "foreach 1 as $x (0; LOOP)",
                "foreach 1 as $x (0; 1; LOOP)",
                "label $f | LOOP",
                "def f: LOOP; f",
                "def f(g): g; f(LOOP)",
                "-LOOP",
                "LOOP + 1",
                "1 + LOOP",
                "LOOP == 1",
                "LOOP and true",
                "false or LOOP",
                "LOOP // 1",
                "1, LOOP",
                "1 | LOOP",
                ".[LOOP]",
                ".[LOOP:]",
                ".[:LOOP]",
                ".a[LOOP]?",
                ".a = LOOP",
                ".a |= LOOP",
                ".a += LOOP",
                ".a //= LOOP",
                "path(LOOP)",
                "map(LOOP)",
                "select(LOOP)",
                "any(LOOP; true)",
                "limit(LOOP; 1)",
                "first(LOOP)",
                "walk(LOOP)",
                "to_entries | LOOP",
                "test(LOOP)",
                "sub(\"a\"; LOOP)",
                "sort_by(LOOP)"
            })
    void shouldEndALoopWhereverItStands(String construct) throws JqException {
        JqProgram program = JqProgram.compiled(construct.replace("LOOP", LOOP));
        String input = construct.startsWith("map") || construct.startsWith("sort") || construct.startsWith(".[")
                ? "[3, 4]"
                : construct.startsWith("sub") || construct.startsWith("test") ? "\"aaa\"" : "{\"a\": null}";
        JqBounds bounds = new JqBounds();
        bounds.stop();
        JsonNode value = Json.read(input, JsonNode.class);
        assertThatThrownBy(() -> bounds.watch(program.evaluation(value, out -> {})))
                .isInstanceOf(JqBounds.Exceeded.class);
    }
}
