package dev.ratchet.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ratchet.testkit.PlainDag;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Graphs that ran in production, with a thousandth of their times, all at once on one engine. */
class RealGraphsTest {
    private static final long MAX_TASK_MS = 250;
    private static final List<PlainDag> GRAPHS = PlainDag.all();
    private static final Map<String, Submitted> RUNS = new LinkedHashMap<>();

    @RegisterExtension
    static final EngineOfClass ENGINE = new EngineOfClass();

    /** A graph under way. */
    private record Submitted(ObjectNode document, RunHandle run) {}

    @BeforeAll
    static void submitAll() {
        for (String scheduling : List.of("batch", "dataflow")) {
            for (PlainDag graph : GRAPHS) {
                ObjectNode document = document(graph, scheduling);
                RUNS.put(
                        graph + " " + scheduling,
                        new Submitted(document, ENGINE.api().submit(document)));
            }
        }
    }

    @Test
    void shouldBeGivenTheRealGraphsWhereTheyAre() {
        boolean standIns = GRAPHS.stream().anyMatch(graph -> graph.name().startsWith("like-"));
        String folder = System.getenv("RATCHET_GRAPHS");
        if (standIns) {
            System.err.println("RATCHET_GRAPHS names no folder (" + folder + "): look-alikes stand in for real graphs");
        }

        assertThat(standIns && folder != null && "true".equals(System.getenv("CI")))
                .as("look-alikes although RATCHET_GRAPHS is %s", folder)
                .isFalse();
        assertThat(GRAPHS)
                .hasSizeGreaterThanOrEqualTo(8)
                .allSatisfy(graph -> assertThat(graph.levels()).isNotEmpty());
    }

    @ParameterizedTest
    @FieldSource("GRAPHS")
    void shouldRunEachLevelAsOneBatch(PlainDag graph) {
        Submitted submitted = RUNS.get(graph + " batch");

        RunAnswer run = submitted.run().ended().completed();

        Order.of(submitted.document(), run)
                .hasLevels(graph.levels())
                .isTopological()
                .isNoWiderThan(500);
        assertThat(run.ids())
                .isEqualTo(graph.tasks().stream().map(PlainDag.Task::id).toList());
    }

    @ParameterizedTest
    @FieldSource("GRAPHS")
    void shouldRunEachGraphAsItsDataFlows(PlainDag graph) {
        Submitted submitted = RUNS.get(graph + " dataflow");

        RunAnswer run = submitted.run().ended().completed();

        Order.of(submitted.document(), run).isTopological().isNoWiderThan(500);
        assertThat(run.ids())
                .isEqualTo(graph.tasks().stream().map(PlainDag.Task::id).toList());
    }

    /** Functions and prompts take turns. */
    private static ObjectNode document(PlainDag graph, String scheduling) {
        Doc document = new Doc().policy("max_parallelism", 500).policy("scheduling", scheduling);
        List<PlainDag.Task> tasks = new ArrayList<>(graph.tasks());
        for (int i = 0; i < tasks.size(); i++) {
            PlainDag.Task task = tasks.get(i);
            long ms = Math.min(MAX_TASK_MS, Math.round(task.runtimeSeconds()));
            if (i % 2 == 0) {
                ObjectNode input = JsonNodeFactory.instance.objectNode().put("ms", ms);
                document.function(task.id(), "sleep", input, task.deps());
            } else {
                ObjectNode prompt = document.task(task.id(), task.deps());
                prompt.put("prompt", "Do the work of " + task.id()).put("model", "sim");
                prompt.putObject("metadata").put("sim_latency_ms", ms);
            }
        }
        return document.json();
    }
}
