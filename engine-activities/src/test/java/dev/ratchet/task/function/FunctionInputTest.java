package dev.ratchet.task.function;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.ratchet.document.Json;
import dev.ratchet.document.Problem;
import dev.ratchet.plan.Limits;
import dev.ratchet.plan.Models;
import dev.ratchet.plan.PlanCompiler;
import dev.ratchet.task.spi.TaskContext;
import dev.ratchet.task.spi.TaskFunction;
import dev.ratchet.task.worker.ExecutorRegistry;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the submission of a document says of the inputs of functions. */
class FunctionInputTest {
    private static final PlanCompiler COMPILER = new PlanCompiler(
            new ExecutorRegistry(List.of(new FunctionExecutor(List.of(new Greet())))),
            new NoModels(),
            Limits.DEFAULT,
            MissingNode.getInstance());

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'function': 'sleep' | /tasks/0 | Expected the field 'ms', but it is missing",
                "'function': 'sleep', 'input': {'ms': -1} | /tasks/0/input/ms | Expected 'ms' to be at least 0, but it is less",
                "'function': 'sleep', 'input': {'ms': 86400001} | /tasks/0/input/ms | Expected 'ms' to be at most 86400000, but it is more",
                "'handler': 'sleep', 'input': {'ms': '5'} | /tasks/0/input/ms | Expected 'ms' to be an integer, but it is text",
                "'function': 'fail', 'input': [] | /tasks/0/input | Expected the value to be an object, but it is an array",
                "'function': 'fail', 'input': {'message': 1} | /tasks/0/input/message | Expected 'message' to be text, but it is an integer",
                "'function': 'fail', 'input': {'until_attempt': -1} | /tasks/0/input/until_attempt | Expected 'until_attempt' to be at least 0, but it is less",
                "'function': 'greet', 'input': {} | /tasks/0/input | Expected the field 'name', but it is missing",
            })
    void shouldRefuseAnInputThatIsKnownToBeBad(String fields, String pointer, String message) {
        assertThat(problems(fields)).containsExactly(new Problem(pointer, "invalid_input", message));
    }

    @ParameterizedTest
    @ValueSource(strings = {"dag_cycle", "unheard_of"})
    void shouldRefuseACodeThatNoTaskHas(String code) {
        assertThat(problems("'function': 'fail', 'input': {'code': '" + code + "'}"))
                .singleElement()
                .satisfies(problem -> assertThat(problem.pointer()).isEqualTo("/tasks/0/input/code"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'function': 'sleep', 'input': {'ms': 0}",
                "'function': 'sleep', 'input': {'ms': '${input.ms}'}",
                "'function': 'sleep', 'input': '${input}'",
                "'function': 'sleep', 'deps': [{'task': 'b', 'to_input': 'ms'}]",
                "'function': '${input.name}', 'input': {'ms': -1}",
                "'function': 'fail'",
                "'function': 'fail', 'input': {'code': 'timeout', 'message': 'no', 'until_attempt': 2}",
                "'function': 'fail', 'input': {'code': '${input.code}', 'message': 'on ${input.day}'}",
                "'function': 'greet', 'input': {'name': 'Ada'}",
                "'function': 'noop', 'input': 5",
            })
    void shouldTakeAnInputThatIsGoodOrCannotBeKnown(String fields) {
        assertThat(problems(fields)).isEmpty();
    }

    private static List<Problem> problems(String fields) {
        String document = "{'tasks': [{'id': 'a', 'type': 'function', " + fields
                + "}, {'id': 'b', 'type': 'function', 'function': 'noop'}]}";
        return COMPILER.compile(Json.read(document.replace('\'', '"'), JsonNode.class))
                .problems();
    }

    /** A plug-in that says what it takes. */
    private record Greet() implements TaskFunction {
        @Override
        public String name() {
            return "greet";
        }

        @Override
        public JsonNode inputSchema() {
            return Json.read("{\"type\": \"object\", \"required\": [\"name\"]}", JsonNode.class);
        }

        @Override
        public JsonNode call(TaskContext context) {
            return context.input();
        }
    }

    private record NoModels() implements Models {
        @Override
        public boolean known(String model) {
            return false;
        }

        @Override
        public String currency() {
            return "USD";
        }
    }
}
