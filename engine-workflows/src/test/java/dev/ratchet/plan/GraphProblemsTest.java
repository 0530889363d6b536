package dev.ratchet.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ratchet.document.Problem;
import dev.ratchet.testkit.Compiling;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GraphProblemsTest {
    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "a:a | dag_cycle | /tasks/0/deps/0 | Expected a graph without cycles, but there is one: a → a",
                "a:b b:a | dag_cycle | /tasks/0/deps/0 | Expected a graph without cycles, but there is one: a → b → a",
                "z a:z,c b:a c:b d:c | dag_cycle | /tasks/1/deps/1 | Expected a graph without cycles, but there is one: a → b → c → a",
                "d:c c:b b:a a:c | dag_cycle | /tasks/1/deps/0 | Expected a graph without cycles, but there is one: c → a → b → c",
                "a:x | dep_not_found | /tasks/0/deps/0 | Expected a task of this graph, but there is no 'x'",
                "a b:a,a | dag_invalid | /tasks/1/deps/1 | Expected each edge once, but the one from 'a' to 'b' is repeated",
            })
    void shouldRefuseAGraph(String graph, String code, String pointer, String message) {
        assertThat(compile(tasks(graph)).problems()).containsExactly(new Problem(pointer, code, message));
    }

    /** {@code b:a,c} is a task {@code b} that depends on {@code a} and {@code c}. */
    private static String tasks(String graph) {
        StringBuilder tasks = new StringBuilder("{'tasks': [");
        for (String task : graph.split(" ", -1)) {
            String[] parts = task.split(":", -1);
            String deps = parts.length == 1 ? "" : "'" + parts[1].replace(",", "', '") + "'";
            tasks.append(tasks.length() > 11 ? ", " : "");
            tasks.append("{'id': '" + parts[0] + "', 'type': 'function', 'function': 'noop', 'deps': [" + deps + "]}");
        }
        return tasks.append("]}").toString();
    }

    @Test
    void shouldPointIntoEdgesWhereThoseWereSent() {
        Compilation compilation = compile("""
                {'nodes': [{'id': 'a', 'type': 'function'}, {'id': 'b', 'type': 'function'}],
                 'edges': [{'from': 'a', 'to': 'b'}, {'source': 'b', 'target': 'a'}, {'from': 'a', 'target': 'nobody'},
                           {'source': 'ghost', 'to': 'a'}, {'from': 'a', 'to': 'b'}]}""");

        assertThat(compilation.problems())
                .extracting(Problem::code, Problem::pointer)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("dag_cycle", "/edges/1"),
                        org.assertj.core.groups.Tuple.tuple("dep_not_found", "/edges/2/target"),
                        org.assertj.core.groups.Tuple.tuple("dep_not_found", "/edges/3/source"),
                        org.assertj.core.groups.Tuple.tuple("dag_invalid", "/edges/4"));
        assertThat(compilation.isMalformed()).isFalse();
    }

    @Test
    void shouldAllowSeveralDifferentEdgesBetweenTwoTasks() {
        Plan plan = Compiling.plan("""
                {'tasks': [{'id': 'a', 'type': 'function'},
                  {'id': 'b', 'type': 'function', 'deps': ['a', {'task': 'a', 'port': 'x', 'to_input': 'x'},
                    {'task': 'a', 'port': 'y', 'to_input': 'y'}, {'task': 'a', 'port': 'y', 'to_input': 'l[]'},
                    {'task': 'a', 'port': 'x', 'to_input': 'l[]'}]}]}""");

        assertThat(plan.root().node(1).edges()).hasSize(5);
        assertThat(plan.root().node(0).task().questions())
                .containsExactly(new Question.Port("x"), new Question.Port("y"));
    }

    @Test
    void shouldRefuseTwoEdgesThatFeedOneInput() {
        Compilation compilation = compile("""
                {'tasks': [{'id': 'a', 'type': 'function'}, {'id': 'b', 'type': 'function'},
                  {'id': 'c', 'type': 'function', 'deps': [{'task': 'a', 'to_input': 'x'}, {'task': 'b', 'to_input': 'x'},
                    {'task': 'b', 'to_input': 'x[]'}]}]}""");
        String message = "Expected one edge to feed 'x' of 'c', but there are two; 'x[]' collects several";

        assertThat(compilation.problems())
                .containsExactly(
                        new Problem("/tasks/2/deps/1/to_input", "dag_invalid", message),
                        new Problem("/tasks/2/deps/2/to_input", "dag_invalid", message));
    }

    @Test
    void shouldRefuseModelsThatTheCatalogueLacks() {
        Compilation compilation = compile("""
                {'tasks': [{'id': 'a', 'prompt': 'x', 'model': 'gpt-17'}, {'id': 'b', 'prompt': 'x', 'model': 'fast'},
                           {'id': 'c', 'prompt': 'x', 'model': '${input.model}'}, {'id': 'd', 'prompt': 'x'}]}""");

        assertThat(compilation.problems())
                .containsExactly(new Problem(
                        "/tasks/0/model", "model_unknown", "Expected a model of the catalogue, but 'gpt-17' is none"));
    }

    @Test
    void shouldRefuseBudgetsInAnotherCurrencyAsAProblemOfForm() {
        Compilation compilation = compile("""
                {'policy': {'budget_limit': {'amount': 5, 'currency': 'EUR'}}, 'tasks': [{'id': 'a', 'type': 'function'}]}""");

        assertThat(compilation.problems())
                .containsExactly(new Problem(
                        "/policy/budget_limit/currency",
                        "invalid_input",
                        "Expected a budget in USD, the currency of the model catalogue, but it is in EUR"));
        assertThat(compilation.isMalformed()).isTrue();
    }

    @Test
    void shouldReportAllProblemsOfTheGraphInTheOrderOfTheirKinds() {
        Compilation compilation = compile("""
                {'tasks': [
                  {'id': 'a', 'prompt': '${nothing}', 'model': 'gpt-17', 'deps': ['x']},
                  {'id': 'b', 'type': 'function', 'deps': ['b']},
                  {'id': 'c', 'type': 'function', 'deps': ['a', 'a'], 'when': 'tasks.z.output'},
                  {'id': 'd', 'type': 'agent', 'group': 'g'}]}""");

        assertThat(compilation.problems())
                .extracting(problem -> problem.code() + " " + problem.pointer())
                .containsExactly(
                        "dag_cycle /tasks/1/deps/0",
                        "dep_not_found /tasks/0/deps/0",
                        "dag_invalid /tasks/2/deps/1",
                        "dag_invalid /tasks/3/group",
                        "model_unknown /tasks/0/model",
                        "expression_invalid /tasks/0/prompt",
                        "expression_invalid /tasks/2/when");
    }

    @Test
    void shouldHideProblemsOfTheGraphBehindThoseOfForm() {
        Compilation compilation = compile("""
                {'nme': 1, 'tasks': [{'id': 'a', 'type': 'function', 'function': 7, 'deps': ['a']}]}""");

        assertThat(compilation.problems())
                .extracting(problem -> problem.code() + " " + problem.pointer())
                .containsExactly("invalid_input /nme", "invalid_input /tasks/0/function");
    }

    @Test
    void shouldRefuseMoreTasksAndEdgesThanTheLimits() {
        Compilation compilation = limited(new Limits(2, 1, 500, 4096)).compile(Compiling.json(tasks("a b:a c:a,b")));

        assertThat(compilation.problems())
                .containsExactly(
                        new Problem("/tasks", "limit_exceeded", "Expected at most 2 tasks, but there are 3"),
                        new Problem("/tasks", "limit_exceeded", "Expected at most 1 edges, but there are 3"));
    }

    @Test
    void shouldRefuseMoreParallelismAndLongerExpressionsThanTheLimits() {
        Limits limits = new Limits(10, 10, 8, 12);
        String task = "'id': 'a', 'type': 'function', 'function': 'noop', 'memory': ['${input.long_name}']";

        assertThat(limited(limits, "{'policy': {'max_parallelism': 9}, 'tasks': [{" + task + "}]}"))
                .containsExactly(new Problem(
                        "/policy/max_parallelism",
                        "invalid_input",
                        "Expected max_parallelism to be at most 8, but it is 9"));
        assertThat(
                        limited(
                                limits,
                                "{'memory': ['${input.run_name}'], 'policy': {'max_parallelism': 8}, 'tasks': [{" + task
                                        + ", 'when': 'input.x == true'}, {'id': 'b', 'type': 'function',"
                                        + "'deps': [{'task': 'a', 'when': {'jsonpath': '$.a_long_field'}}], 'when': 'input.x == 1'}]}"))
                .allSatisfy(problem -> assertThat(problem.message())
                        .isEqualTo("Expected an expression of at most 12 bytes, but it is longer"))
                .extracting(Problem::pointer)
                .containsExactlyInAnyOrder("/tasks/0/memory/0", "/tasks/0/when", "/tasks/1/deps/0/when", "/memory/0");
    }

    @Test
    void shouldGiveARunThatSaysNothingNoMoreParallelismThanTheLimit() {
        PlanCompiler small = limited(new Limits(10, 10, 8, 4096));

        assertThat(small.compile(Compiling.json(tasks("a"))).orThrow().policy().maxParallelism())
                .isEqualTo(8);
    }

    private static List<Problem> limited(Limits limits, String document) {
        return limited(limits).compile(Compiling.json(document)).problems();
    }

    private static PlanCompiler limited(Limits limits) {
        return new PlanCompiler(
                new dev.ratchet.testkit.TestTypes(),
                dev.ratchet.testkit.TestTypes.MODELS,
                limits,
                Compiling.json("{}"));
    }

    @Test
    void shouldCutALongCycleShort() {
        StringBuilder graph = new StringBuilder("t0:t999");
        for (int i = 1; i < 1000; i++) {
            graph.append(" t").append(i).append(":t").append(i - 1);
        }
        List<Problem> problems = compile(tasks(graph.toString())).problems();

        assertThat(problems).hasSize(1);
        assertThat(problems.get(0).message())
                .contains("t0 → t1 → ")
                .endsWith("t39 → … (960 more) → t0")
                .hasSizeLessThan(500);
    }

    private static Compilation compile(String document) {
        return Compiling.compile(document);
    }
}
