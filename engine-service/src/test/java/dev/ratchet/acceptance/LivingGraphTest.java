package dev.ratchet.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A patched graph stays what it is over new executions of its run and over a restart of everything. */
class LivingGraphTest {
    private static final int CHAIN = 700;

    @RegisterExtension
    static final EngineOfClass ENGINE = new EngineOfClass();

    @Test
    void shouldKeepTheGraphOverRenewalsAndARestart() throws Exception {
        Doc document = new Doc().policy("scheduling", "dataflow").policy("tasks_per_activity", 1);
        document.task("hold", List.of()).put("type", "wait").put("duration_ms", 600_000);
        String before = null;
        for (int i = 0; i < CHAIN; i++) {
            String id = "t" + i;
            List<String> deps = before == null ? List.of() : List.of(before);
            document.function(id, "noop", JsonNodeFactory.instance.objectNode(), deps);
            before = id;
        }
        RunHandle run = ENGINE.api().submit(document.json());
        run.when(answer -> answer.state("hold").equals("waiting"));

        assertThat(patch(run, add("early", "hold"), 1, 200).path("revision").asInt())
                .isEqualTo(2);
        String last = before;
        run.when(answer -> answer.state(last).equals("completed"));
        patch(run, add("late", last), 2, 200);
        run.when(answer -> answer.state("late").equals("completed"));
        ENGINE.close();
        ENGINE.open();
        RunHandle again = new RunHandle(ENGINE.api(), run.id());

        assertThat(again.now().json().path("revision").asInt()).isEqualTo(3);
        patch(again, add("stale", "hold"), 2, 409);
        patch(again, add("after", "early"), 3, 200);
        ENGINE.api().post("/runs/" + run.id() + "/tasks/hold/skip", "", 202);
        RunAnswer end = again.ended();
        assertThat(end.state()).isEqualTo("completed");
        assertThat(end.ids()).hasSize(CHAIN + 4).endsWith("early", "late", "after");
        assertThat(end.task("late").path("revision").asInt()).isEqualTo(3);
        assertThat(ENGINE.api().get("/runs/" + run.id() + "/revisions").path("items"))
                .hasSize(4);
        assertThat(ENGINE.api().get("/runs/" + run.id() + "/audit").path("items"))
                .extracting(item -> item.path("request").asText())
                .containsExactly("patch", "patch", "patch", "skip");
        assertThat(Executions.of(again, ENGINE.temporal()).size()).isGreaterThan(1);
    }

    private static JsonNode patch(RunHandle run, String operations, int revision, int status) {
        return run.api().patch("/runs/" + run.id() + "/patch", operations, revision, status);
    }

    private static String add(String id, String after) {
        return ("[{'op': 'add', 'path': '/tasks/-', 'value': {'id': '" + id
                        + "', 'type': 'function', 'function': 'noop', 'deps': ['" + after + "']}}]")
                .replace('\'', '"');
    }
}
