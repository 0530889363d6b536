package dev.ratchet.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ratchet.document.Json;
import dev.ratchet.faults.PatchScript;
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
        PatchScript script = new PatchScript(
                document.json(), id -> Doc.of("{id: '" + id + "', type: 'function', function: 'noop'}"));

        for (int i = 0; i < PATCHES; i++) {
            send(run, script.next(), script);
        }
        ENGINE.api().post("/runs/" + run.id() + "/tasks/hold/skip", "", 202);
        RunAnswer end = run.ended();

        assertThat(end.state()).isEqualTo("completed");
        assertThat(end.json().path("revision").asInt()).isEqualTo(script.revision());
        assertThat(script.revision()).isGreaterThan(PATCHES / 2);
        assertThat(script.refused()).isGreaterThan(10);
        assertThat(end.ids()).containsExactlyElementsOf(script.ids());
        assertThat(end.states().entrySet())
                .allMatch(task -> task.getValue().equals(task.getKey().equals("hold") ? "skipped" : "completed"));
        JsonNode revisions =
                ENGINE.api().get("/runs/" + run.id() + "/revisions").path("items");
        assertThat(revisions).hasSize(script.revision());
        JsonNode last = ENGINE.api().get("/runs/" + run.id() + "/document").path("tasks");
        assertThat(last.findValuesAsText("id")).containsExactlyElementsOf(script.ids());
    }

    private static void send(RunHandle run, PatchScript.Patch patch, PatchScript script) {
        String operations = Json.write(patch.operations());
        JsonNode answer =
                run.api().patch("/runs/" + run.id() + "/patch", operations, patch.revision(), patch.fits() ? 200 : 409);
        if (patch.fits()) {
            assertThat(answer.path("revision").asInt()).isEqualTo(script.revision());
        } else {
            assertThat(answer.path("code").asText()).isIn("revision_conflict", "task_not_waiting");
        }
    }
}
