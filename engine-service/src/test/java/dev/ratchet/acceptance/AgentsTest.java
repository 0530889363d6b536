package dev.ratchet.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ratchet.document.Json;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Tasks that wait for an agent, from the hand-over to the output. */
class AgentsTest {
    @RegisterExtension
    static final EngineOfClass ENGINE = new EngineOfClass();

    private static RunHandle submit(String policy, String... tasks) {
        return ENGINE.api().submit(Doc.tasks(policy, tasks));
    }

    private static Agents agents(String queue) {
        return new Agents(ENGINE.api(), queue);
    }

    /** One agent takes a job and is never heard of again; five others do the rest, and in the end that one too. */
    @Test
    void shouldHandEachOfFiftyJobsToOneAgentAtATime() throws InterruptedException {
        List<String> ids = IntStream.range(0, 50).mapToObj(i -> "job-" + i).toList();
        RunHandle run = submit(
                "",
                ids.stream()
                        .map(id -> "{id: '%s', type: 'agent', queue: 'many', input: {n: '%s'}}".formatted(id, id))
                        .toArray(String[]::new));
        Agents agents = agents("many");
        JsonNode forgotten = Objects.requireNonNull(agents.next(20_000, 2_000));
        Queue<String> done = new ConcurrentLinkedQueue<>();

        List<Thread> workers = IntStream.range(0, 5)
                .mapToObj(i -> Thread.ofVirtual().start(() -> work(agents, done)))
                .toList();
        for (Thread worker : workers) {
            worker.join();
        }

        RunAnswer end = run.ended().completed();
        assertThat(done)
                .containsExactlyInAnyOrderElementsOf(ids)
                .contains(forgotten.path("node_id").asText());
        assertThat(ids)
                .allSatisfy(id ->
                        assertThat(end.task(id).at("/output/for").asText()).isEqualTo(id));
    }

    private static void work(Agents agents, Queue<String> done) {
        for (JsonNode job = agents.next(6_000, 60_000); job != null; job = agents.next(6_000, 60_000)) {
            String id = job.path("node_id").asText();
            done.add(id);
            agents.complete(
                    job.path("run_id").asText(),
                    id,
                    "{\"output\": {\"for\": \"" + job.at("/input/n").asText() + "\"}}",
                    200);
        }
    }

    @Test
    void shouldKeepALeaseThatIsRenewedAndTellWhoLostIt() {
        RunHandle run = submit("", "{id: 'job', type: 'agent', queue: 'renewed'}");
        Agents agents = agents("renewed");
        JsonNode mine = Objects.requireNonNull(agents.next(20_000, 2_000));

        agents.tell(run.id(), "job", "heartbeat", "{\"lease\": " + mine.path("lease") + ", \"lease_ms\": 8000}", 200);
        assertThat(agents.next(3_000, 1_000)).isNull();
        JsonNode theirs = Objects.requireNonNull(agents.next(20_000, 60_000));

        assertThat(theirs.path("job_id")).isEqualTo(mine.path("job_id"));
        JsonNode lost = agents.tell(run.id(), "job", "heartbeat", "{\"lease\": " + mine.path("lease") + "}", 409);
        assertThat(lost.path("code").asText()).isEqualTo("task_not_waiting");
        agents.complete(run.id(), "job", "", 200);
        assertThat(run.ended().completed().task("job").path("output")).isEqualTo(Json.tree(java.util.Map.of()));
    }

    @Test
    void shouldTakeBackTheJobsOfATaskThatIsNotWaitedForAnyMore() {
        RunHandle run = submit("", "{id: 'job', type: 'agent', queue: 'aborted'}");
        run.when(now -> now.state("job").equals("waiting"));
        run.abort();
        run.ended();

        assertThat(agents("aborted").next(1_500, 1_000)).isNull();
        assertThat(agents("aborted")
                        .complete(run.id(), "job", "{\"output\": 1}", 409)
                        .path("code")
                        .asText())
                .isEqualTo("run_aborted");
    }

    @Test
    void shouldAskAgainAfterAFailureAsTheTaskSays() {
        RunHandle run = submit(
                "", "{id: 'job', type: 'agent', queue: 'retried', retry: {max_attempts: 2, initial_interval_ms: 10}}");
        Agents agents = agents("retried");
        JsonNode first = Objects.requireNonNull(agents.next(20_000, 60_000));
        agents.tell(run.id(), "job", "fail", "{\"code\": \"out_of_paper\", \"message\": \"Expected paper\"}", 200);
        JsonNode second = Objects.requireNonNull(agents.next(20_000, 60_000));
        agents.complete(run.id(), "job", "{\"output\": [1, 2], \"usage\": {\"tokens\": 7}}", 200);

        RunAnswer end = run.ended().completed();
        assertThat(first.path("job_id").asText()).isEqualTo("default/" + run.id() + "/job/1");
        assertThat(second.path("job_id").asText()).isEqualTo("default/" + run.id() + "/job/2");
        assertThat(run.attempts("job").get(0).at("/error/code").asText()).isEqualTo("execution_failed");
        assertThat(run.attempts("job").get(0).at("/error/message").asText()).isEqualTo("Expected paper");
        assertThat(end.task("job").at("/usage/tokens").asInt()).isEqualTo(7);
    }

    @Test
    void shouldRefuseAnOutputThatMissesItsSchema() {
        RunHandle run = submit("", "{id: 'job', type: 'agent', output_schema: {type: 'object', required: ['answer']}}");
        run.when(now -> now.state("job").equals("waiting"));

        agents("default").complete(run.id(), "job", "{\"output\": {\"other\": 1}}", 200);

        assertThat(run.ended().task("job").at("/error/code").asText()).isEqualTo("output_invalid");
    }

    @Test
    void shouldEscalateToAnotherQueue() {
        RunHandle run = submit(
                "",
                "{id: 'job', type: 'agent', queue: 'slow', deadline_ms: 300, on_deadline: 'escalate',"
                        + " escalate_to: 'fast'}");
        JsonNode job = Objects.requireNonNull(agents("fast").next(20_000, 60_000));

        assertThat(agents("slow").next(0, 1_000)).isNull();
        agents("fast").complete(run.id(), job.path("node_id").asText(), "{\"output\": \"done\"}", 200);
        assertThat(run.ended().completed().task("job").path("output").asText()).isEqualTo("done");
    }

    @Test
    void shouldTakeSignalsEarlyTwiceAndLate() {
        RunHandle run = submit(
                "scheduling: 'dataflow'",
                "{id: 'first', type: 'wait', duration_ms: 2500}",
                "{id: 'early', type: 'agent', deps: ['first']}",
                "{id: 'last', type: 'agent'}");
        run.when(now -> now.state("last").equals("waiting"));

        JsonNode kept = signal(run, "early", "completed", "\"result\": {\"n\": 1}", 202);
        signal(run, "early", "completed", "\"result\": {\"n\": 1}", 202);
        assertThat(signal(run, "early", "completed", "\"result\": {\"n\": 2}", 409)
                        .path("code")
                        .asText())
                .isEqualTo("task_not_waiting");
        run.when(now -> now.state("early").equals("completed"));
        signal(run, "early", "completed", "\"result\": {\"n\": 1}", 202);
        signal(run, "last", "failed", "\"error\": {\"code\": \"timeout\", \"message\": \"Expected more time\"}", 202);

        RunAnswer end = run.ended();
        assertThat(kept.path("kept").asBoolean()).isTrue();
        assertThat(end.task("early").at("/output/n").asInt()).isEqualTo(1);
        assertThat(end.task("early").at("/usage/tokens").asInt()).isEqualTo(11);
        assertThat(end.task("last").at("/error/code").asText()).isEqualTo("timeout");
        signal(run, "early", "completed", "\"result\": {\"n\": 1}", 202);
        assertThat(signal(run, "early", "completed", "\"result\": {\"n\": 3}", 409)
                        .path("code")
                        .asText())
                .isEqualTo("run_completed");
    }

    private static JsonNode signal(RunHandle run, String node, String status, String rest, int expected) {
        return ENGINE.api().post("/completion-signals", """
                        {"version": "1.0", "job_id": "j", "run_id": "%s", "node_id": "%s", "status": "%s",
                         "metadata": {"tokens_used": 11, "more": true}, %s}""".formatted(run.id(), node, status, rest), expected);
    }

    @Test
    void shouldRefuseSignalsOfAnotherVersion() {
        JsonNode refused = ENGINE.api()
                .post("/completion-signals", "{\"version\": \"2.0\", \"run_id\": \"x\", \"node_id\": \"y\"}", 400);

        assertThat(refused.at("/errors/0/pointer").asText()).isEqualTo("/version");
    }

    @Test
    void shouldCompleteWithWhatWasStoredBefore() {
        RunHandle run = submit(
                "", "{id: 'json', type: 'agent'}", "{id: 'binary', type: 'agent'}", "{id: 'large', type: 'agent'}");
        run.when(now -> now.state("large").equals("waiting"));
        String json = store("{\"n\": 1}".getBytes(StandardCharsets.UTF_8), "application/json");
        String binary = store(new byte[] {1, 2, 3}, "image/png");

        signal(run, "json", "completed", "\"result_ref\": \"artifact://" + json + "\"", 202);
        agents("default").complete(run.id(), "binary", "{\"result_ref\": \"" + binary + "\"}", 200);
        agents("default").complete(run.id(), "large", "{\"output\": \"" + "x".repeat(100_000) + "\"}", 200);
        JsonNode unknown =
                agents("default").complete(run.id(), "large", "{\"result_ref\": \"" + "0".repeat(64) + "\"}", 400);

        RunAnswer end = run.ended().completed();
        assertThat(end.task("json").at("/output/n").asInt()).isEqualTo(1);
        assertThat(end.task("binary").at("/output/ref").asText()).isEqualTo(binary);
        assertThat(end.task("large").at("/output_ref/size").asInt()).isEqualTo(100_002);
        assertThat(unknown.at("/errors/0/pointer").asText()).isEqualTo("/result_ref");
        assertThat(ENGINE.api().bytes("/artifacts/" + binary)).containsExactly(1, 2, 3);
        assertThat(ENGINE.api()
                        .look("/artifacts/" + binary + "?organization=other")
                        .statusCode())
                .isEqualTo(404);
    }

    /** A ref that somebody was told, or made up, is worth nothing in another organization. */
    @Test
    void shouldNotCompleteWithWhatAnotherOrganizationStored() {
        RunHandle run = submit("", "{id: 'job', type: 'agent'}");
        run.when(now -> now.state("job").equals("waiting"));
        String secret =
                store("{\"secret\": 1}".getBytes(StandardCharsets.UTF_8), "application/json", "?organization=other");
        String mark = "\u0000\u0001ratchet artifact\ndefault\n" + secret;
        String forged = store(mark.getBytes(StandardCharsets.UTF_8), "application/octet-stream");

        signal(run, "job", "completed", "\"result_ref\": \"artifact://" + secret + "\"", 400);
        agents("default").complete(run.id(), "job", "{\"result_ref\": \"" + secret + "\"}", 400);
        assertThat(ENGINE.api().look("/artifacts/" + secret).statusCode()).isEqualTo(404);
        agents("default")
                .complete(
                        run.id(),
                        "job",
                        "{\"output\": {\"ref\": \"" + secret
                                + "\", \"size\": 13, \"mime_type\": \"application/json\"}}",
                        200);

        assertThat(run.ended().completed().task("job").path("output").has("secret"))
                .isFalse();
        assertThat(ENGINE.api().bytes("/artifacts/" + forged)).hasSize(mark.length());
    }

    private static String store(byte[] content, String type) {
        return store(content, type, "");
    }

    private static String store(byte[] content, String type, String query) {
        HttpResponse<byte[]> stored = ENGINE.api().send("/artifacts" + query, content, type);
        assertThat(stored.statusCode()).isEqualTo(201);
        return Json.read(new String(stored.body(), StandardCharsets.UTF_8), JsonNode.class)
                .path("ref")
                .asText();
    }
}
