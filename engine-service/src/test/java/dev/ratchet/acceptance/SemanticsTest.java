package dev.ratchet.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ratchet.testkit.RandomGraph;
import dev.ratchet.testkit.RandomGraphs;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What runs and what does not (contract, part 4), in each spelling and each scheduling. */
class SemanticsTest {
    @RegisterExtension
    static final EngineOfClass ENGINE = new EngineOfClass();

    /** A document, what becomes of it, and whether that depends on the scheduling. */
    private record Case(String name, String policy, List<String> tasks, Map<String, String> fates, boolean batchOnly) {
        static Case of(String name, String policy, String fates, String... tasks) {
            return new Case(name, policy, List.of(tasks), Fates.written(fates), false);
        }

        Case inBatches() {
            return new Case(name, policy, tasks, fates, true);
        }

        @Override
        public String toString() {
            return name;
        }
    }

    private static final String FAIL = "type: 'function', function: 'fail'";
    private static final String NOOP = "type: 'function', function: 'noop'";
    private static final String ECHO = "type: 'function', function: 'echo'";

    static final List<Case> CASES = List.of(
            Case.of(
                    "ports",
                    "",
                    "fork: completed; null: completed; zero: completed; empty: completed; false: completed;"
                            + "absent: skipped condition [fork]; behind: skipped condition [absent]; run: completed",
                    "{id: 'fork', %s, input: {n: null, z: 0, e: '', f: false}}".formatted(ECHO),
                    "{id: 'null', %s, deps: [{task: 'fork', port: 'n'}]}".formatted(NOOP),
                    "{id: 'zero', %s, deps: [{task: 'fork', port: 'z'}]}".formatted(NOOP),
                    "{id: 'empty', %s, deps: [{task: 'fork', port: 'e'}]}".formatted(NOOP),
                    "{id: 'false', %s, deps: [{task: 'fork', port: 'f'}]}".formatted(NOOP),
                    "{id: 'absent', %s, deps: [{task: 'fork', port: 'x'}]}".formatted(NOOP),
                    "{id: 'behind', %s, deps: ['absent']}".formatted(NOOP)),
            Case.of(
                    "conditions",
                    "",
                    "s: completed; cel: completed; object: completed; dollar: completed; path: completed;"
                            + "schema: completed; low: skipped condition [s]; nopath: skipped condition [s];"
                            + "noschema: skipped condition [s]; own: skipped condition []; run: completed",
                    "{id: 's', %s, input: {score: 80, tags: ['a']}}".formatted(ECHO),
                    "{id: 'cel', %s, deps: [{task: 's', when: 'output.score >= 80'}]}".formatted(NOOP),
                    "{id: 'object', %s, deps: [{task: 's', when: {type: 'cel', expression: 'output.score == 80'}}]}"
                            .formatted(NOOP),
                    "{id: 'dollar', %s, deps: [{task: 's', when: '$.score < 81'}]}".formatted(NOOP),
                    "{id: 'path', %s, deps: [{task: 's', when: {jsonpath: '$.tags[0]'}}]}".formatted(NOOP),
                    "{id: 'schema', %s, deps: [{task: 's', when: {schema: {required: ['score']}}}]}".formatted(NOOP),
                    "{id: 'low', %s, deps: [{task: 's', when: 'output.score < 80'}]}".formatted(NOOP),
                    "{id: 'nopath', %s, deps: [{task: 's', when: {jsonpath: '$.nothing'}}]}".formatted(NOOP),
                    "{id: 'noschema', %s, deps: [{task: 's', when: {schema: {required: ['other']}}}]}".formatted(NOOP),
                    "{id: 'own', %s, deps: ['s'], when: 'tasks.s.output.score > 80'}".formatted(NOOP)),
            Case.of(
                    "late conditions",
                    "",
                    "a: completed; b: completed; yes: completed; no: skipped condition [b];"
                            + "far: completed; input: completed; run: completed",
                    "{id: 'a', %s, input: {n: 3}}".formatted(ECHO),
                    "{id: 'b', %s, deps: ['a'], input: {n: 4}}".formatted(ECHO),
                    "{id: 'yes', %s, deps: [{task: 'b', when: 'output.n > tasks.a.output.n'}]}".formatted(NOOP),
                    "{id: 'no', %s, deps: [{task: 'b', when: 'output.n < tasks.a.output.n'}]}".formatted(NOOP),
                    "{id: 'far', %s, deps: ['yes'], when: \"tasks.a.state == 'completed' && tasks.a.output.n == 3\"}"
                            .formatted(NOOP),
                    "{id: 'input', %s, deps: ['a'], when: 'input.wanted && run.labels.team == \"growth\"'}"
                            .formatted(NOOP)),
            Case.of(
                    "a condition that errs fails its target",
                    "on_failure: 'skip_dependents'",
                    "a: completed; edge: failed condition_failed; own: failed condition_failed;"
                            + "after: skipped upstream_failure [edge]; run: failed condition_failed edge",
                    "{id: 'a', %s}".formatted(ECHO),
                    "{id: 'edge', %s, deps: [{task: 'a', when: 'output.missing > 1'}]}".formatted(NOOP),
                    "{id: 'own', %s, deps: ['a'], when: '1 / 0 == 1'}".formatted(NOOP),
                    "{id: 'after', %s, deps: ['edge']}".formatted(NOOP)),
            Case.of(
                    "a condition that errs falls back",
                    "on_condition_error: 'fallback'",
                    "a: completed; edge: skipped condition [a]; own: skipped condition []; any: completed;"
                            + "run: completed",
                    "{id: 'a', %s}".formatted(ECHO),
                    "{id: 'edge', %s, deps: [{task: 'a', when: 'output.missing > 1'}]}".formatted(NOOP),
                    "{id: 'own', %s, deps: ['a'], when: 'tasks.a.output.missing'}".formatted(NOOP),
                    "{id: 'any', %s, deps: ['a', 'edge'], trigger_rule: 'any_success'}".formatted(NOOP)),
            Case.of(
                    "skip_dependents",
                    "on_failure: 'skip_dependents'",
                    "bad: failed execution_failed; child: skipped upstream_failure [bad];"
                            + "grandchild: skipped upstream_failure [child]; other: completed; further: completed;"
                            + "cleanup: completed; always: completed; unneeded: skipped rule_not_met [];"
                            + "run: failed execution_failed bad",
                    "{id: 'bad', %s}".formatted(FAIL),
                    "{id: 'child', %s, deps: ['bad']}".formatted(NOOP),
                    "{id: 'grandchild', %s, deps: ['child', 'further']}".formatted(NOOP),
                    "{id: 'other', %s}".formatted(NOOP),
                    "{id: 'further', %s, deps: ['other']}".formatted(NOOP),
                    "{id: 'cleanup', %s, deps: ['bad', 'other'], trigger_rule: 'any_failed'}".formatted(NOOP),
                    "{id: 'always', %s, deps: ['grandchild'], trigger_rule: 'all_done'}".formatted(NOOP),
                    "{id: 'unneeded', %s, deps: ['other'], trigger_rule: 'any_failed'}".formatted(NOOP)),
            Case.of(
                    "finish_running",
                    "on_failure: 'finish_running', tasks_per_activity: 1",
                    "root: completed; bad: failed execution_failed; slow: completed;"
                            + "child: skipped upstream_failure [bad]; next: skipped run_failed [];"
                            + "cleanup: skipped upstream_failure [bad]; run: failed execution_failed bad",
                    "{id: 'root', %s}".formatted(NOOP),
                    "{id: 'bad', %s, deps: ['root']}".formatted(FAIL),
                    "{id: 'slow', type: 'function', function: 'sleep', input: {ms: 500}, deps: ['root']}",
                    "{id: 'child', %s, deps: ['bad']}".formatted(NOOP),
                    "{id: 'next', %s, deps: ['slow']}".formatted(NOOP),
                    "{id: 'cleanup', %s, deps: ['bad'], trigger_rule: 'all_done'}".formatted(NOOP)),
            Case.of(
                            "fail_fast",
                            "tasks_per_activity: 1",
                            "bad: failed execution_failed; timer: cancelled; slow: cancelled;"
                                    + "child: skipped upstream_failure [bad]; next: skipped run_failed [];"
                                    + "cleanup: skipped upstream_failure [bad]; run: failed execution_failed bad",
                            "{id: 'bad', %s}".formatted(FAIL),
                            "{id: 'timer', type: 'wait', duration_ms: 60000}",
                            "{id: 'slow', type: 'function', function: 'sleep', input: {ms: 60000}}",
                            "{id: 'child', %s, deps: ['bad']}".formatted(NOOP),
                            "{id: 'next', %s, deps: ['slow']}".formatted(NOOP),
                            "{id: 'cleanup', %s, deps: ['bad'], trigger_rule: 'any_failed'}".formatted(NOOP))
                    .inBatches(),
            Case.of(
                    "allow_failure",
                    "",
                    "bad: failed execution_failed; child: skipped upstream_failure [bad]; other: completed;"
                            + "join: completed; strict: skipped upstream_failure [bad]; run: completed",
                    "{id: 'bad', %s, allow_failure: true}".formatted(FAIL),
                    "{id: 'child', %s, deps: ['bad']}".formatted(NOOP),
                    "{id: 'other', %s}".formatted(NOOP),
                    "{id: 'join', %s, deps: ['bad', 'other'], trigger_rule: 'any_success'}".formatted(NOOP),
                    "{id: 'strict', %s, deps: ['bad', 'other'], trigger_rule: 'all_success'}".formatted(NOOP)),
            Case.of(
                    "retries",
                    "on_failure: 'skip_dependents', retry: {max_attempts: 3, initial_interval_ms: 1}",
                    "third: completed; behind: completed; never: failed execution_failed; input: failed invalid_input;"
                            + "run: failed invalid_input input",
                    "{id: 'third', %s, input: {until_attempt: 2}}".formatted(FAIL),
                    "{id: 'behind', %s, deps: ['third']}".formatted(NOOP),
                    "{id: 'never', %s, deps: ['behind']}".formatted(FAIL),
                    "{id: 'input', %s, input: {code: 'invalid_input'}}".formatted(FAIL)),
            Case.of(
                    "a timeout of a task and the code of a function",
                    "on_failure: 'skip_dependents'",
                    "slow: failed timeout; told: failed output_invalid; run: failed timeout slow",
                    "{id: 'slow', type: 'function', function: 'sleep', input: {ms: 60000}, timeout_ms: 200}",
                    "{id: 'told', %s, deps: [{task: 'slow'}], trigger_rule: 'all_done', input: {code: 'output_invalid'}}"
                            .formatted(FAIL)),
            Case.of(
                    "expressions that cannot be evaluated fail their task",
                    "on_failure: 'skip_dependents'",
                    "a: completed; b: failed execution_failed; c: failed execution_failed;"
                            + "run: failed execution_failed b",
                    "{id: 'a', %s, input: {n: 0}}".formatted(ECHO),
                    "{id: 'b', type: 'transform', expression: '1 / tasks.a.output.n', deps: ['a']}",
                    "{id: 'c', %s, input: {x: '${tasks.a.output.missing}'}, deps: ['b'], trigger_rule: 'all_done'}"
                            .formatted(ECHO)));

    @ParameterizedTest
    @FieldSource("CASES")
    void shouldDecideAlikeInEachSpellingAndScheduling(Case example) {
        List<RunHandle> runs = new ArrayList<>();
        for (String scheduling : example.batchOnly() ? List.of("batch") : List.of("batch", "dataflow")) {
            ObjectNode document = Doc.tasks(example.policy(), example.tasks().toArray(String[]::new));
            ((ObjectNode) document.path("policy")).put("scheduling", scheduling);
            document.putObject("input").put("wanted", true);
            document.putObject("labels").put("team", "growth");
            for (Spelling spelling : Spelling.values()) {
                runs.add(ENGINE.api().submit(spelling.write(document)));
            }
        }

        assertThat(runs).allSatisfy(run -> assertThat(Fates.of(run.ended())).isEqualTo(example.fates()));
    }

    /** Five rules against all that three sources can say, in one run. */
    @Test
    void shouldKeepTheTableOfTriggerRules() {
        List<String> tasks = new ArrayList<>(List.of(
                "{id: 'live', %s}".formatted(NOOP),
                "{id: 'failed', %s, allow_failure: true}".formatted(FAIL),
                "{id: 'untaken', %s, when: 'false'}".formatted(NOOP)));
        List<String> sources = List.of("live", "failed", "untaken");
        List<String> rules = List.of("none_failed", "all_success", "any_success", "any_failed", "all_done");
        Map<String, String> expected = new LinkedHashMap<>(
                Fates.written("live: completed; failed: failed execution_failed; untaken: skipped condition []"));
        for (String rule : rules) {
            for (int subset = 1; subset < 8; subset++) {
                int bits = subset;
                List<String> deps = sources.stream()
                        .filter(source -> (bits & 1 << sources.indexOf(source)) != 0)
                        .toList();
                String id = rule + "-" + subset;
                tasks.add("{id: '%s', %s, trigger_rule: '%s', deps: ['%s']}"
                        .formatted(id, NOOP, rule, String.join("', '", deps)));
                expected.put(id, fate(rule, deps));
            }
        }
        expected.put("run", "completed");

        RunHandle run = ENGINE.api().submit(Doc.tasks("", tasks.toArray(String[]::new)));

        assertThat(Fates.of(run.ended())).isEqualTo(expected);
    }

    private static String fate(String rule, List<String> deps) {
        boolean live = deps.contains("live");
        boolean failed = deps.contains("failed");
        boolean untaken = deps.contains("untaken");
        boolean runs = switch (rule) {
            case "none_failed" -> live && !failed;
            case "all_success" -> !failed && !untaken;
            case "any_success" -> live;
            case "any_failed" -> failed;
            default -> true;
        };
        if (runs) {
            return "completed";
        }
        if (failed) {
            return "skipped upstream_failure [failed]";
        }
        return rule.equals("any_failed") ? "skipped rule_not_met []" : "skipped condition [untaken]";
    }

    /** Graphs drawn by chance have the same fates and outputs, however they are written and scheduled. */
    @Test
    void shouldNotShowSpellingOrSchedulingInAnyGraph() {
        Map<Long, List<RunHandle>> runs = new TreeMap<>();
        LongStream.range(7_000, 7_020)
                .forEach(seed -> runs.put(
                        seed,
                        spellings(RandomGraphs.graph(seed, RandomGraphs.Profile.RICH))
                                .map(ENGINE.api()::submit)
                                .toList()));

        runs.forEach((seed, alike) -> {
            RunAnswer first = alike.getFirst().ended();
            for (RunHandle other : alike) {
                RunAnswer end = other.ended();
                assertThat(end.state()).as("seed %d", seed).isEqualTo(first.state());
                assertThat(Fates.ofTasks(end)).as("seed %d", seed).isEqualTo(Fates.ofTasks(first));
                assertThat(outputs(end)).as("seed %d", seed).isEqualTo(outputs(first));
            }
        });
    }

    private static Stream<ObjectNode> spellings(RandomGraph graph) {
        return Stream.of("batch", "dataflow")
                .flatMap(scheduling -> Stream.of(graph.asTasks(), graph.asNodes())
                        .peek(document -> document.putObject("policy")
                                .put("scheduling", scheduling)
                                .put("on_failure", "skip_dependents")));
    }

    private static List<JsonNode> outputs(RunAnswer run) {
        return run.ids().stream().map(id -> run.task(id).path("output")).toList();
    }

    /** While one task of the first level is held, a batch holds all of the second back; dataflow holds nothing. */
    @ParameterizedTest
    @ValueSource(strings = {"batch", "dataflow"})
    void shouldWaitForTheWholeBatchOrForItsOwnSourcesOnly(String scheduling) {
        String gate = "barrier-" + scheduling;
        RunHandle run = ENGINE.api()
                .submit(Doc.tasks(
                        "scheduling: '" + scheduling + "'",
                        "{id: 'held', type: 'function', function: 'test_gate', input: {gate: '%s'}}".formatted(gate),
                        "{id: 'a', %s}".formatted(NOOP),
                        "{id: 'b', %s, deps: ['a']}".formatted(NOOP),
                        "{id: 'c', %s, deps: ['held']}".formatted(NOOP)));

        String free = scheduling.equals("batch") ? "a" : "b";
        RunAnswer meanwhile = run.when(
                now -> now.state(free).equals("completed") && now.state("held").equals("running"));
        Gates.open(gate);
        RunAnswer end = run.ended().completed();

        assertThat(meanwhile.state("b")).isEqualTo(scheduling.equals("batch") ? "pending" : "completed");
        assertThat(meanwhile.state("c")).isEqualTo("pending");
        if (scheduling.equals("batch")) {
            assertThat(end.batches()).isEqualTo(2);
            assertThat(end.startedAt("b")).isGreaterThanOrEqualTo(end.endedAt("held"));
        } else {
            assertThat(end.endedAt("b")).isLessThanOrEqualTo(end.endedAt("held"));
        }
    }

    /** Slots go to the first ids, and one that is freed goes to the next. */
    @ParameterizedTest
    @ValueSource(strings = {"auto", "2"})
    void shouldRunNoMoreThanMayRunInTheOrderOfIds(String together) {
        String gate = "slots-" + together;
        String task = "{id: '%s', type: 'function', function: 'test_gate', input: {gate: '" + gate + "-%s'}}";
        RunHandle run = ENGINE.api()
                .submit(Doc.tasks(
                        "max_parallelism: 2, tasks_per_activity: " + (together.equals("auto") ? "'auto'" : together),
                        Stream.of("d", "c", "b", "a")
                                .map(id -> task.formatted(id, id))
                                .toArray(String[]::new)));

        RunAnswer first = run.when(
                now -> now.state("a").equals("running") && now.state("b").equals("running"));
        Gates.open(gate + "-b");
        RunAnswer next = run.when(now -> now.state("c").equals("running"));
        Stream.of("a", "c", "d").forEach(id -> Gates.open(gate + "-" + id));
        run.ended().completed();

        assertThat(first.states()).isEqualTo(Map.of("a", "running", "b", "running", "c", "pending", "d", "pending"));
        assertThat(next.states()).isEqualTo(Map.of("a", "running", "b", "completed", "c", "running", "d", "pending"));
    }

    @Test
    void shouldFeedOutputsIntoInputs() {
        RunHandle run = ENGINE.api()
                .submit(Doc.tasks(
                        "",
                        "{id: 'b', %s, input: {text: 'from b', n: 2}}".formatted(ECHO),
                        "{id: 'a', %s, input: {text: 'from a', n: 1}}".formatted(ECHO),
                        "{id: 'c', %s, input: {text: 'beaten', kept: '$${x}', sum: '${tasks.a.output.n + tasks.b.output.n}'},"
                                        .formatted(ECHO)
                                + " deps: [{task: 'b', to_input: 'all[]', port: 'n'}, {task: 'a', to_input: 'all[]', port: 'n'},"
                                + " {task: 'a', port: 'text', to_input: 'text'}]}"));

        assertThat(run.ended().completed().task("c").path("output"))
                .isEqualTo(Doc.of("{text: 'from a', kept: '${x}', sum: 3, all: [2, 1]}"));
    }
}
