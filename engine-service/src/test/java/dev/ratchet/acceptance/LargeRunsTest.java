package dev.ratchet.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ratchet.document.Json;
import dev.ratchet.testkit.Shapes;
import io.temporal.api.enums.v1.EventType;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LargeRunsTest {
    private static final int MOST_SHOWN = 512 * 1024;
    private static final int WARNED_AT = 300_000;

    @RegisterExtension
    static final EngineOfClass ENGINE = new EngineOfClass();

    @ParameterizedTest
    @ValueSource(ints = {2_000, 10_000})
    void shouldShowEveryTaskInDocumentOrder(int size) throws Exception {
        ObjectNode document = fan(size - 2);
        RunHandle run = ENGINE.api().submit(document);
        Follower reader = Follower.of(run);

        RunAnswer end = run.ended().completed();

        assertThat(end.ids()).isEqualTo(ids(document)).hasSize(size);
        assertThat(end.batches()).isEqualTo(3);
        reader.saw(end);
        assertThat(run.get("?since=" + end.version()).ids()).isEmpty();
        assertThat(run.get("?tasks=none").json().has("tasks")).isFalse();
        Order.of(document, end).isTopological().hasLevels(List.of(1, size - 2, 1));
        for (JsonNode task : document.path("tasks")) {
            String id = task.path("id").asText();
            JsonNode shown = end.task(id);
            assertThat(shown.path("output").equals(task.path("input")) || isStored(shown))
                    .as("%s", shown)
                    .isTrue();
        }
        String stored = end.ids().stream()
                .filter(id -> isStored(end.task(id)))
                .findFirst()
                .orElse("root");
        assertThat(json(run.output(stored)))
                .isEqualTo(document.path("tasks").get(end.ids().indexOf(stored)).path("input"));
    }

    private static boolean isStored(JsonNode task) {
        return task.path("output_ref").path("ref").isTextual();
    }

    private static JsonNode json(byte[] bytes) {
        return Json.read(new String(bytes, StandardCharsets.UTF_8), JsonNode.class);
    }

    @Test
    void shouldStoreOutputsThatAreTooManyToBeShown() {
        Doc document = new Doc().policy("max_parallelism", 100);
        List<String> ids = IntStream.range(0, 300).mapToObj(Shapes::id).toList();
        ids.forEach(id -> document.function(
                id, "test_text", JsonNodeFactory.instance.objectNode().put("chars", 10_000)));
        RunHandle run = ENGINE.api().submit(document.json());

        RunAnswer end = run.ended().completed();

        long shown = 0;
        int stored = 0;
        for (String id : ids) {
            JsonNode task = end.task(id);
            if (task.has("output")) {
                assertThat(task.path("output").path("text").asText()).isEqualTo(TextFunction.text(id, 10_000));
                shown += task.path("output").toString().length();
            } else {
                stored++;
                assertThat(task.path("output_ref").path("size").asLong()).isGreaterThan(10_000);
                assertThat(task.path("preview").asText()).contains(id);
            }
        }
        assertThat(shown).isPositive().isLessThanOrEqualTo(MOST_SHOWN);
        assertThat(stored).isPositive();
        assertThat(ids)
                .allSatisfy(id -> assertThat(json(run.output(id)).path("text").asText())
                        .isEqualTo(TextFunction.text(id, 10_000)));
    }

    @Test
    void shouldRunAChainOfAThousandInOneGroupAsWithoutIt() {
        ObjectNode document = Shapes.chain(1_000);
        document.path("tasks").forEach(task -> ((ObjectNode) task).put("group", "all"));
        RunHandle run = ENGINE.api().submit(document);

        RunAnswer end = run.ended().completed();

        assertThat(end.ids()).isEqualTo(ids(document));
        Order.of(document, end).isTopological().isNoWiderThan(1);
    }

    /** The worker that joins them is handed what all of them gave. */
    @Test
    void shouldCollectThousandsOfOutputsInOneInput() {
        Doc document = new Doc().policy("max_parallelism", 500);
        List<String> ids = IntStream.range(0, 2_000).mapToObj(Shapes::id).toList();
        ids.forEach(id -> document.function(id, "echo", Doc.of("{text: '" + TextFunction.text(id, 190) + "'}")));
        ArrayNode deps = document.task("join", List.of())
                .put("type", "function")
                .put("function", "echo")
                .putArray("deps");
        ids.forEach(id -> deps.addObject().put("task", id).put("port", "text").put("to_input", "texts[]"));
        RunHandle run = ENGINE.api().submit(document.json());

        run.ended().completed();

        assertThat(json(run.output("join")).path("texts"))
                .extracting(JsonNode::asText)
                .isEqualTo(ids.stream().map(id -> TextFunction.text(id, 190)).toList());
        assertThat(Executions.of(run, ENGINE.temporal()).largestEvent()).isLessThan(WARNED_AT);
    }

    /** Nearly 4 MB of input for one activity. */
    @Test
    void shouldHandOverInputsThatAreLargeTogether() {
        Doc document = new Doc().policy("max_parallelism", 64).policy("tasks_per_activity", 64);
        List<String> ids = IntStream.range(0, 64).mapToObj(Shapes::id).toList();
        ids.forEach(id -> document.function(id, "echo", Doc.of("{text: '" + TextFunction.text(id, 60_000) + "'}")));
        RunHandle run = ENGINE.api().submit(document.json());

        run.ended().completed();

        assertThat(ids)
                .allSatisfy(id -> assertThat(json(run.output(id)).path("text").asText())
                        .isEqualTo(TextFunction.text(id, 60_000)));
        assertThat(Executions.of(run, ENGINE.temporal()).largestEvent()).isLessThan(WARNED_AT);
    }

    @Test
    void shouldCarryALargeGroupAndWhatBecameOfIt() {
        ObjectNode document = Shapes.levels(1, 500, 500, 500, 500, 1);
        document.path("tasks").forEach(task -> ((ObjectNode) task).put("group", "all"));
        RunHandle run = ENGINE.api().submit(document);

        RunAnswer end = run.ended().completed();

        Order.of(document, end).isTopological();
        Executions executions = Executions.of(run, ENGINE.temporal());
        assertThat(executions.count(EventType.EVENT_TYPE_ACTIVITY_TASK_SCHEDULED))
                .isLessThan(10);
        assertThat(executions.largestEvent()).isLessThan(WARNED_AT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"batch", "dataflow"})
    void shouldRunARandomLayeredGraph(String scheduling) {
        ObjectNode document = layered(new Random(20260101), 40, 25);
        document.putObject("policy").put("max_parallelism", 20).put("scheduling", scheduling);
        RunHandle run = ENGINE.api().submit(document);

        RunAnswer end = run.ended().completed();

        Order.of(document, end).isTopological();
        for (JsonNode task : document.path("tasks")) {
            ObjectNode expected = task.path("input").deepCopy();
            ArrayNode sources = expected.putArray("sources");
            task.path("deps").forEach(dep -> sources.add(number(dep.path("task").asText())));
            JsonNode output = end.task(task.path("id").asText()).path("output");
            assertThat(output).isEqualTo(sources.isEmpty() ? task.path("input") : expected);
        }
    }

    /** A root, many behind it with an output of about 200 bytes each, and a join; their order is none of ids. */
    private static ObjectNode fan(int width) {
        Doc document = new Doc().policy("max_parallelism", 500);
        List<String> ids =
                new ArrayList<>(IntStream.range(0, width).mapToObj(Shapes::id).toList());
        Collections.shuffle(ids, new Random(width));
        document.function("root", "echo", JsonNodeFactory.instance.objectNode());
        ids.forEach(id -> document.function(
                id, "echo", JsonNodeFactory.instance.objectNode().put("text", TextFunction.text(id, 190)), "root"));
        document.function("join", "echo", JsonNodeFactory.instance.objectNode(), ids);
        return document.json();
    }

    /** Each task knows its number, and is given those of a few tasks of the layer before. */
    private static ObjectNode layered(Random random, int layers, int width) {
        Doc document = new Doc();
        for (int i = 0; i < layers * width; i++) {
            ObjectNode input = JsonNodeFactory.instance.objectNode().put("number", i);
            document.function(Shapes.id(i), "echo", input);
        }
        ObjectNode json = document.json();
        for (int i = width; i < layers * width; i++) {
            ArrayNode deps = ((ObjectNode) json.path("tasks").get(i)).putArray("deps");
            int layer = i / width - 1;
            random.ints(1 + random.nextInt(3), 0, width)
                    .distinct()
                    .forEach(source -> deps.addObject()
                            .put("task", Shapes.id(layer * width + source))
                            .put("port", "number")
                            .put("to_input", "sources[]"));
        }
        return json;
    }

    private static int number(String id) {
        return Integer.parseInt(id.substring(1));
    }

    private static List<String> ids(JsonNode document) {
        List<String> ids = new ArrayList<>();
        document.path("tasks").forEach(task -> ids.add(task.path("id").asText()));
        return ids;
    }
}
