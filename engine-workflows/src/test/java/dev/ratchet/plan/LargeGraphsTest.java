package dev.ratchet.plan;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ratchet.document.StrictJson;
import dev.ratchet.testkit.Compiling;
import dev.ratchet.testkit.Shapes;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/**
 * Documents at the limits. What is bounded here is far above what is needed, so that a slow machine passes and a quadratic
 * step does not; each measures the best of several tries.
 */
class LargeGraphsTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    @Test
    void shouldCompileTenThousandTasksAndFiftyThousandEdgesInTime() {
        ObjectNode document = Shapes.layered(10_000, 100, 5);
        assertThat(edges(document)).isBetween(49_000, 50_000);

        assertThat(best(document)).isLessThan(SECOND);
        Plan plan = Compiling.plan(document);
        assertThat(plan.root().size()).isEqualTo(10_000);
        assertThat(Plans.fromJson(Plans.toJson(plan))).isEqualTo(plan);
    }

    @Test
    void shouldReadTenThousandTasksInEitherSpelling() {
        byte[] body = nodes(Shapes.layered(10_000, 100, 5)).toString().getBytes(StandardCharsets.UTF_8);

        assertThat(body.length).isLessThan(4 * 1024 * 1024);
        StrictJson.Parsed parsed = StrictJson.parse(body);
        assertThat(parsed)
                .isInstanceOfSatisfying(
                        StrictJson.Parsed.Tree.class,
                        tree -> assertThat(Compiling.plan(tree.json()))
                                .isEqualTo(Compiling.plan(Shapes.layered(10_000, 100, 5))));
    }

    @Test
    void shouldCompileAChainOfTenThousandWithoutRecursion() {
        assertThat(best(Shapes.chain(10_000))).isLessThan(SECOND);
        assertThat(Compiling.compile(Shapes.chain(10_001)).problems().get(0).message())
                .isEqualTo("Expected at most 10000 tasks, but there are 10001");
    }

    @Test
    void shouldFindACycleOfTenThousand() {
        ObjectNode document = Shapes.chain(10_000);
        ((ObjectNode) document.path("tasks").get(0)).putArray("deps").add(Shapes.id(9_999));

        assertThat(best(document)).isLessThan(SECOND);
        assertThat(Compiling.compile(document).problems().get(0).code()).isEqualTo("dag_cycle");
    }

    @Test
    void shouldCheckReadsOfFarAncestorsInTime() {
        ObjectNode document = Shapes.chain(10_000);
        for (int i = 2; i < 10_000; i++) {
            task(document, i).putObject("input").put("v", "${tasks." + Shapes.id(i / 2) + ".output}");
        }

        assertThat(best(document)).isLessThan(SECOND.multipliedBy(3));
        assertThat(Compiling.compile(document).isSound()).isTrue();
    }

    @Test
    void shouldCompileTenThousandDifferentConditions() {
        // Each takes CEL about a tenth of a millisecond; nothing of it is quadratic.
        ObjectNode document = Shapes.chain(10_000);
        for (int i = 1; i < 10_000; i++) {
            ((ArrayNode) task(document, i).path("deps"))
                    .removeAll()
                    .addObject()
                    .put("task", Shapes.id(i - 1))
                    .put("when", "output.n > " + i + " && output.s != 'x'");
        }
        assertThat(best(document)).isLessThan(SECOND.multipliedBy(8));
    }

    @Test
    void shouldCompileTenThousandDifferentSchemas() {
        ObjectNode document = Shapes.chain(10_000);
        for (int i = 1; i < 10_000; i++) {
            ((ArrayNode) task(document, i).path("deps"))
                    .removeAll()
                    .addObject()
                    .put("task", Shapes.id(i - 1))
                    .putObject("when")
                    .putObject("schema")
                    .put("maxLength", i);
        }
        assertThat(best(document)).isLessThan(SECOND.multipliedBy(3));
    }

    @Test
    void shouldCompileTenThousandDifferentOutputSchemas() {
        ObjectNode document = Shapes.chain(10_000);
        for (int i = 1; i < 10_000; i++) {
            task(document, i).putObject("output_schema").put("maxLength", i);
        }
        assertThat(best(document)).isLessThan(SECOND.multipliedBy(3));
    }

    @Test
    void shouldCheckGroupsInTime() {
        ObjectNode document = Shapes.layered(10_000, 100, 5);
        for (int i = 0; i < 10_000; i++) {
            task(document, i).put("group", "g" + i % 5_000);
        }

        assertThat(best(document)).isLessThan(SECOND);
        assertThat(Compiling.compile(document).problems().get(0).code()).isEqualTo("dag_invalid");
    }

    @Test
    void shouldRefuseAHundredThousandTasksInTime() {
        StringBuilder body = new StringBuilder("{\"tasks\":[{}");
        for (int i = 0; i < 100_000; i++) {
            body.append(",{\"id\":\"t").append(i).append("\",\"type\":\"function\"}");
        }
        JsonNode document = tree(body.append("]}"));
        assertThat(best(document)).isLessThan(SECOND);
        assertThat(Compiling.compile(document).isMalformed()).isTrue();
    }

    @Test
    void shouldRefuseAsManyEdgesAsABodyHolds() {
        StringBuilder body = new StringBuilder("{\"tasks\":[{\"id\":\"b\",\"type\":\"function\"},");
        body.append("{\"id\":\"a\",\"type\":\"function\",\"deps\":[\"b\"");
        body.append(",\"b\"".repeat(150_000));
        JsonNode document = tree(body.append("]}]}"));

        assertThat(best(document)).isLessThan(SECOND);
        assertThat(Compiling.compile(document).problems())
                .extracting(problem -> problem.code() + " " + problem.message())
                .containsExactly("limit_exceeded Expected at most 50000 edges, but there are 150001");
    }

    private static JsonNode tree(StringBuilder body) {
        return ((StrictJson.Parsed.Tree) StrictJson.parse(body.toString().getBytes(StandardCharsets.UTF_8))).json();
    }

    private static ObjectNode task(ObjectNode document, int index) {
        return (ObjectNode) document.path("tasks").get(index);
    }

    private static int edges(ObjectNode document) {
        int edges = 0;
        for (JsonNode task : document.path("tasks")) {
            edges += task.path("deps").size();
        }
        return edges;
    }

    private static ObjectNode nodes(ObjectNode document) {
        ArrayNode edges = document.objectNode().putArray("edges");
        document.path("tasks")
                .forEach(task -> ((ObjectNode) task)
                        .withArray("deps")
                        .forEach(dep -> edges.addObject()
                                .put("from", dep.asText())
                                .put("to", task.path("id").asText())));
        document.path("tasks").forEach(task -> ((ObjectNode) task).remove("deps"));
        document.set("nodes", document.remove("tasks"));
        return document.set("edges", edges);
    }

    /** Processor time of this thread alone: what else the machine does meanwhile does not count. */
    private static Duration best(JsonNode document) {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long best = Long.MAX_VALUE;
        for (int i = 0; i < 3; i++) {
            long start = threads.getCurrentThreadCpuTime();
            Compiling.compile(document);
            best = Math.min(best, threads.getCurrentThreadCpuTime() - start);
        }
        return Duration.ofNanos(best);
    }
}
