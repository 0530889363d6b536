package dev.ratchet.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ratchet.testkit.Shapes;
import java.time.Duration;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Documents within the limits whose answers, errors, inputs or patches are too much for one message of the server. */
class SizesTest {
    private static final Duration ABORTED_WITHIN = Duration.ofSeconds(10);

    @RegisterExtension
    static final EngineOfClass ENGINE = new EngineOfClass();

    @Test
    void shouldRunTenThousandPromptsOfOneLine() {
        RunHandle run = submit(
                10_000,
                wide(),
                (id, task) -> task.put("prompt", "Say hello to " + id).put("model", "sim"));

        assertThat(run.ended().completed().ids()).hasSize(10_000);
    }

    @Test
    void shouldRunAThousandPromptsUnderALongMemory() {
        Doc document = wide();
        document.json().putArray("memory").add("m".repeat(3_000));
        RunHandle run = submit(
                1_000,
                document,
                (id, task) -> task.put("prompt", "Go on with " + id).put("model", "sim"));

        run.ended().completed();
    }

    @Test
    void shouldRunThousandsOfTransformsWhoseOutputsAreTooMuchTogether() {
        RunHandle run = submit(
                7_000,
                wide(),
                (id, task) -> task.put("type", "transform").put("expression", "'" + "x".repeat(300) + "'"));

        RunAnswer end = run.ended().completed();

        assertThat(end.task(Shapes.id(6_999)).toString()).contains("x".repeat(150));
    }

    @ParameterizedTest
    @CsvSource({"1500, 2500", "600, 3500"})
    void shouldReadAndAnswerManyAgentsThatWaitWithTheirInputs(int agents, int characters) {
        RunHandle run = submit(agents, wide(), (id, task) -> {
            task.put("type", "agent").put("queue", "nobody");
            task.putObject("input").put("text", "a".repeat(characters));
        });
        String last = Shapes.id(agents - 1);
        RunAnswer parked = run.when(answer -> answer.state(last).equals("waiting"));
        assertThat(parked.states().values()).containsOnly("waiting").hasSize(agents);

        ENGINE.api().post("/runs/" + run.id() + "/tasks/" + last + "/complete", "{\"output\": 1}", 200);

        assertThat(run.task(last).path("output")).isEqualTo(JsonNodeFactory.instance.numberNode(1));
        assertThat(run.task(Shapes.id(0)).path("state").asText()).isEqualTo("waiting");
        isAborted(run);
    }

    @ParameterizedTest
    @CsvSource({"64, 40000", "16, 200000"})
    void shouldLiveWithManyLargeInputsForSomebodyElsesWorkers(int activities, int characters) {
        RunHandle run = submit(activities, wide(), (id, task) -> {
            task.put("type", "activity").put("activity_type", "Nobodys").put("task_queue", "nobodys");
            task.putObject("input").put("text", "a".repeat(characters));
        });
        run.when(answer -> answer.state(Shapes.id(activities - 1)).equals("running"));

        isAborted(run);
    }

    @ParameterizedTest
    @CsvSource({"900, 5, 400", "990, 1, 2000"})
    void shouldCompleteWithManyLongErrors(int tasks, int attempts, int characters) {
        RunHandle run = submit(tasks, wide(), (id, task) -> {
            task.put("type", "function").put("function", "fail").put("allow_failure", true);
            task.putObject("input").put("code", "execution_failed").put("message", "e".repeat(characters));
            task.putObject("retry").put("max_attempts", attempts).put("initial_interval_ms", 1);
        });

        RunAnswer end = run.ended();

        assertThat(end.state()).isEqualTo("completed");
        assertThat(end.states().values()).containsOnly("failed");
        assertThat(run.attempts(Shapes.id(tasks - 1))).hasSize(attempts);
    }

    @Test
    void shouldKeepHundredsOfPatchesWithLongDescriptions() {
        int patches = 503;
        Doc document = new Doc();
        document.task("hold", List.of()).put("type", "wait").put("duration_ms", 600_000);
        document.function("next", "noop", JsonNodeFactory.instance.objectNode(), "hold");
        RunHandle run = ENGINE.api().submit(document.json());
        run.when(answer -> answer.state("hold").equals("waiting"));

        for (int i = 0; i < patches; i++) {
            ObjectNode patch = JsonNodeFactory.instance.objectNode().put("description", "語".repeat(1_000));
            patch.putArray("operations")
                    .add(Doc.of("{op: 'add', path: '/tasks/1/metadata', value: {patch: " + i + "}}"));
            ENGINE.api().patch("/runs/" + run.id() + "/patch", patch.toString(), i + 1, 200);
        }

        JsonNode revisions =
                ENGINE.api().get("/runs/" + run.id() + "/revisions").path("items");
        assertThat(revisions).hasSize(patches + 1);
        assertThat(revisions.get(patches).path("description").asText()).hasSize(1_000);
        isAborted(run);
        assertThat(ENGINE.api().get("/runs/" + run.id() + "/revisions").path("items"))
                .hasSize(patches + 1);
    }

    private static void isAborted(RunHandle run) {
        long began = System.nanoTime();
        run.abort();
        assertThat(run.ended().state()).isEqualTo("aborted");
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(ABORTED_WITHIN);
    }

    private static Doc wide() {
        return new Doc().policy("max_parallelism", 500);
    }

    private static RunHandle submit(int tasks, Doc document, BiConsumer<String, ObjectNode> task) {
        IntStream.range(0, tasks).mapToObj(Shapes::id).forEach(id -> task.accept(id, document.task(id, List.of())));
        return ENGINE.api().submit(document.json());
    }
}
