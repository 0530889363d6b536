package dev.ratchet.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class AbortTest {
    private static final int WIDTH = 60;

    private static final HoldingServer SERVER = new HoldingServer();

    @RegisterExtension
    static final EngineOfClass ENGINE = new EngineOfClass().allowing(SERVER.address());

    @AfterAll
    static void closeServer() throws IOException {
        SERVER.close();
    }

    @Test
    void shouldStopTwoHundredCallsInTheMiddle() {
        Doc document = new Doc().policy("max_parallelism", WIDTH);
        call(document, "first", "quick", List.of());
        List<String> ids =
                IntStream.range(0, 200).mapToObj("call-%03d"::formatted).toList();
        ids.forEach(id -> call(document, id, "held", List.of("first")));
        call(document, "last", "quick", ids);
        RunHandle run = ENGINE.api().submit(document.json());
        await().atMost(Duration.ofSeconds(60)).until(() -> SERVER.held() == WIDTH);

        JsonNode answer = run.abort();
        long answered = System.currentTimeMillis();
        long start = System.nanoTime();
        await().atMost(Duration.ofSeconds(5)).until(() -> SERVER.held() == 0);
        RunAnswer end = run.ended();
        long endedAfter = (System.nanoTime() - start) / 1_000_000;

        assertThat(answer.path("state").asText()).isIn("aborting", "aborted");
        assertThat(endedAfter).isLessThan(10_000);
        assertThat(end.state()).isEqualTo("aborted");
        assertThat(end.json().path("ended_at").asLong()).isLessThan(answered + 10_000);
        assertThat(SERVER.lastCall()).isLessThan(answered + 2_000);
        assertThat(SERVER.calls()).isEqualTo(1 + WIDTH);
        assertThat(counts(end)).isEqualTo(Map.of("completed", 1, "cancelled", WIDTH, "skipped", 200 - WIDTH + 1));
        assertThat(end.json().path("tasks"))
                .filteredOn(task -> task.path("state").asText().equals("skipped"))
                .allSatisfy(task -> {
                    assertThat(task.path("reason").asText()).isEqualTo("run_aborted");
                    assertThat(task.path("attempts").asInt()).isZero();
                    assertThat(task.has("started_at")).isFalse();
                });
        assertThat(end.state("first")).isEqualTo("completed");
        assertThat(run.abortRefused().path("code").asText()).isEqualTo("run_aborted");
    }

    private static void call(Doc document, String id, String path, List<String> deps) {
        document.task(id, deps).put("type", "http").put("url", "http://" + SERVER.address() + "/" + path + "/" + id);
    }

    private static Map<String, Integer> counts(RunAnswer run) {
        Map<String, Integer> counts = new TreeMap<>();
        run.states().values().forEach(state -> counts.merge(state, 1, Integer::sum));
        return counts;
    }
}
