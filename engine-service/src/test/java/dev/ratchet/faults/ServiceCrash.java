package dev.ratchet.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ratchet.faults.LedgerEntry.Kind;
import dev.ratchet.service.embedded.TemporalForTests;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The service is killed with -9 while runs go on and while requests are in it; workers and Temporal live. */
abstract class ServiceCrash {
    private static final int POSTS = 8;

    @RegisterExtension
    static final Stage STAGE =
            new Stage("service", folder -> TemporalForTests.shared().address());

    private static final Map<String, JsonNode> SENT = new LinkedHashMap<>();
    private static final Map<String, Optional<Integer>> ANSWERED = new LinkedHashMap<>();

    @BeforeAll
    static void killTheServiceTwice() {
        EngineProcesses engine = STAGE.engine();
        JvmProcess worker = engine.startWorker();
        engine.awaitService();
        engine.awaitWorking(worker);
        STAGE.submit(
                STAGE.document("alone").latency(300).call("a").call("b", "a").call("c", "b"));
        STAGE.submit(STAGE.document("answered").call("a"));
        engine.killService();
        await("the run goes on without a service")
                .atMost(Stage.HEALED)
                .until(() -> STAGE.ledger().read().applied("default/alone/c") == 1);
        engine.startService();
        engine.awaitService();

        killWhileRequestsAreInIt(engine);
        engine.startService();
        engine.awaitService();
    }

    private static void killWhileRequestsAreInIt(EngineProcesses engine) {
        Map<String, CompletableFuture<Optional<Integer>>> posts = new LinkedHashMap<>();
        for (int i = 0; i < POSTS; i++) {
            String id = "post" + i;
            JsonNode document = STAGE.document(id).call("a").call("b", "a").json();
            Duration delay = Duration.ofMillis(STAGE.schedule.choose("delay of " + id + " in ms", 200));
            SENT.put(id, document);
            posts.put(id, CompletableFuture.supplyAsync(() -> post(document, delay), Thread::startVirtualThread));
        }
        int answers = STAGE.schedule.choose("answers before the service is killed", POSTS - 1);
        await("answers")
                .atMost(Stage.HEALED)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(1))
                .until(() -> posts.values().stream()
                                .filter(CompletableFuture::isDone)
                                .count()
                        >= answers);
        engine.killService();
        posts.forEach((id, post) -> ANSWERED.put(id, post.join()));
        STAGE.schedule.note("answers " + ANSWERED);
    }

    private static Optional<Integer> post(JsonNode document, Duration delay) {
        Pause.of(delay);
        try {
            return Optional.of(STAGE.api().post(document).status());
        } catch (IOException unanswered) {
            return Optional.empty();
        }
    }

    @Test
    void shouldGoOnWithRunsWhileNoServiceIsThere() {
        STAGE.ends("alone", "completed", 0);
    }

    @Test
    void shouldKeepWhatWasAccepted() {
        STAGE.ends("answered", "completed", 0);
    }

    @Test
    void shouldHaveARequestThatWasNotAnsweredWhollyOrNotAtAllAndTakeItsRetryForTheSameRun() throws Exception {
        for (Map.Entry<String, JsonNode> each : SENT.entrySet()) {
            EngineApi.Answer found = STAGE.api().get("/runs/" + each.getKey(), 30);
            if (ANSWERED.get(each.getKey()).equals(Optional.of(202))) {
                assertThat(found.status()).as("accepted %s", each.getKey()).isEqualTo(200);
            } else {
                assertThat(found.status()).as("unanswered %s", each.getKey()).isIn(200, 404);
            }
            assertThat(STAGE.api().submit(each.getValue()).path("id").asText()).isEqualTo(each.getKey());
            STAGE.follow(each.getValue());
        }
        for (String id : SENT.keySet()) {
            STAGE.ends(id, "completed", 0);
            assertThat(STAGE.ledger().read().all(Kind.DELIVERED, "default/" + id + "/a"))
                    .hasSize(1);
        }
        for (String id : SENT.keySet()) {
            await("one execution of " + id).until(() -> STAGE.executions().count(id) == 1);
        }
    }
}
