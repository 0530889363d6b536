package dev.ratchet.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ratchet.document.Json;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Two hundred patches in a row, some of them too late or made for another graph, while tasks complete. */
class PatchStormTest {
    private static final int PATCHES = 200;

    @RegisterExtension
    static final EngineOfClass ENGINE = new EngineOfClass();

    @Test
    void shouldTakeOrRefuseEachPatchWholeAndLoseNoTask() {
        Doc document = new Doc().policy("scheduling", "dataflow").policy("tasks_per_activity", 1);
        document.task("hold", List.of()).put("type", "wait").put("duration_ms", 600_000);
        RunHandle run = ENGINE.api().submit(document.json());
        run.when(answer -> answer.state("hold").equals("waiting"));
        Storm storm = new Storm(run);

        for (int i = 0; i < PATCHES; i++) {
            storm.patch(i);
        }
        ENGINE.api().post("/runs/" + run.id() + "/tasks/hold/skip", "", 202);
        RunAnswer end = run.ended();

        assertThat(end.state()).isEqualTo("completed");
        assertThat(end.json().path("revision").asInt()).isEqualTo(1 + storm.taken);
        assertThat(storm.taken).isGreaterThan(PATCHES / 2);
        assertThat(storm.refused).isGreaterThan(10);
        assertThat(end.ids()).containsExactlyElementsOf(storm.expected);
        assertThat(end.states().entrySet())
                .allMatch(task -> task.getValue().equals(task.getKey().equals("hold") ? "skipped" : "completed"));
        JsonNode revisions =
                ENGINE.api().get("/runs/" + run.id() + "/revisions").path("items");
        assertThat(revisions).hasSize(1 + storm.taken);
        JsonNode last = ENGINE.api().get("/runs/" + run.id() + "/document").path("tasks");
        assertThat(last.findValuesAsText("id")).containsExactlyElementsOf(storm.expected);
    }

    /** Who patches, and what the graph should be. */
    private static final class Storm {
        private final RunHandle run;
        private final List<String> expected = new ArrayList<>(List.of("hold"));
        private int taken;
        private int refused;

        Storm(RunHandle run) {
            this.run = run;
        }

        /** Every fifth is stale, every seventh changes what may have begun, the rest add tasks that run at once. */
        void patch(int i) {
            String id = "t" + i;
            int revision = 1 + taken;
            if (i % 5 == 4) {
                send(add(id, "\"hold\""), revision - 1, false);
            } else if (i % 7 == 6 && expected.size() > 1) {
                String begun = "[{\"op\": \"replace\", \"path\": \"/tasks/0/duration_ms\", \"value\": " + i + "}]";
                send(begun, revision, false);
            } else {
                String before = expected.size() > 1 ? '"' + expected.getLast() + '"' : "";
                send(add(id, before), revision, true);
                expected.add(id);
            }
        }

        private void send(String operations, int revision, boolean fits) {
            JsonNode answer = run.api().patch("/runs/" + run.id() + "/patch", operations, revision, fits ? 200 : 409);
            if (fits) {
                taken++;
                assertThat(answer.path("revision").asInt()).isEqualTo(1 + taken);
            } else {
                refused++;
                assertThat(answer.path("code").asText()).isIn("revision_conflict", "task_not_waiting");
            }
        }

        private static String add(String id, String after) {
            return Json.write(Json.read(
                    "[{\"op\": \"add\", \"path\": \"/tasks/-\", \"value\": {\"id\": \"" + id
                            + "\", \"type\": \"function\", \"function\": \"noop\", \"deps\": [" + after + "]}}]",
                    JsonNode.class));
        }
    }
}
