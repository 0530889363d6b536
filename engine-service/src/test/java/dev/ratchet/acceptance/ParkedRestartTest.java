package dev.ratchet.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What waits for somebody waits on when everything was restarted. */
class ParkedRestartTest {
    @RegisterExtension
    static final EngineOfClass ENGINE = new EngineOfClass();

    @Test
    void shouldWaitOnAcrossARestart() {
        RunHandle run = ENGINE.api()
                .submit(Doc.tasks(
                        "scheduling: 'dataflow'",
                        "{id: 'job', type: 'agent', queue: 'kept'}",
                        "{id: 'ask', type: 'approval', question: 'Go?'}",
                        "{id: 'later', type: 'approval', question: 'Then?', deps: ['ask', 'job']}"));
        run.when(now -> now.state("job").equals("waiting") && now.state("ask").equals("waiting"));
        Agents before = new Agents(ENGINE.api(), "kept");
        before.tell(run.id(), "later", "decision", "{\"approved\": false}", 202);
        JsonNode leased = Objects.requireNonNull(before.next(10_000, 3_000));

        ENGINE.close();
        ENGINE.open();
        Agents after = new Agents(ENGINE.api(), "kept");
        RunHandle again = new RunHandle(ENGINE.api(), run.id());
        JsonNode job = Objects.requireNonNull(after.next(20_000, 60_000));
        after.complete(run.id(), "job", "{\"output\": 1}", 200);
        after.tell(run.id(), "ask", "decision", "{\"approved\": true}", 200);

        RunAnswer end = again.ended().completed();
        assertThat(job.path("job_id")).isEqualTo(leased.path("job_id"));
        assertThat(job.path("lease").asLong())
                .isGreaterThan(leased.path("lease").asLong());
        assertThat(end.task("later").at("/output/approved").asBoolean(true)).isFalse();
    }
}
