package dev.ratchet.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ratchet.document.Problem;
import dev.ratchet.testkit.Compiling;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TaskFormTest {
    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'type': 'magic' | /tasks/0/type | Expected a task type this engine offers (agent, function, http, pair, prompt, run, transform), but 'magic' is none of them",
                "'prompt': 5 | /tasks/0/prompt | Expected 'prompt' to be text, but it is an integer",
                "'prompt': 'x', 'colour': 1 | /tasks/0/colour | Expected only known fields, but 'colour' is none",
                "'prompt': 'x', 'temperature': 2.5 | /tasks/0/temperature | Expected 'temperature' to be at most 2, but it is more",
                "'prompt': 'x', 'max_output_tokens': 3.5 | /tasks/0/max_output_tokens | Expected 'max_output_tokens' to be an integer, but it is a number with a fraction",
                "'prompt': 'x', 'max_output_tokens': '5' | /tasks/0/max_output_tokens | Expected 'max_output_tokens' to be an integer, but it is text",
                "'prompt': 'x', 'max_output_tokens': '${1} ' | /tasks/0/max_output_tokens | Expected 'max_output_tokens' to be an integer, but it is text",
                "'prompt': 'x', 'max_output_tokens': '$${1}' | /tasks/0/max_output_tokens | Expected 'max_output_tokens' to be an integer, but it is text",
                "'type': 'http', 'method': 'BREW' | /tasks/0/method | Expected 'method' to be one of GET, POST, but it is none of these",
                "'type': 'http', 'headers': {'a/b': 1} | /tasks/0/headers/a~1b | Expected 'a/b' to be text, but it is an integer",
                "'type': 'http', 'success_status': 'x' | /tasks/0/success_status | Expected 'success_status' to have one of the forms its schema allows, but it has none",
                "'type': 'http', 'success_status': [1, 'x'] | /tasks/0/success_status | Expected 'success_status' to have one of the forms its schema allows, but it has none",
                "'type': 'transform', 'jq': ['${1}'] | /tasks/0/jq | Expected 'jq' to be text, but it is an array",
                "'type': 'function', 'function': 'refuse' | /tasks/0/function | Expected another function, but this one is refused",
                "'type': 'function', 'function': 'sleep' | /tasks/0 | Expected the field 'ms', but it is missing",
                "'type': 'function', 'function': 'sleep', 'input': {} | /tasks/0/input | Expected the field 'ms', but it is missing",
                "'type': 'function', 'function': 'sleep', 'input': {'ms': -1} | /tasks/0/input/ms | Expected 'ms' to be at least 0, but it is less",
                "'type': 'function', 'output_schema': {'type': 'sting'} | /tasks/0/output_schema | Expected a JSON Schema, but a keyword in it has a wrong value",
                "'type': 'function', 'output_schema': {'$ref': 'http://127.0.0.1/x'} | /tasks/0/output_schema | Expected a JSON Schema without references to elsewhere, but it cannot be read",
                "'type': 'function', 'input': [], 'deps': [{'task': 'b', 'to_input': 'x'}] | /tasks/0/input | Expected input to be an object, since edges feed fields of it, but it is none",
            })
    void shouldRefuseATask(String fields, String pointer, String message) {
        assertThat(compile(fields).problems()).containsExactly(new Problem(pointer, "invalid_input", message));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'prompt': 'x', 'max_output_tokens': '${input.n}'",
                "'prompt': '${input.x}'",
                "'type': 'http', 'method': '${input.m}'",
                "'type': 'http', 'success_status': '${input.s}'",
                "'type': 'http', 'success_status': [200, '${input.s}']",
                "'type': 'http', 'success_status': [200, 201]",
                "'type': 'http', 'headers': '${input.h}'",
                "'type': 'transform', 'jq': '${ not a template'",
                "'type': 'function', 'function': 'sleep', 'input': {'ms': '${input.ms}'}",
                "'type': 'function', 'function': 'sleep', 'input': '${input}'",
                "'type': 'function', 'function': 'sleep', 'deps': [{'task': 'b', 'to_input': 'ms'}]",
                "'type': 'function', 'function': 'sleep', 'input': {'ms': 'x'}, 'deps': [{'task': 'b', 'to_input': 'ms'}]",
                "'type': 'function', 'input': '${input.all}', 'deps': [{'task': 'b', 'to_input': 'ms'}]",
                "'type': 'function', 'output_schema': true",
            })
    void shouldAcceptATask(String fields) {
        assertThat(compile(fields).problems()).isEmpty();
    }

    @Test
    void shouldPointIntoTheConfigOfANode() {
        Compilation compilation = Compiling.compile("""
                {'nodes': [{'id': 'a', 'type': 'http', 'config': {'method': 'BREW', 'headers': {'x': 1}}, 'url': 5},
                           {'id': 'b', 'config': {'prompt': 7}}]}""");

        assertThat(compilation.problems())
                .extracting(Problem::pointer)
                .containsExactlyInAnyOrder(
                        "/nodes/0/config/method",
                        "/nodes/0/config/headers/x",
                        "/nodes/0/url",
                        "/nodes/1/config/prompt");
    }

    @Test
    void shouldTakeOtherProblemsOfAnInspectorForThoseOfTheGraph() {
        assertThat(compile("'type': 'function', 'function': 'unroutable'").problems())
                .containsExactly(
                        new Problem("/tasks/0/function", "dag_invalid", "Expected a way out, but there is none"));
    }

    @Test
    void shouldReportProblemsOfTheReaderAndOfTheTypesTogether() {
        assertThat(compile("'prompt': 'x', 'colour': 1, 'priority': 0").problems())
                .extracting(Problem::pointer)
                .containsExactly("/tasks/0/priority", "/tasks/0/colour");
    }

    @Test
    void shouldReportEachMissingField() {
        assertThat(compile("'type': 'pair'").problems())
                .extracting(Problem::message)
                .containsExactly(
                        "Expected the field 'left', but it is missing",
                        "Expected the field 'right', but it is missing");
        assertThat(compile("'type': 'pair', 'left': {}, 'right': 1").problems())
                .extracting(problem -> problem.pointer() + " " + problem.message())
                .containsExactly(
                        "/tasks/0/left Expected the field 'x', but it is missing",
                        "/tasks/0/left Expected the field 'y', but it is missing");
    }

    private static Compilation compile(String fields) {
        return Compiling.compile("{'tasks': [{'id': 'a', " + fields + "}, {'id': 'b', 'type': 'function'}]}");
    }
}
