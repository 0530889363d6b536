package dev.ratchet.service.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ratchet.document.Json;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class DisplayTest {
    private final StringWriter out = new StringWriter();

    @Test
    void shouldDrawTheTableAgainInPlace() {
        Display display = new Display(new PrintWriter(out), true);
        display.update(run("running", ""));
        String first = out.toString();
        assertThat(first).contains("TASK", "a      running").doesNotContain("\u001b");
        display.update(run("completed", ""));
        assertThat(out.toString().substring(first.length())).startsWith("\u001b[3A\u001b[J");
    }

    @Test
    void shouldTellEachChangeOnce() {
        Display display = new Display(new PrintWriter(out), false);
        display.update(run("pending", ""));
        display.update(run("running", ""));
        display.update(run("running", ""));
        display.update(run("completed", ""));
        assertThat(out.toString().lines()).containsExactly("a  running", "a  completed");
    }

    @Test
    void shouldNeverSendControlCharactersToATerminal() {
        new Display(new PrintWriter(out), true)
                .end(run(
                        "failed",
                        ", \"error\": {\"code\": \"timeout\", \"message\": \"\\u001b]0;owned\\u0007 \\r\\n\"}"));
        assertThat(out.toString()).contains("?]0;owned").doesNotContain("\u001b", "\u0007", "\r");
    }

    @Test
    void shouldNeverSendWhatTurnsTheDirectionOrIsAControlAboveAscii() {
        String hostile = "\u009b31m \u202e \u2066 \u2028 \u0085";
        new Display(new PrintWriter(out), true)
                .end(run("failed", ", \"error\": {\"code\": \"timeout\", \"message\": \"" + hostile + "\"}"));
        PrintWriter json = new PrintWriter(out);
        Display.json(json, Json.tree(hostile));
        json.println(Problems.line("/" + hostile, "invalid_input", hostile));
        assertThat(out.toString())
                .contains("?31m ? ? ? ?", "\\u009b31m \\u202e \\u2066 \\u2028 \\u0085")
                .doesNotContain("\u009b", "\u202e", "\u2066", "\u2028", "\u0085");
    }

    private static JsonNode run(String state, String more) {
        return Json.read(
                "{\"id\": \"r\", \"state\": \"running\", \"tasks\": {\"a\": {\"state\": \"" + state + "\"}}" + more
                        + "}",
                JsonNode.class);
    }
}
