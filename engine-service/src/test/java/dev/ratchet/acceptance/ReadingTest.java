package dev.ratchet.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What readers may rely on while a run goes on; tasks wait at gates so that each moment is there to be looked at. */
class ReadingTest {
    @RegisterExtension
    static final EngineOfClass ENGINE = new EngineOfClass();

    private static final List<String> ORDER = List.of("pending", "waiting", "running", "settled");

    @Test
    void shouldWakeWhoWaitsForAChange() throws Exception {
        RunHandle run = ENGINE.api().submit(chain("wake", 3));
        RunAnswer before = run.when(now -> now.state("t0").equals("running"));
        String query = "?until=change&wait_ms=30000&since=" + before.version();
        List<CompletableFuture<RunAnswer>> readers = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            readers.add(CompletableFuture.supplyAsync(() -> run.get(query)));
        }
        RunAnswer idle = run.get("?until=change&wait_ms=500&since=" + before.version());

        Gates.open("wake0");

        assertThat(idle.version()).isEqualTo(before.version());
        assertThat(idle.ids()).isEmpty();
        for (CompletableFuture<RunAnswer> reader : readers) {
            RunAnswer changed = reader.get(20, TimeUnit.SECONDS);
            assertThat(changed.version()).isGreaterThan(before.version());
            assertThat(changed.state("t0")).isEqualTo("completed");
        }
        Gates.open("wake1");
        Gates.open("wake2");
        run.ended().completed();
    }

    @Test
    void shouldNeverGoBack() throws Exception {
        int length = 8;
        RunHandle run = ENGINE.api().submit(chain("back", length));
        Follower follower = Follower.of(run);
        CompletableFuture<List<RunAnswer>> polling = CompletableFuture.supplyAsync(() -> poll(run));

        for (int i = 0; i < length; i++) {
            String id = "t" + i;
            run.when(now -> now.state(id).equals("running"));
            Gates.open("back" + i);
        }
        RunAnswer end = run.ended().completed();

        follower.saw(end);
        assertThat(follower.answers()).isGreaterThan(1);
        List<RunAnswer> answers = polling.get(60, TimeUnit.SECONDS);
        Map<String, Integer> ranks = new HashMap<>();
        long version = 0;
        for (RunAnswer answer : answers) {
            assertThat(answer.version()).isGreaterThanOrEqualTo(version);
            version = answer.version();
            answer.states().forEach((id, state) -> {
                int rank = RunAnswer.isSettled(state) ? ORDER.size() : ORDER.indexOf(state);
                assertThat(rank).as("%s %s", id, state).isGreaterThanOrEqualTo(ranks.getOrDefault(id, 0));
                ranks.put(id, rank);
            });
        }
        assertThat(version).isEqualTo(end.version());
    }

    @Test
    void shouldNeverChangeWhatHasEnded() {
        RunHandle run = ENGINE.api().submit(Doc.tasks("", "{id: 'a', type: 'function', function: 'noop'}"));

        JsonNode end = run.ended().completed().json();

        assertThat(run.abortRefused().path("code").asText()).isEqualTo("run_completed");
        assertThat(run.now().json()).isEqualTo(end);
        assertThat(run.get("?until=change&wait_ms=5000&since=" + end.path("version"))
                        .json()
                        .path("state")
                        .asText())
                .isEqualTo("completed");
        assertThat(run.get("?until=terminal&wait_ms=5000").json()).isEqualTo(end);
    }

    @Test
    void shouldReadWhatAnOperatorTerminatedAsFailed() {
        RunHandle run = ENGINE.api().submit(chain("terminated", 3));
        Gates.open("terminated0");
        RunAnswer before = run.when(now -> now.state("t1").equals("running"));

        Executions.terminate(run, ENGINE.temporal());
        RunAnswer end = run.ended();

        assertThat(end.state()).isEqualTo("failed");
        assertThat(end.json().path("error").path("code").asText()).isEqualTo("scheduler_error");
        assertThat(end.version()).isGreaterThan(before.version());
        assertThat(end.json().path("tasks")).isEqualTo(before.json().path("tasks"));
        Gates.open("terminated1");
    }

    /** What a reader is told is what every reader is told at that version. */
    @Test
    void shouldTellEachVersionAlike() throws Exception {
        RunHandle run = ENGINE.api()
                .submit(Doc.tasks(
                        "",
                        "{id: 'a', type: 'function', function: 'noop'}",
                        "{id: 'b', type: 'function', function: 'sleep', input: {ms: 300}, deps: ['a']}",
                        "{id: 'c', type: 'function', function: 'sleep', input: {ms: 300}, deps: ['b']}"));
        List<CompletableFuture<List<RunAnswer>>> readers = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            readers.add(CompletableFuture.supplyAsync(() -> poll(run)));
        }

        Map<Long, JsonNode> told = new HashMap<>();
        for (CompletableFuture<List<RunAnswer>> reader : readers) {
            for (RunAnswer answer : reader.get(60, TimeUnit.SECONDS)) {
                JsonNode before = told.putIfAbsent(answer.version(), answer.json());
                assertThat(before == null ? answer.json() : before).isEqualTo(answer.json());
            }
        }

        assertThat(told).hasSizeGreaterThan(2);
    }

    private static List<RunAnswer> poll(RunHandle run) {
        List<RunAnswer> answers = new ArrayList<>();
        do {
            answers.add(run.now());
        } while (!answers.getLast().isTerminal());
        return answers;
    }

    private static ObjectNode chain(String gate, int length) {
        Doc document = new Doc();
        for (int i = 0; i < length; i++) {
            document.function(
                    "t" + i,
                    "test_gate",
                    Doc.of("{gate: '" + gate + i + "'}"),
                    i == 0 ? List.of() : List.of("t" + (i - 1)));
        }
        return document.json();
    }
}
