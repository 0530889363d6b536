package dev.ratchet.plan;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ratchet.document.Json;
import dev.ratchet.testkit.Compiling;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GraphsTest {
    private static final Plan PLAN = Compiling.plan(Json.read("""
            {"tasks": [{"id": "z-1", "type": "function"},
              {"id": "a", "type": "function", "group": "g", "deps": ["z-1"]},
              {"id": "m.x", "type": "function", "deps": [
                {"task": "a", "port": "p|\\"]", "when": "output.s == '<script>'", "to_input": "i[]"},
                {"task": "z-1", "when": "tasks.a.output.n > 1"}]}]}""", JsonNode.class));
    private static final Map<String, String> STATES = Map.of("z-1", "completed", "a", "running");

    @Test
    void shouldListTasksInDocumentOrderWithTheirStates() {
        assertThat(Graphs.json(PLAN, STATES::get)).isEqualTo(Json.read("""
                {"nodes": [{"id": "z-1", "type": "function", "state": "completed"},
                           {"id": "a", "type": "function", "state": "running", "group": "g"}, {"id": "m.x", "type": "function"}],
                 "edges": [{"from": "z-1", "to": "a"},
                   {"from": "a", "to": "m.x", "from_output": "p|\\"]", "to_input": "i[]", "condition": "output.s == '<script>'"},
                   {"from": "z-1", "to": "m.x", "condition": "tasks.a.output.n > 1"}]}""", JsonNode.class));
    }

    @Test
    void shouldDrawForMermaidWithEverythingEscaped() {
        String text = Graphs.mermaid(PLAN, STATES::get);

        assertThat(text).startsWith("""
                flowchart TD
                  n2["z-1<br/>completed"]:::completed
                  n0["a<br/>running"]:::running
                  n1["m.x"]
                  n2 --> n0
                  n0 -->|"p#124;#34;#93;, output.s == '#60;script#62;', to i#91;#93;"| n1
                  n2 -->|"tasks.a.output.n #62; 1"| n1
                """);
        assertThat(text).contains("  classDef completed fill:#bbf7d0,");
    }

    @Test
    void shouldDrawForGraphvizWithEverythingEscaped() {
        assertThat(Graphs.dot(PLAN, STATES::get)).isEqualTo("""
                digraph run {
                  node [shape=box, style="rounded,filled"];
                  "z-1" [label="z-1\\ncompleted", fillcolor="#bbf7d0"];
                  "a" [label="a\\nrunning", fillcolor="#bfdbfe"];
                  "m.x" [label="m.x", fillcolor="#ffffff"];
                  "z-1" -> "a";
                  "a" -> "m.x" [label="p|\\"], output.s == '<script>', to i[]"];
                  "z-1" -> "m.x" [label="tasks.a.output.n > 1"];
                }
                """);
    }
}
