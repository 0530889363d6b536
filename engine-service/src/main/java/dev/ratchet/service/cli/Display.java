package dev.ratchet.service.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ratchet.document.Json;
import dev.ratchet.document.Text;
import java.io.PrintWriter;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Shows a run as it goes: on a terminal a table that is drawn again in place, elsewhere a line for each change. What a
 * document says never reaches a terminal as a command to it.
 */
final class Display {
    private final PrintWriter out;
    private final boolean terminal;
    private final Map<String, String> told = new HashMap<>();
    private int drawn;

    Display(PrintWriter out, boolean terminal) {
        this.out = out;
        this.terminal = terminal;
    }

    /** Says which run it is, and where it can be seen while it goes on. */
    void begin(JsonNode run) {
        line("run " + run.path("id").asText());
        JsonNode page = run.path("links").path("temporal");
        if (page.isTextual()) {
            line("Temporal: " + page.textValue());
        }
        out.flush();
    }

    /** Shows how the run is now. */
    void update(JsonNode run) {
        if (terminal) {
            draw(RunTable.lines(run, System.currentTimeMillis()));
        } else {
            tell(run);
        }
    }

    /** Shows how the run ended. */
    void end(JsonNode run) {
        if (terminal) {
            draw(RunTable.lines(run, System.currentTimeMillis()));
        } else {
            tell(run);
            out.println();
            RunTable.lines(run, System.currentTimeMillis()).forEach(this::line);
        }
        line("run " + run.path("id").asText() + " is " + run.path("state").asText());
        out.flush();
    }

    /** Shows a run once. */
    void table(JsonNode run) {
        RunTable.lines(run, System.currentTimeMillis()).forEach(this::line);
        out.flush();
    }

    static void json(PrintWriter out, JsonNode json) {
        try {
            out.println(escaped(Json.mapper().writerWithDefaultPrettyPrinter().writeValueAsString(json)));
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new IllegalStateException("Expected to write JSON, but cannot", e);
        }
        out.flush();
    }

    private void draw(List<String> lines) {
        if (drawn > 0) {
            out.print("\u001b[" + drawn + "A\u001b[J");
        }
        lines.forEach(this::line);
        drawn = lines.size();
        out.flush();
    }

    private void tell(JsonNode run) {
        for (Map.Entry<String, JsonNode> task : run.path("tasks").properties()) {
            String state = task.getValue().path("state").asText();
            String before = told.put(task.getKey(), state);
            if (!state.equals(before == null ? "pending" : before)) {
                line(RunTable.event(task.getKey(), task.getValue()));
            }
        }
        out.flush();
    }

    private void line(String text) {
        line(out, text);
    }

    /** Text of several lines that may be anybody's, without what a terminal would obey. */
    static String printable(String text) {
        StringBuilder shown = new StringBuilder(text);
        for (int i = 0; i < shown.length(); i++) {
            if (Text.isCommand(shown.charAt(i)) && shown.charAt(i) != '\n') {
                shown.setCharAt(i, '?');
            }
        }
        return shown.toString();
    }

    /** JSON that means the same; what stands outside of its texts is never escaped. */
    private static String escaped(String json) {
        StringBuilder shown = new StringBuilder(json.length());
        for (char c : json.toCharArray()) {
            if (Text.isCommand(c) && c != '\n' && c != '\r') {
                shown.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
            } else {
                shown.append(c);
            }
        }
        return shown.toString();
    }

    /** A line of text that may be anybody's. */
    static void line(PrintWriter out, String text) {
        out.println(printable(text.replace('\n', '?')));
    }
}
