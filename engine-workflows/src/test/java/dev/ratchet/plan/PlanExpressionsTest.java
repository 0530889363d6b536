package dev.ratchet.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ratchet.document.Problem;
import dev.ratchet.testkit.Compiling;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The graph here is {@code a → b → c}, with {@code x} beside; it is {@code c} that reads. */
class PlanExpressionsTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "'type': 'function', 'input': {'v': '${tasks.a.output.x} of ${tasks.b.state}'}",
                "'type': 'function', 'input': '${ctx.a.output}'",
                "'prompt': '${args.text} ${input.topic} ${run.id} ${run.labels.team} ${run.organization}'",
                "'prompt': 'x', 'memory': ['${tasks.a.output}']",
                "'type': 'transform', 'expression': 'tasks.a.output.n + 1'",
                "'type': 'transform', 'jq': '${nothing}'",
                "'type': 'http', 'url': 'https://x/${secrets.KEY}', 'headers': {'authorization': 'Bearer ${secrets.KEY}'}",
                "'type': 'function', 'when': 'tasks.a.output.n > 1 && args.n > 2 && input.x'",
                "'type': 'function', 'input': {'v': 'costs $${5}'}",
                "'type': 'function', 'metadata': {'v': '${nothing}'}",
            })
    void shouldAccept(String fields) {
        assertThat(compile(fields, "'b'").problems()).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'prompt': '${tasks.x.output}' | /tasks/2/prompt | Expected tasks that are always settled before this one, but 'x' is not",
                "'prompt': '${tasks.c.output}' | /tasks/2/prompt | Expected tasks that are always settled before this one, but 'c' is not",
                "'prompt': '${tasks.ghost.output}' | /tasks/2/prompt | Expected tasks that are always settled before this one, but 'ghost' is not",
                "'type': 'function', 'when': 'tasks.x.output' | /tasks/2/when | Expected tasks that are always settled before this one, but 'x' is not",
                "'type': 'function', 'input': {'a/b': ['', '${tasks.x.state}']} | /tasks/2/input/a~1b/1 | Expected tasks that are always settled before this one, but 'x' is not",
                "'prompt': 'x', 'memory': ['', '${tasks.x.state}'] | /tasks/2/memory/1 | Expected tasks that are always settled before this one, but 'x' is not",
                "'type': 'transform', 'expression': 'tasks.x.output' | /tasks/2/expression | Expected tasks that are always settled before this one, but 'x' is not",
                "'prompt': '${secrets.KEY}' | /tasks/2/prompt | Expected one of the names args, input, run, tasks, but 'secrets' is not available in this field",
                "'type': 'http', 'body': '${secrets.KEY}' | /tasks/2/body | Expected one of the names args, input, run, tasks, but 'secrets' is not available in this field",
                "'type': 'function', 'input': '${args.x}' | /tasks/2/input | Expected one of the names input, run, tasks, but 'args' is not available in this field",
                "'prompt': '${output.x}' | /tasks/2/prompt | Expected one of the names args, input, run, tasks, but 'output' is not available in this field",
                "'type': 'function', 'when': '$.score > 1' | /tasks/2/when | Expected one of the names args, input, run, tasks, but 'output' is not available in this field",
                "'type': 'function', 'when': {'cel': 'true'} | /tasks/2/when | Expected a condition as CEL text, {\"type\": \"cel\", \"expression\": …}, {\"jsonpath\": …} or {\"schema\": {…}}, but it has another form",
                "'prompt': '${input.x' | /tasks/2/prompt | Expected '}' after '${', but the text ends; write '$${' for a literal '${'",
            })
    void shouldRefuse(String fields, String pointer, String message) {
        assertThat(compile(fields, "'b'").problems())
                .containsExactly(new Problem(pointer, "expression_invalid", message));
    }

    @Test
    void shouldRefuseLongExpressionsAndReportEachBadField() {
        Compilation compilation =
                compile("'prompt': '${" + "1+".repeat(2100) + "1}', 'system': '${)}', 'when': '+'", "'b'");

        assertThat(compilation.problems())
                .extracting(problem -> problem.code() + " " + problem.pointer())
                .containsExactly(
                        "expression_invalid /tasks/2/when",
                        "expression_invalid /tasks/2/prompt",
                        "expression_invalid /tasks/2/system");
    }

    @Test
    void shouldSayWhatATaskReads() {
        Node node = node("'prompt': '${tasks.b.output}${tasks.a.state}', 'input': {'v': '${tasks.a.output}'}", "'b'");

        assertThat(node.task().reads()).containsExactly("a", "b");
        assertThat(node.lateReads()).isEmpty();
        assertThat(node.needsDecision()).isFalse();
    }

    @Test
    void shouldLetTheSourceAnswerWhatItsOutputAnswers() {
        Plan plan = plan("'type': 'function'", """
                {'task': 'b', 'when': '$.n >= input.limit'}, {'task': 'b', 'when': 'output.n >= input.limit', 'to_input': 'i'},
                {'task': 'b', 'when': {'jsonpath': '$.k'}}, {'task': 'b', 'port': 'p', 'when': {'schema': {'type': 'object'}}}""");
        Node source = plan.root().node(1);
        Node target = plan.root().node(2);

        assertThat(source.task().questions())
                .containsExactly(
                        new Question.Holds(Compiling.json("'output.n >= input.limit'")),
                        new Question.Holds(Compiling.json("{'jsonpath': '$.k'}")),
                        new Question.Port("p"),
                        new Question.Holds(Compiling.json("{'schema': {'type': 'object'}}")));
        assertThat(target.edges())
                .containsExactly(
                        new Edge("b", null, null, -1, 0, -1),
                        new Edge("b", null, "i", -1, 0, -1),
                        new Edge("b", null, null, -1, 1, -1),
                        new Edge("b", "p", null, 2, 3, -1));
        assertThat(target.late()).isEmpty();
    }

    @Test
    void shouldKeepConditionsThatReadTasksForLater() {
        Node target = node("'type': 'function'", """
                {'task': 'b', 'when': 'output.n > tasks.a.output.n'}, {'task': 'a', 'when': 'tasks.b.state == "failed"'},
                {'task': 'a', 'when': 'output.n > 1'}""".replace("\"failed\"", "\\\"failed\\\""));

        assertThat(target.edges())
                .containsExactly(
                        new Edge("b", null, null, -1, -1, 0),
                        new Edge("a", null, null, -1, -1, 1),
                        new Edge("a", null, null, -1, 0, -1));
        assertThat(target.late())
                .isEqualTo(List.of(
                        Compiling.json("{'from': 'b', 'condition': 'output.n > tasks.a.output.n'}"),
                        Compiling.json("{'from': 'a', 'condition': 'tasks.b.state == \\\"failed\\\"'}")));
        assertThat(target.lateReads()).containsExactly("a", "b");
        assertThat(target.needsDecision()).isTrue();
    }

    @Test
    void shouldRefuseEdgeConditionsOverTasksBeside() {
        assertThat(compile("'type': 'function'", "{'task': 'b', 'when': 'tasks.x.output == args'}")
                        .problems())
                .containsExactly(
                        new Problem(
                                "/tasks/2/deps/0/when",
                                "expression_invalid",
                                "Expected one of the names input, output, run, tasks, but 'args' is not available in this field"));
        assertThat(compile("'type': 'function'", "{'task': 'b', 'when': 'tasks.x.output'}")
                        .problems())
                .containsExactly(new Problem(
                        "/tasks/2/deps/0/when",
                        "expression_invalid",
                        "Expected tasks that are always settled before this one, but 'x' is not"));
    }

    @Test
    void shouldHaveAtHandWhatAConditionReadsThroughArgs() {
        Node node = node("'type': 'function', 'input': {'v': '${tasks.a.output}'}, 'when': 'args.v > 1'", "'b'");

        assertThat(node.when()).isEqualTo(Compiling.json("'args.v > 1'"));
        assertThat(node.lateReads()).containsExactly("a");
    }

    @Test
    void shouldCheckTheMemoryOfTheRun() {
        Compilation compilation = Compiling.compile("""
                {'memory': ['${input.x} ${run.id}', '${tasks.a.output}'], 'tasks': [{'id': 'a', 'prompt': 'x'}]}""");

        assertThat(compilation.problems())
                .containsExactly(new Problem(
                        "/memory/1",
                        "expression_invalid",
                        "Expected one of the names input, run, but 'tasks' is not available in this field"));
    }

    private static Node node(String fields, String deps) {
        return plan(fields, deps).root().node(2);
    }

    private static Plan plan(String fields, String deps) {
        return compile(fields, deps).orThrow();
    }

    private static Compilation compile(String fields, String deps) {
        return Compiling.compile(
                "{'tasks': [{'id': 'a', 'type': 'function'}, {'id': 'b', 'type': 'function', 'deps': ['a']},"
                        + "{'id': 'c', 'deps': [" + deps + "], " + fields + "}, {'id': 'x', 'type': 'function'}]}");
    }
}
