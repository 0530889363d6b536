package dev.ratchet.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ratchet.document.Json;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A megabyte passes through three tasks, is looked at by conditions and expressions, and never enters a history. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LargeOutputTest {
    private static final int CHARS = 1_000_000;

    @RegisterExtension
    static final EngineOfClass ENGINE = new EngineOfClass();

    private static final ObjectNode DOCUMENT = Doc.tasks(
            "",
            "{id: 'make', type: 'function', function: 'test_text', input: {chars: %d}}".formatted(CHARS),
            "{id: 'second', type: 'function', function: 'echo', deps: [{task: 'make', port: 'text', to_input: 'text'}]}",
            "{id: 'third', type: 'function', function: 'echo', deps: ['second'], input: '${tasks.second.output}'}",
            "{id: 'measured', type: 'transform', expression: 'size(tasks.third.output.text)', deps: ['third']}",
            "{id: 'told', type: 'function', function: 'echo', deps: ['make'],"
                    + " input: {n: '${tasks.make.output.score + 1}', text: 'of ${size(tasks.make.output.text)} characters'}}",
            "{id: 'taken', type: 'function', function: 'noop',"
                    + " deps: [{task: 'make', when: 'output.text.startsWith(\"make \") && output.score >= 90'}]}",
            "{id: 'untaken', type: 'function', function: 'noop', deps: [{task: 'make', when: '$.score < 90'}]}",
            "{id: 'late', type: 'function', function: 'noop', deps: ['third'],"
                    + " when: 'size(tasks.third.output.text) == size(tasks.make.output.text)'}");

    private RunHandle run;
    private RunAnswer end;

    @BeforeAll
    void runOnce() {
        run = ENGINE.api().submit(DOCUMENT);
        end = run.ended();
    }

    @Test
    void shouldShowWhereAnOutputIsAndHowItBegins() {
        assertThat(end.state()).as("%s", end.json()).isEqualTo("completed");
        for (String id : new String[] {"make", "second", "third"}) {
            JsonNode task = end.task(id);
            assertThat(task.has("output")).isFalse();
            assertThat(task.path("output_ref").path("mime_type").asText()).isEqualTo("application/json");
            assertThat(task.path("output_ref").path("size").asInt()).isBetween(CHARS, CHARS + 100);
            assertThat(task.path("preview").asText()).contains("make make").hasSizeLessThan(5_000);
        }
        assertThat(end.json().toString()).hasSizeLessThan(50_000);
    }

    @Test
    void shouldStreamTheWholeOutput() {
        String text = TextFunction.text("make", CHARS);
        byte[] made = run.output("make");

        assertThat(made)
                .hasSize(end.task("make").path("output_ref").path("size").asInt());
        assertThat(new String(made, StandardCharsets.UTF_8)).isEqualTo("{\"score\":90,\"text\":\"" + text + "\"}");
        assertThat(new String(run.output("second"), StandardCharsets.UTF_8)).isEqualTo("{\"text\":\"" + text + "\"}");
        assertThat(run.output("third")).isEqualTo(run.output("second"));
        assertThat(end.task("third").path("output_ref").path("ref"))
                .isEqualTo(end.task("second").path("output_ref").path("ref"));
    }

    @Test
    void shouldSeeItWholeInExpressions() {
        assertThat(end.task("measured").path("output").asInt()).isEqualTo(CHARS);
        assertThat(end.task("told").path("output"))
                .isEqualTo(Json.read("{\"n\": 91, \"text\": \"of " + CHARS + " characters\"}", JsonNode.class));
    }

    @Test
    void shouldSeeItWholeInConditions() {
        assertThat(end.state("taken")).isEqualTo("completed");
        assertThat(end.state("late")).isEqualTo("completed");
        assertThat(end.state("untaken")).isEqualTo("skipped");
        assertThat(end.task("untaken").path("reason").asText()).isEqualTo("condition");
    }

    @Test
    void shouldKeepItOutOfTheHistory() {
        long bytes = Executions.of(run, ENGINE.temporal()).bytes();

        assertThat(bytes).isLessThan(200_000);
    }
}
