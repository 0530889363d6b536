package dev.ratchet.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ratchet.testkit.Compiling;
import dev.ratchet.testkit.PlainDag;
import dev.ratchet.testkit.RandomGraph;
import dev.ratchet.testkit.RandomGraphs;
import dev.ratchet.testkit.Shapes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class GraphShapesTest {
    static List<PlainDag> dags() {
        List<PlainDag> dags = new ArrayList<>(PlainDag.all());
        dags.addAll(PlainDag.lookAlikes());
        return dags;
    }

    @ParameterizedTest
    @MethodSource("dags")
    void shouldFindTheLevelsOfARealGraph(PlainDag dag) {
        Scope scope = Compiling.plan(dag.document()).root();

        assertThat(scope.size()).isEqualTo(dag.tasks().size());
        assertThat(dag.levels()).isNotEmpty();
        assertThat(levels(scope)).isEqualTo(dag.levels());
    }

    private static List<Integer> levels(Scope scope) {
        int[] level = new int[scope.size()];
        List<Integer> widths = new ArrayList<>();
        for (int task : scope.topological()) {
            for (int source : scope.sources(task)) {
                level[task] = Math.max(level[task], level[source] + 1);
            }
            if (widths.size() == level[task]) {
                widths.add(0);
            }
            widths.set(level[task], widths.get(level[task]) + 1);
        }
        return widths;
    }

    @Test
    void shouldCompileBothSpellingsOfEveryGraphToEqualPlans() {
        RandomGraphs.forAll(300, 1_000, RandomGraphs.Profile.RICH, graph -> {
            Plan plan = Compiling.plan(graph.asTasks());
            assertThat(Compiling.plan(graph.asNodes())).isEqualTo(plan);
            assertThat(plan.root().nodes()).extracting(Node::id).containsExactlyElementsOf(graph.ids());
        });
    }

    @Test
    void shouldPutEverySourceBeforeItsTargets() {
        RandomGraphs.forAll(300, 2_000, RandomGraphs.Profile.PLAIN, graph -> {
            Scope scope = Compiling.plan(graph.asTasks()).root();
            Set<Integer> seen = new HashSet<>();
            for (int task : scope.topological()) {
                for (int source : scope.sources(task)) {
                    assertThat(seen).contains(source);
                }
                seen.add(task);
            }
            assertThat(seen).hasSize(scope.size());
        });
    }

    @Test
    void shouldFindACycleWhereverAnEdgeClosesOne() {
        RandomGraphs.forAll(300, 3_000, RandomGraphs.Profile.PLAIN, graph -> {
            RandomGraph.Task last = graph.tasks().get(graph.tasks().size() - 1);
            if (last.deps().isEmpty()) {
                return;
            }
            ObjectNode document = graph.asTasks();
            for (com.fasterxml.jackson.databind.JsonNode task : document.path("tasks")) {
                if (task.path("id").asText().equals(last.deps().get(0).task())) {
                    ((ArrayNode) task.path("deps")).add(last.id());
                }
            }
            Compilation compilation = Compiling.compile(document);
            assertThat(compilation.problems()).hasSize(1);
            assertThat(compilation.problems().get(0).code()).isEqualTo("dag_cycle");
            assertCycle(compilation.problems().get(0).message(), document);
        });
    }

    /** The path that is printed goes along edges that exist and ends where it began. */
    private static void assertCycle(String message, ObjectNode document) {
        List<String> path =
                List.of(message.substring(message.lastIndexOf(": ") + 2).split(" → ", -1));
        assertThat(path.get(0)).isEqualTo(path.get(path.size() - 1));
        for (int i = 1; i < path.size(); i++) {
            boolean exists = false;
            for (com.fasterxml.jackson.databind.JsonNode task : document.path("tasks")) {
                exists |= task.path("id").asText().equals(path.get(i))
                        && task.path("deps").toString().contains('"' + path.get(i - 1) + '"');
            }
            assertThat(exists).as("edge %s → %s", path.get(i - 1), path.get(i)).isTrue();
        }
    }

    @Test
    void shouldAllowReadingAncestorsAndNothingElse() {
        RandomGraphs.forAll(200, 4_000, RandomGraphs.Profile.PLAIN, graph -> {
            Scope scope = Compiling.plan(graph.asTasks()).root();
            List<Set<Integer>> upstream = new ArrayList<>(Collections.nCopies(scope.size(), Set.of()));
            for (int task : scope.topological()) {
                Set<Integer> all = new HashSet<>();
                for (int source : scope.sources(task)) {
                    all.add(source);
                    all.addAll(upstream.get(source));
                }
                upstream.set(task, all);
            }
            int reader = graph.tasks().size() / 2;
            String readerId = graph.tasks().get(reader).id();
            for (String id : graph.ids()) {
                ObjectNode document = graph.asTasks();
                ((ObjectNode) document.path("tasks").get(reader))
                        .put("when", "tasks['" + id + "'].state == 'completed'");
                boolean allowed = upstream.get(scope.indexOf(readerId)).contains(scope.indexOf(id));
                assertThat(Compiling.compile(document).isSound()).isEqualTo(allowed);
            }
        });
    }

    @Test
    void shouldShrinkAFailureToItsCore() {
        assertThatThrownBy(() -> RandomGraphs.forAll(
                        50,
                        1,
                        RandomGraphs.Profile.RICH,
                        graph -> assertThat(graph.tasks()).noneMatch(RandomGraph.Task::fails)))
                .isInstanceOf(AssertionError.class)
                .hasMessageMatching(
                        "(?s)seed \\d+, smallest failing document: "
                                + "\\{\"tasks\":\\[\\{\"id\":\"[^\"]+\",\"type\":\"function\",\"function\":\"fail\",\"input\":\\{},\"deps\":\\[]}]}.*");
    }

    @Test
    void shouldMakeTheSameGraphFromTheSameSeed() {
        assertThat(RandomGraphs.graph(7, RandomGraphs.Profile.RICH))
                .isEqualTo(RandomGraphs.graph(7, RandomGraphs.Profile.RICH))
                .isNotEqualTo(RandomGraphs.graph(8, RandomGraphs.Profile.RICH));
        assertThat(Shapes.fan(3).path("tasks")).hasSize(5);
    }
}
