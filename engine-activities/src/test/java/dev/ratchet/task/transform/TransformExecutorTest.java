package dev.ratchet.task.transform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.IntNode;
import dev.ratchet.document.ErrorCode;
import dev.ratchet.document.Json;
import dev.ratchet.document.Problem;
import dev.ratchet.task.FakeTaskContext;
import dev.ratchet.task.Inspected;
import dev.ratchet.task.spi.TaskFailure;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class TransformExecutorTest {
    private final TransformExecutor executor = new TransformExecutor();

    @Test
    void shouldEvaluateCel() throws Exception {
        FakeTaskContext context = FakeTaskContext.of("{'expression': '1 + 1'}")
                .evaluating(text -> text.equals("1 + 1") ? IntNode.valueOf(2) : null);
        assertThat(executor.execute(context).output().intValue()).isEqualTo(2);
    }

    @Test
    void shouldFailAsTheExpressionFails() {
        TaskFailure failure = failure(FakeTaskContext.of("{'expression': 'input.x'}"));
        assertThat(failure.error().is(ErrorCode.EXECUTION_FAILED)).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " => ",
            quoteCharacter = '`',
            value = {
                ".a => {'a': [1, 2.5, null]} => [1,2.5,null]",
                "[.a[] + 1] => {'a': [1, 2]} => [2,3]",
                ".a => {'a': 12345678901} => 12345678901",
                "map_values(. * 2) => {'a': 1.5} => {\"a\":3}",
                "[.[] | select(.n > 1) | .id] => [{'n': 1, 'id': 'a'}, {'n': 2, 'id': 'b'}] => [\"b\"]",
                "reduce .[] as $i (0; . + $i) => [1, 2, 3] => 6",
                "[foreach .[] as $i (0; . + $i; [$i, .])] => [1, 2] => [[1,1],[2,3]]",
                "group_by(.k) => [{'k': 2}, {'k': 1}, {'k': 2}] => [[{\"k\":1}],[{\"k\":2},{\"k\":2}]]",
                "to_entries => {'a': 1} => [{\"key\":\"a\",\"value\":1}]",
                "def f(x): x * 2; [f(.a), f(3)] => {'a': 1} => [2,6]",
                "def f($n): $n + 1; f(.a) => {'a': 1} => 2",
                ". as {a: $x, b: [$y]} | [$x, $y] => {'a': 1, 'b': [2]} => [1,2]",
                "try error(\"no\") catch . => {} => \"no\"",
                ".a // \"none\" => {} => \"none\"",
                "if .a then 1 elif .b then 2 else 3 end => {'b': true} => 2",
                "\"\\(.a)-\\(.b)\" => {'a': 1, 'b': 'x'} => \"1-x\"",
                "@base64 \"\\(.a)\" => {'a': 'x'} => \"eA==\"",
                "{(.k): 1, \"x y\": 2, k} => {'k': 'v'} => {\"v\":1,\"x y\":2,\"k\":\"v\"}",
                "label $out | [.[] | if . > 1 then break $out else . end] => [1] => [1]",
                ".a.b.c |= 5 => {} => {\"a\":{\"b\":{\"c\":5}}}",
                ".a += 1 => {'a': 1} => {\"a\":2}",
                "del(.a) => {'a': 1, 'b': 2} => {\"b\":2}",
                "[paths] => {'a': [0]} => [[\"a\"],[\"a\",0]]",
                "[..] => [1] => [[1],1]",
                "walk(if type == \"number\" then . + 1 else . end) => [1, {'a': 2}] => [2,{\"a\":3}]",
                "[limit(2; .[])] => [1, 2, 3] => [1,2]",
                "0 | until(. >= 1000; . + 1) => {} => 1000",
                "[.[1:][] , .[0]] => [1, 2] => [2,1]",
                "-(.a) => {'a': 4} => -4",
                "ascii_upcase => 'ab' => \"AB\"",
                "setpath([\"a\", 0]; 1) => {} => {\"a\":[1]}"
            })
    void shouldRunJqOverItsInput(String program, String input, String output) throws Exception {
        assertThat(jq(program, input)).isEqualTo(output);
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " => ",
            quoteCharacter = '`',
            value = {
                "test(\"b+\") => 'abb' => true",
                "test(\"B\"; \"i\") => 'abb' => true",
                "\"a\" * 10000 | test(\"(a*)*(b*)*(a*)*c\") => null => false",
                "test(\"c\") => 'abb' => false",
                "[match(\"b\"; \"g\").offset] => 'éb😀b' => [1,3]",
                "capture(\"(?P<y>[0-9]+)-(?P<m>[0-9]+)\") => '2024-05' => {\"y\":\"2024\",\"m\":\"05\"}",
                "[scan(\"[0-9]+\")] => 'a1b22' => [\"1\",\"22\"]",
                "sub(\"a\"; \"x\") => 'aa' => \"xa\"",
                "gsub(\"(?P<d>[0-9])\"; \"<\\(.d)>\") => 'a1b2' => \"a<1>b<2>\"",
                "[splits(\", *\")] => 'a, b,c' => [\"a\",\"b\",\"c\"]",
                "split(\",\") => 'a,b' => [\"a\",\"b\"]"
            })
    void shouldMatchPatterns(String program, String input, String output) throws Exception {
        assertThat(jq(program, input)).isEqualTo(output);
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " => ",
            quoteCharacter = '`',
            value = {
                "empty => Expected the jq program to give one value, but it gave none",
                ".[] => Expected the jq program to give one value, but it gave several: put [ ] around it to collect them",
                "error(\"no\") => Expected the jq program to give a value, but no",
                ".a => Expected the jq program to give a value, but Cannot index array with string \"a\"",
                "infinite => Expected a finite number, but there is one that JSON cannot hold",
                "[nan] => Expected a finite number, but there is one that JSON cannot hold",
                "reduce range(100) as $i (0; [.]) => Expected JSON at most 64 levels deep, but it is deeper"
            })
    void shouldFailForGoodWhereThereIsNoValue(String program, String message) {
        TaskFailure failure = failure(context(program, "[1, 2]"));
        assertThat(failure.error().code()).isEqualTo("execution_failed");
        assertThat(failure.error().message()).isEqualTo(message);
        assertThat(failure.isRetryable()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "def f: f; f",
                "def f: 1 + f; f",
                "def f: [f]; try f catch 1",
                "[recurse(1)]",
                "0 | until(false; .)",
                "last(range(1e18))",
                "reduce range(1e18) as $i (0; 1)",
                "[range(1e18)]",
                "try (reduce range(1e18) as $i (0; 1)) catch 1",
                "[range(1e18)]?",
                "reduce range(60) as $i ([1]; [., .])",
                "reduce range(60) as $i ([1]; [., .]) == reduce range(60) as $i ([1]; [., .])",
                "reduce range(60) as $i ([1]; [., .]) | tojson",
                "reduce range(60) as $i ({a: 1}; {a: ., b: .})",
                "reduce range(60) as $i (\"xxxxxxxx\"; . + .)",
                "reduce range(60) as $i ([1]; . + .)",
                "\"x\" * 1e9",
                "1e9 * \"x\"",
                ".[1000000000] = 1",
                ".[1000000000] |= 1",
                "setpath([1000000000]; 1)",
                "[range(100000) | \"x\" * 100000]",
                "[combinations(1000)]",
                "\"a\" * 1000000 | [match(\"a{1,200}b\"; \"g\")]",
                "\"a\" * 1000000 | gsub(\"a\"; \"xxxxxxxxxxxxxxxxxxxx\")"
            })
    void shouldEndWhatWouldNotEnd(String program) {
        long start = System.nanoTime();
        TaskFailure failure = failure(context(program, program.contains("combinations") ? "[1, 2]" : "null"));
        assertThat(failure.error().message()).startsWith("Expected ");
        assertThat(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start)).isLessThan(5_000);
    }

    @Test
    void shouldEndALoopThatCallsNothing() {
        String twice = "(1,1)|".repeat(200);
        assertThat(failure(context("reduce (" + twice + "1) as $x (0; 1)", "null"))
                        .error()
                        .message())
                .isEqualTo("Expected the jq program to end within 1000 ms, but it was still running after that time");
    }

    @Test
    void shouldStopWhenInterrupted() {
        FakeTaskContext context = context("last(range(1e18))", "null");
        CompletableFuture<Throwable> ended = new CompletableFuture<>();
        Thread thread =
                Thread.startVirtualThread(() -> ended.complete(catchThrowable(() -> executor.execute(context))));
        thread.interrupt();
        assertThat(ended.orTimeout(5, TimeUnit.SECONDS).join()).isInstanceOf(InterruptedException.class);
    }

    @Test
    void shouldRefuseAnOutputAboveTheLimit() {
        assertThat(failure(context("[range(9) | \"x\" * 1000000]", "null"))
                        .error()
                        .message())
                .startsWith("Expected values of at most 8388608 characters");
    }

    @Test
    void shouldTakeAnInputOfAMegabyte() throws Exception {
        ArrayNode input = Json.mapper().createArrayNode();
        for (int i = 0; i < 20_000; i++) {
            input.addObject().put("id", i).put("name", "a name for " + i);
        }
        FakeTaskContext context = FakeTaskContext.of("{'jq': 'map(select(.id < 3) | .name) | length'}")
                .input(input);
        assertThat(executor.execute(context).output().intValue()).isEqualTo(3);
    }

    @Test
    void shouldReadNothingOfTheWorker() {
        assertThat(Inspected.of(executor, "{'jq': 'env'}").problems())
                .containsExactly(new Problem(
                        "/jq", "expression_invalid", "Expected functions that jq has here, but there is no env/0"));
        assertThat(failure(context("$ENV", "null")).error().message()).contains("$ENV is not defined");
    }

    @ParameterizedTest
    @ValueSource(strings = {".a[", "{", "1 +", "if 1 then", "\"abc", "import 1", "^"})
    void shouldRefuseWhatIsNoProgramAtSubmit(String program) {
        assertThat(Inspected.of(executor, Json.tree(Map.of("jq", program))).problems())
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.pointer()).isEqualTo("/jq");
                    assertThat(problem.code()).isEqualTo("expression_invalid");
                    assertThat(problem.message()).startsWith("Expected a jq program, but it cannot be read");
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {"(", "[", "{a:", "if ", "\"\\(", "-"})
    void shouldRefuseDeepNestingAtSubmit(String opening) {
        String program = opening.repeat(4_000 / opening.length());
        long start = System.nanoTime();
        assertThat(catchThrowableOfType(JqException.class, () -> JqProgram.compiled(program))
                        .reason())
                .startsWith("Expected a jq program, but it cannot be read");
        assertThat(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start)).isLessThan(1_000);
    }

    @Test
    void shouldNameFunctionsThatAreNotThere() {
        assertThat(Inspected.of(executor, "{'jq': 'def a(f): f | b; a(c(1; 2)) | map(d)'}")
                        .problems())
                .singleElement()
                .satisfies(p -> assertThat(p.message()).endsWith("but there is no b/0, c/2, d/0"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{'jq': '.', 'expression': '1'}"})
    void shouldWantExactlyOneLanguage(String config) {
        assertThat(Inspected.of(executor, config).problems())
                .singleElement()
                .satisfies(p -> assertThat(p.message()).startsWith("Expected one of 'expression' and 'jq', but "));
    }

    private String jq(String program, String input) throws Exception {
        return executor.execute(context(program, input)).output().toString();
    }

    private TaskFailure failure(FakeTaskContext context) {
        return catchThrowableOfType(TaskFailure.class, () -> executor.execute(context));
    }

    private static FakeTaskContext context(String program, String input) {
        return new FakeTaskContext()
                .config(Json.mapper().createObjectNode().put("jq", program))
                .input(input);
    }
}
