package dev.ratchet.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A run that is sent more than Temporal takes for one execution: it says so, and can be aborted all the same. */
class CrowdedRunTest {
    @RegisterExtension
    static final EngineOfClass ENGINE = new EngineOfClass().serving("history.maximumSignalsPerExecution", "12");

    @Test
    void shouldRefuseWhatDoesNotFitAndStillAbort() {
        Doc document = new Doc();
        document.function(
                "held", "test_gate", JsonNodeFactory.instance.objectNode().put("gate", "crowded"));
        RunHandle run = ENGINE.api().submit(document.json());
        run.when(answer -> answer.state("held").equals("running"));
        for (int i = 0; i < 6; i++) {
            assertThat(control(run, "pause").statusCode()).isEqualTo(202);
            assertThat(control(run, "resume").statusCode()).isEqualTo(202);
        }

        HttpResponse<byte[]> refused = control(run, "pause");

        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(refused.headers().firstValue("Retry-After")).isPresent();
        assertThat(new String(refused.body(), StandardCharsets.UTF_8)).contains("\"overloaded\"");
        ENGINE.api().post("/runs/" + run.id() + "/abort", "{\"by\": \"ann\", \"reason\": \"enough\"}", 202);
        assertThat(run.ended().state()).isEqualTo("aborted");
        JsonNode audit = ENGINE.api().get("/runs/" + run.id() + "/audit");
        assertThat(audit.toString()).as("who, and why").contains("ann").contains("enough");
    }

    private static HttpResponse<byte[]> control(RunHandle run, String request) {
        return ENGINE.api()
                .send("/runs/" + run.id() + "/" + request, "{}".getBytes(StandardCharsets.UTF_8), "application/json");
    }
}
