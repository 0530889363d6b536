package dev.ratchet.document;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DocumentReaderTest {
    private static final String TASKS = "'tasks': [{'id': 'a', 'type': 't'}]";

    @Test
    void shouldReadEverythingADocumentMaySay() {
        Reading reading = read("""
                {'id': 'workflow-001', 'name': 'Quarterly report', 'labels': {'team': 'growth', 'empty': ''},
                 'organization': 'acme', 'input': {'topic': 'durability'}, 'memory': ['We are a small team.'],
                 'policy': {'max_parallelism': 4, 'timeout_ms': 300000, 'idle_timeout_ms': 3600000, 'task_timeout_ms': 600000,
                   'budget_limit': {'amount': 5.0, 'currency': 'USD'}, 'on_budget': 'fail', 'on_failure': 'fail_fast',
                   'on_condition_error': 'fail', 'trigger_rule': 'none_failed', 'scheduling': 'batch',
                   'tasks_per_activity': 'auto',
                   'retry': {'max_attempts': 1, 'initial_interval_ms': 1000, 'backoff': 2.0, 'max_interval_ms': 60000, 'retry_on': []},
                   'context_policy': {'strategy': 'none', 'max_tokens': 8000, 'keep_last_n': 5, 'truncate_to': 2000}},
                 'tasks': [
                   {'id': 'analyze', 'prompt': 'Analyze requirements', 'model': 'claude-3-haiku-20240307'},
                   {'id': 'design', 'prompt': 'Design', 'deps': ['analyze',
                      {'task': 'analyze', 'port': 'yes', 'when': 'output.score >= 80', 'to_input': 'text'}],
                    'trigger_rule': 'all_done', 'when': 'true', 'input': {'x': 1}, 'output_schema': {'type': 'object'},
                    'retry': {'max_attempts': 3}, 'timeout_ms': 5, 'allow_failure': true, 'group': 'g', 'cost': 0.5,
                    'task_queue': 'q', 'metadata': {'m': 1}, 'priority': 5, 'memory': ['m']}]}""");

        assertThat(reading.problems()).isEmpty();
        RunDocument document = reading.document();
        assertThat(document.about().id()).isEqualTo("workflow-001");
        assertThat(document.about().labels()).containsEntry("empty", "").containsEntry("team", "growth");
        assertThat(document.policy().limits().tasksPerActivity()).isZero();
        TaskDocument design = document.graph().tasks().get(1);
        assertThat(design.type()).isEqualTo(new Located<>("prompt", "/tasks/1/prompt"));
        assertThat(design.config()).hasToString("{\"prompt\":\"Design\"}");
        assertThat(design.options().priority()).isEqualTo(5);
        assertThat(document.graph().edges()).hasSize(2);
        EdgeDocument edge = document.graph().edges().get(1);
        assertThat(edge.port()).isEqualTo(new Located<>("yes", "/tasks/1/deps/1/port"));
        assertThat(edge.to()).isEqualTo(new Located<>("design", "/tasks/1"));
    }

    @Test
    void shouldReadNodesWithTheirFieldsUnderConfigOrBeside() {
        Reading reading = read("""
                {'nodes': [{'id': 'a', 'type': 'agent', 'config': {'queue': 'q', 'timeout_ms': 7, 'input': {'x': 1}}},
                           {'id': 'b', 'config': {'prompt': 'p'}}],
                 'edges': [{'source': 'a', 'target': 'b', 'sourceOutput': 'o', 'targetInput': 'i[]', 'when': 'true'},
                           {'from': 'a', 'to': 'b', 'from_output': 'p', 'to_input': 'j', 'condition': {'schema': {}}}]}""");

        assertThat(reading.problems()).isEmpty();
        GraphDocument graph = reading.document().graph();
        TaskDocument agent = graph.tasks().get(0);
        assertThat(agent.config()).hasToString("{\"queue\":\"q\"}");
        assertThat(agent.options().timeoutMs()).isEqualTo(7);
        assertThat(agent.at("queue")).isEqualTo("/nodes/0/config/queue");
        assertThat(agent.atConfig("/queue/x~1y/0")).isEqualTo("/nodes/0/config/queue/x~1y/0");
        assertThat(graph.tasks().get(1).type()).isEqualTo(new Located<>("prompt", "/nodes/1/config/prompt"));
        assertThat(graph.edges().get(0).from()).isEqualTo(new Located<>("a", "/edges/0/source"));
        assertThat(graph.edges().get(0).toInput()).isEqualTo(new Located<>("i[]", "/edges/0/targetInput"));
        assertThat(graph.edges().get(1).port()).isEqualTo(new Located<>("p", "/edges/1/from_output"));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'id': ''} | /id | Expected id to be text of 1 to 128 characters, but it is empty",
                "{'id': 5} | /id | Expected id to be text, but it is an integer",
                "{'id': null} | /id | Expected id to be text, but it is null",
                "{'id': 'a b'} | /id | Expected id to be letters, digits, '_', '.' and '-', not beginning with '.' or '-', but it has others",
                "{'id': '.a'} | /id | Expected id to be letters, digits, '_', '.' and '-', not beginning with '.' or '-', but it has others",
                "{'id': 'a\\u0000'} | /id | Expected id to be text without control characters, but it has some",
                "{'labels': {'a': 'x\\ny'}} | /labels/a | Expected a to be text without control characters, but it has some",
                "{'name': true} | /name | Expected name to be text, but it is true",
                "{'organization': 'a/b'} | /organization | Expected organization to be letters, digits, '_', '.' and '-', not beginning with '.' or '-', but it has others",
                "{'labels': []} | /labels | Expected labels to be an object, but it is an array",
                "{'labels': {'': 'x'}} | /labels/ | Expected the name of a label to have 1 to 63 characters, but it has 0",
                "{'labels': {'a/b~': 1}} | /labels/a~1b~0 | Expected a/b~ to be text, but it is an integer",
                "{'memory': 'x'} | /memory | Expected memory to be an array, but it is text",
                "{'memory': ['x', 1]} | /memory/1 | Expected each entry of memory to be text, but this one is an integer",
                "{'policy': null} | /policy | Expected policy to be an object, but it is null",
                "{'colour': 1} | /colour | Expected only known fields of a run document, but 'colour' is none",
                "{'nodes': [{'id': 'a', 'type': 't'}]} | /tasks | Expected either tasks, or nodes and edges, but there are both",
                "{'edges': []} | /edges | Expected edges beside nodes, but there are tasks: their edges are deps",
                "{'policy': {'max_parallelism': 0}} | /policy/max_parallelism | Expected max_parallelism to be an integer from 1 to 500, but it is 0",
                "{'policy': {'max_parallelism': 501}} | /policy/max_parallelism | Expected max_parallelism to be an integer from 1 to 500, but it is 501",
                "{'policy': {'max_parallelism': 3.99}} | /policy/max_parallelism | Expected max_parallelism to be an integer, but it is a number with a fraction or an exponent",
                "{'policy': {'max_parallelism': '5'}} | /policy/max_parallelism | Expected max_parallelism to be an integer, but it is text",
                "{'policy': {'max_parallelism': 12345678901234567890}} | /policy/max_parallelism | Expected max_parallelism to be an integer from 1 to 500, but it is not",
                "{'policy': {'timeout_ms': -1}} | /policy/timeout_ms | Expected timeout_ms to be an integer from 1 to 3153600000000, but it is -1",
                "{'policy': {'idle_timeout_ms': 0}} | /policy/idle_timeout_ms | Expected idle_timeout_ms to be an integer from 1 to 3153600000000, but it is 0",
                "{'policy': {'task_timeout_ms': 'x'}} | /policy/task_timeout_ms | Expected task_timeout_ms to be an integer, but it is text",
                "{'policy': {'on_budget': 'stop'}} | /policy/on_budget | Expected on_budget to be one of fail, pause, but it is none of these",
                "{'policy': {'on_failure': 1}} | /policy/on_failure | Expected on_failure to be one of fail_fast, finish_running, skip_dependents, but it is an integer",
                "{'policy': {'on_condition_error': ''}} | /policy/on_condition_error | Expected on_condition_error to be one of fail, fallback, but it is none of these",
                "{'policy': {'trigger_rule': 'some'}} | /policy/trigger_rule | Expected trigger_rule to be one of none_failed, all_success, any_success, any_failed, all_done, but it is none of these",
                "{'policy': {'scheduling': 'now'}} | /policy/scheduling | Expected scheduling to be one of batch, dataflow, but it is none of these",
                "{'policy': {'tasks_per_activity': 65}} | /policy/tasks_per_activity | Expected tasks_per_activity to be an integer from 1 to 64, but it is 65",
                "{'policy': {'tasks_per_activity': 'all'}} | /policy/tasks_per_activity | Expected tasks_per_activity to be auto or an integer from 1 to 64, but it is neither",
                "{'policy': {'retries': 1}} | /policy/retries | Expected only known fields of a policy, but 'retries' is none",
                "{'policy': {'retry': {'max_attempts': 0}}} | /policy/retry/max_attempts | Expected max_attempts to be an integer from 1 to 10000, but it is 0",
                "{'policy': {'retry': {'backoff': 0.5}}} | /policy/retry/backoff | Expected backoff to be a number from 1, but it is less",
                "{'policy': {'retry': {'initial_interval_ms': -1}}} | /policy/retry/initial_interval_ms | Expected initial_interval_ms to be an integer from 0 to 3153600000000, but it is -1",
                "{'policy': {'retry': {'retry_on': ['timeout', 'bad_luck']}}} | /policy/retry/retry_on/1 | Expected retry_on to list error codes of tasks, but this is none",
                "{'policy': {'retry': {'jitter': 1}}} | /policy/retry/jitter | Expected only known fields of retry, but 'jitter' is none",
                "{'policy': {'context_policy': {'strategy': 'magic'}}} | /policy/context_policy/strategy | Expected strategy to be one of none, keep_last_n, truncate, truncate_to, but it is none of these",
                "{'policy': {'context_policy': {'max_tokens': 0}}} | /policy/context_policy/max_tokens | Expected max_tokens to be an integer from 1 to 2147483647, but it is 0",
                "{'policy': {'budget_limit': {'amount': 0, 'currency': 'USD'}}} | /policy/budget_limit/amount | Expected amount to be a number above 0, but it is 0",
                "{'policy': {'budget_limit': {'amount': -1, 'currency': 'USD'}}} | /policy/budget_limit/amount | Expected amount to be a number above 0, but it is less",
                "{'policy': {'budget_limit': {'amount': '5', 'currency': 'USD'}}} | /policy/budget_limit/amount | Expected amount to be a number, but it is text",
                "{'policy': {'budget_limit': {'amount': 1e18, 'currency': 'USD'}}} | /policy/budget_limit/amount | Expected amount to be a number of at most 18 digits, 12 of them decimals, but it has more",
                "{'policy': {'budget_limit': {'amount': 0.1234567890123, 'currency': 'USD'}}} | /policy/budget_limit/amount | Expected amount to be a number of at most 18 digits, 12 of them decimals, but it has more",
                "{'policy': {'budget_limit': {'amount': 5}}} | /policy/budget_limit | Expected budget_limit to have an amount and a currency, but it lacks one",
                "{'policy': {'budget_limit': 5}} | /policy/budget_limit | Expected budget_limit to be an object, but it is an integer",
            })
    void shouldRefuseAField(String fields, String pointer, String message) {
        String document = fields.substring(0, fields.length() - 1) + ", " + TASKS + "}";

        assertThat(read(document).problems()).containsExactly(new Problem(pointer, "invalid_input", message));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "5 | /tasks/0 | Expected a task to be an object, but it is an integer",
                "{'type': 't'} | /tasks/0 | Expected every task to have an id, but this one has none",
                "{'id': '', 'type': 't'} | /tasks/0/id | Expected id to be text of 1 to 128 characters, but it is empty",
                "{'id': 'a'} | /tasks/0 | Expected a task to have a type or a prompt, but this one has neither",
                "{'id': 'a', 'type': 3} | /tasks/0/type | Expected type to be text, but it is an integer",
                "{'id': 'a', 'prompt': ''} | /tasks/0/prompt | Expected prompt to be given or left out, but it is empty",
                "{'id': 'a', 'prompt': 'x', 'model': ' '} | /tasks/0/model | Expected model to be given or left out, but it is empty",
                "{'id': 'a', 'type': 't', 'trigger_rule': 'x'} | /tasks/0/trigger_rule | Expected trigger_rule to be one of none_failed, all_success, any_success, any_failed, all_done, but it is none of these",
                "{'id': 'a', 'type': 't', 'when': 5} | /tasks/0/when | Expected when to be a condition, text or an object, but it is an integer",
                "{'id': 'a', 'type': 't', 'output_schema': 'x'} | /tasks/0/output_schema | Expected output_schema to be a JSON Schema, but it is text",
                "{'id': 'a', 'type': 't', 'timeout_ms': 0} | /tasks/0/timeout_ms | Expected timeout_ms to be an integer from 1 to 3153600000000, but it is 0",
                "{'id': 'a', 'type': 't', 'allow_failure': 'yes'} | /tasks/0/allow_failure | Expected allow_failure to be true or false, but it is text",
                "{'id': 'a', 'type': 't', 'group': '-g'} | /tasks/0/group | Expected group to be letters, digits, '_', '.' and '-', not beginning with '.' or '-', but it has others",
                "{'id': 'a', 'type': 't', 'cost': -1} | /tasks/0/cost | Expected cost to be a number from 0, but it is less",
                "{'id': 'a', 'type': 't', 'priority': 6} | /tasks/0/priority | Expected priority to be an integer from 1 to 5, but it is 6",
                "{'id': 'a', 'type': 't', 'metadata': 'x'} | /tasks/0/metadata | Expected metadata to be an object, but it is text",
                "{'id': 'a', 'type': 't', 'memory': [{}]} | /tasks/0/memory/0 | Expected each entry of memory to be text, but this one is an object",
                "{'id': 'a', 'type': 't', 'retry': {'max_attempts': '3'}} | /tasks/0/retry/max_attempts | Expected max_attempts to be an integer, but it is text",
                "{'id': 'a', 'type': 't', 'deps': 'b'} | /tasks/0/deps | Expected deps to be an array, but it is text",
                "{'id': 'a', 'type': 't', 'deps': ['']} | /tasks/0/deps/0 | Expected the id of a task, 1 to 128 characters, but it has 0",
                "{'id': 'a', 'type': 't', 'deps': [7]} | /tasks/0/deps/0 | Expected a dependency to be the id of a task or an object, but it is an integer",
                "{'id': 'a', 'type': 't', 'deps': [{}]} | /tasks/0/deps/0 | Expected task to name a task, but it is missing",
                "{'id': 'a', 'type': 't', 'deps': [{'task': 'b', 'as': 'x'}]} | /tasks/0/deps/0/as | Expected only known fields of a dependency, but 'as' is none",
                "{'id': 'a', 'type': 't', 'deps': [{'task': 'b', 'to_input': '[]'}]} | /tasks/0/deps/0/to_input | Expected to_input to be an input field, name or name[], but it is not",
                "{'id': 'a', 'type': 't', 'deps': [{'task': 'b', 'port': ''}]} | /tasks/0/deps/0/port | Expected port to be text of 1 to 256 characters, but it is empty",
                "{'id': 'a', 'type': 't', 'deps': [{'task': 'b', 'when': []}]} | /tasks/0/deps/0/when | Expected when to be a condition, text or an object, but it is an array",
            })
    void shouldRefuseATask(String task, String pointer, String message) {
        assertThat(read("{'tasks': [" + task + "]}").problems())
                .containsExactly(new Problem(pointer, "invalid_input", message));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'nodes': [{'id': 'a', 'type': 't', 'deps': []}]} | /nodes/0/deps | Expected nodes to be joined by edges, but this one has deps",
                "{'nodes': [{'id': 'a', 'type': 't', 'x': 1, 'config': {'x': 2}}]} | /nodes/0/config/x | Expected each field once, but 'x' also stands at the node itself",
                "{'nodes': [{'id': 'a', 'type': 't', 'config': {'id': 'b'}}]} | /nodes/0/config/id | Expected id to stand at the node itself, but it is under config",
                "{'nodes': [{'id': 'a', 'type': 't', 'config': 5}]} | /nodes/0/config | Expected config to be an object, but it is an integer",
                "{'nodes': [{'id': 'a', 'type': 't', 'config': {'cost': 'x'}}]} | /nodes/0/config/cost | Expected cost to be a number, but it is text",
                "{'nodes': [{'id': 'a', 'type': 't'}], 'edges': {}} | /edges | Expected edges to be an array, but it is an object",
                "{'nodes': [{'id': 'a', 'type': 't'}], 'edges': [1]} | /edges/0 | Expected an edge to be an object, but it is an integer",
                "{'nodes': [{'id': 'a', 'type': 't'}], 'edges': [{'from': 'a'}]} | /edges/0 | Expected to to name a task, but it is missing",
                "{'nodes': [{'id': 'a', 'type': 't'}], 'edges': [{'from': 'a', 'source': 'a', 'to': 'a'}]} | /edges/0/source | Expected one of from and source, but this edge has both",
                "{'nodes': [{'id': 'a', 'type': 't'}], 'edges': [{'from': 'a', 'to': 'a', 'id': 'e'}]} | /edges/0/id | Expected only known fields of an edge, but 'id' is none",
                "{'nodes': []} | /nodes | Expected at least one task, but there is none",
                "{'edges': []} | '' | Expected at least one task, but there is none",
                "{'tasks': []} | /tasks | Expected at least one task, but there is none",
                "{'tasks': {}} | /tasks | Expected tasks to be an array, but it is an object",
                "{} | '' | Expected at least one task, but there is none",
                "[] | '' | Expected a run document to be an object, but it is an array",
                "{'tasks': [{'id': 'a', 'type': 't'}, {'id': 'a', 'type': 't'}]} | /tasks/1/id | Expected ids of tasks to be unique, but 'a' is also that of /tasks/0",
            })
    void shouldRefuseADocument(String document, String pointer, String message) {
        assertThat(read(document).problems())
                .containsExactly(new Problem(pointer.equals("''") ? "" : pointer, "invalid_input", message));
    }

    @Test
    void shouldReportEverythingAtOnce() {
        Reading reading = read("""
                {'id': '', 'labels': {'a': 1}, 'policy': {'on_failure': 'x'},
                 'tasks': [{'id': 'a', 'type': 't', 'priority': 9, 'deps': [1]}, {'type': 't'}], 'what': 1}""");

        assertThat(reading.problems().stream().map(Problem::pointer))
                .containsExactly(
                        "/id",
                        "/labels/a",
                        "/policy/on_failure",
                        "/tasks/0/deps/0",
                        "/tasks/0/priority",
                        "/tasks/1",
                        "/what");
        assertThat(reading.isSound()).isFalse();
    }

    @Test
    void shouldHoldTheLimitsOfTextExactly() {
        String id = "x".repeat(128);
        assertThat(read("{'id': '" + id + "', 'organization': '" + "o".repeat(63) + "', 'name': '" + "😀".repeat(256)
                                + "', " + TASKS + "}")
                        .problems())
                .isEmpty();
        assertThat(read("{'id': '" + id + "x', 'organization': '" + "o".repeat(64) + "', 'name': '" + "n".repeat(257)
                                + "', " + TASKS + "}")
                        .problems()
                        .stream()
                        .map(Problem::message))
                .containsExactly(
                        "Expected id to be text of 1 to 128 characters, but it has 129 of them",
                        "Expected name to be text of 1 to 256 characters, but it has 257 of them",
                        "Expected organization to be text of 1 to 63 characters, but it has 64 of them");
    }

    @Test
    void shouldHoldTheLimitsOfLabels() {
        assertThat(read("{'labels': {" + labels(16) + "}, " + TASKS + "}").problems())
                .isEmpty();
        assertThat(read("{'labels': {" + labels(17) + "}, " + TASKS + "}").problems())
                .containsExactly(
                        new Problem("/labels", "invalid_input", "Expected labels to be at most 16, but there are 17"));
        assertThat(read("{'labels': {'" + "k".repeat(64) + "': 'x'}, " + TASKS + "}")
                        .problems())
                .hasSize(1);
        assertThat(read("{'labels': {'k': '" + "v".repeat(64) + "'}, " + TASKS + "}")
                        .problems())
                .hasSize(1);
    }

    private static String labels(int count) {
        return IntStream.range(0, count).mapToObj(i -> "'l" + i + "': 'v'").collect(Collectors.joining(", "));
    }

    @Test
    void shouldBoundTheListOfProblems() {
        String tasks = IntStream.range(0, 5_000).mapToObj(i -> "{}").collect(Collectors.joining(", "));
        List<Problem> problems = read("{'tasks': [" + tasks + "]}").problems();

        assertThat(problems).hasSize(1_001);
        assertThat(problems.get(1_000))
                .isEqualTo(new Problem(
                        "",
                        "invalid_input",
                        "Expected a sound document, but it has 9000 more problems than the 1000 listed"));
    }

    @Test
    void shouldLetAPatchEmptyADocument() {
        assertThat(DocumentReader.readRevision(json("{'tasks': []}")).problems())
                .isEmpty();
    }

    @Test
    void shouldFillAPolicyFromAnotherFieldByField() {
        Problems problems = new Problems();
        PolicyDocument own = DocumentReader.readPolicy(
                json("{'max_parallelism': 2, 'retry': {'max_attempts': 3}, 'context_policy': {'max_tokens': 5}}"),
                problems);
        PolicyDocument defaults = DocumentReader.readPolicy(json("""
                        {'max_parallelism': 9, 'timeout_ms': 7, 'retry': {'max_attempts': 5, 'backoff': 3},
                         'context_policy': {'max_tokens': 6, 'strategy': 'truncate'}, 'on_budget': 'pause'}"""), problems);

        PolicyDocument merged = own.over(defaults);
        assertThat(problems.isEmpty()).isTrue();
        assertThat(merged.limits().maxParallelism()).isEqualTo(2);
        assertThat(merged.limits().timeoutMs()).isEqualTo(7);
        assertThat(merged.retry().maxAttempts()).isEqualTo(3);
        assertThat(merged.retry().backoff()).isEqualByComparingTo("3");
        assertThat(merged.contextPolicy()).isEqualTo(json("{'max_tokens': 5, 'strategy': 'truncate'}"));
        assertThat(merged.choices().onBudget()).isEqualTo("pause");
    }

    private static Reading read(String document) {
        return DocumentReader.read(json(document));
    }

    private static JsonNode json(String text) {
        String quoted = text.replace('\'', '"');
        return ((StrictJson.Parsed.Tree) StrictJson.parse(quoted.getBytes(StandardCharsets.UTF_8))).json();
    }
}
