package dev.ratchet.service.resources;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ratchet.service.server.EngineForTests;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is refused, with which status and code, and that nothing is echoed. */
class RefusalsTest {
    private static Api api;

    @BeforeAll
    static void start() {
        api = new Api(EngineForTests.shared().url().orElseThrow());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[]",
                "{}{}",
                "{\"tasks\": [], \"tasks\": []}",
                "{\"tasks\": []}",
                "{\"tasks\": [{\"id\": \"\", \"type\": \"function\", \"function\": \"noop\"}]}",
                "{\"tasks\": [{\"id\": \"a\", \"type\": \"function\", \"function\": \"noop\"},"
                        + "{\"id\": \"a\", \"type\": \"function\", \"function\": \"noop\"}]}",
                "{\"nonsense\": 1, \"tasks\": [{\"id\": \"a\", \"type\": \"function\", \"function\": \"noop\"}]}",
                "{\"policy\": {\"max_parallelism\": 3.99}, \"tasks\": [{\"id\": \"a\", \"type\": \"function\", \"function\": \"noop\"}]}",
                "{\"policy\": {\"budget_limit\": {\"amount\": 1e400, \"currency\": \"USD\"}}, \"tasks\": [{\"id\": \"a\", \"prompt\": \"x\"}]}",
                "{\"policy\": {\"budget_limit\": {\"amount\": 1, \"currency\": \"EUR\"}}, \"tasks\": [{\"id\": \"a\", \"prompt\": \"x\"}]}"
            })
    void shouldRefuseMalformedDocuments(String document) throws Exception {
        JsonNode problem = api.submit(document).problem(400, "invalid_input");
        assertThat(problem.path("errors")).isNotEmpty();
        assertThat(problem.path("errors").get(0).path("code").asText()).isEqualTo("invalid_input");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    dag_cycle          | /tasks/0/deps/0 | [{"id":"a","prompt":"x","deps":["b"]},{"id":"b","prompt":"x","deps":["a"]}]
                    dag_cycle          | /tasks/0/deps/0 | [{"id":"a","prompt":"x","deps":["a"]}]
                    dep_not_found      | /tasks/0/deps/0 | [{"id":"a","prompt":"x","deps":["nobody"]}]
                    dag_invalid        | /tasks/1/deps/1 | [{"id":"a","prompt":"x"},{"id":"b","prompt":"x","deps":["a","a"]}]
                    model_unknown      | /tasks/0/model  | [{"id":"a","prompt":"x","model":"no-such-model"}]
                    expression_invalid | /tasks/0/prompt | [{"id":"a","prompt":"${1 +}"}]
                    """)
    void shouldRefuseUnsoundGraphs(String code, String pointer, String tasks) throws Exception {
        JsonNode problem = api.submit("{\"tasks\": " + tasks + "}").problem(422, code);
        assertThat(problem.path("errors").get(0).path("pointer").asText()).isEqualTo(pointer);
    }

    @Test
    void shouldRefuseMoreTasksThanTheLimit() throws Exception {
        String tasks = IntStream.rangeClosed(0, 10_000)
                .mapToObj(i -> "{\"id\":\"t" + i + "\",\"type\":\"function\",\"function\":\"noop\"}")
                .collect(Collectors.joining(","));
        api.submit("{\"tasks\": [" + tasks + "]}").problem(422, "limit_exceeded");
    }

    @Test
    void shouldNotEvenReadBodiesThatAreSaidToBeTooLarge() throws Exception {
        assertThat(raw("Content-Length: 4194305\r\nExpect: 100-continue\r\n\r\n"))
                .startsWith("HTTP/1.1 413")
                .contains("too_large");
    }

    @Test
    void shouldRefuseBodiesThatBreakOff() throws Exception {
        assertThat(raw("Transfer-Encoding: chunked\r\n\r\nZZ\r\n"))
                .startsWith("HTTP/1.1 400")
                .contains("invalid_input");
    }

    /** Jetty counts after a while, so some of it is sent before the sender is told. */
    @Test
    void shouldRefuseBodiesThatTrickle() throws Exception {
        try (Socket socket = new Socket("127.0.0.1", port())) {
            socket.setSoTimeout(60_000);
            OutputStream out = socket.getOutputStream();
            out.write(head("Content-Length: 1000\r\n\r\n"));
            Thread trickle = Thread.ofVirtual().start(() -> {
                try {
                    while (true) {
                        out.write(' ');
                        java.util.concurrent.TimeUnit.MILLISECONDS.sleep(500);
                    }
                } catch (java.io.IOException | InterruptedException closed) {
                    // that is what the test waits for
                }
            });
            byte[] answer = new byte[12];
            assertThat(socket.getInputStream().readNBytes(answer, 0, 12)).isEqualTo(12);
            trickle.interrupt();
            assertThat(new String(answer, StandardCharsets.US_ASCII)).isEqualTo("HTTP/1.1 408");
        }
    }

    private static String raw(String rest) throws Exception {
        try (Socket socket = new Socket("127.0.0.1", port())) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write(head("Connection: close\r\n" + rest));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static byte[] head(String rest) {
        return ("POST /api/v1/runs HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n" + rest)
                .getBytes(StandardCharsets.US_ASCII);
    }

    private static int port() {
        return java.net.URI.create(EngineForTests.shared().url().orElseThrow()).getPort();
    }

    @Test
    void shouldRefuseOtherMediaTypes() throws Exception {
        api.post("/runs", "{}", "Content-Type", "text/plain").problem(415, "unsupported_media_type");
        api.post("/runs", "{}").problem(415, "unsupported_media_type");
        api.post("/validate", "{}", "Content-Type", "application/xml").problem(415, "unsupported_media_type");
    }

    @Test
    void shouldRefusePackedBodies() throws Exception {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write("{}".getBytes(StandardCharsets.UTF_8));
        }
        api.post("/runs", packed.toByteArray(), "Content-Type", "application/json", "Content-Encoding", "gzip")
                .problem(415, "unsupported_media_type");
    }

    @Test
    void shouldRefuseOtherEncodingsThanUtf8() throws Exception {
        byte[] document = "{\"tasks\": [{\"id\": \"a\", \"prompt\": \"x\"}]}".getBytes(StandardCharsets.UTF_16);
        api.post("/runs", document, "Content-Type", "application/json").problem(400, "invalid_input");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/runs/absent",
                "/runs/absent/document",
                "/runs/absent/graph",
                "/runs/absent/tasks/a",
                "/runs/absent/tasks/a/output",
                "/runs/absent/tasks/a/attempts",
                "/runs/absent?wait_ms=20&until=terminal",
                "/runs/absent?wait_ms=20&until=change",
                "/runs/%20not%20an%20id",
                "/runs/..%2e"
            })
    void shouldNotFindRunsThatAreNotThere(String path) throws Exception {
        api.get(path).problem(404, "run_not_found");
    }

    @Test
    void shouldNotFindRunsOfOthers() throws Exception {
        String id = api.run("{\"tasks\": [{\"id\": \"a\", \"type\": \"function\", \"function\": \"noop\"}]}")
                .path("id")
                .asText();
        api.get("/runs/" + id).expect(200);
        api.get("/runs/" + id + "?organization=acme").problem(404, "run_not_found");
        api.get("/runs/" + id + "/tasks/a?organization=acme").problem(404, "run_not_found");
        api.post("/runs/" + id + "/abort?organization=acme", "").problem(404, "run_not_found");
    }

    @Test
    void shouldNotFindTasksThatAreNotThere() throws Exception {
        String id = api.run("{\"tasks\": [{\"id\": \"a\", \"type\": \"function\", \"function\": \"noop\"}]}")
                .path("id")
                .asText();
        api.get("/runs/" + id + "/tasks/b").problem(404, "task_not_found");
        api.get("/runs/" + id + "/tasks/b/attempts").problem(404, "task_not_found");
        api.get("/runs/" + id + "/tasks/b/output").problem(404, "task_not_found");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "?wait_ms=-1",
                "?wait_ms=soon",
                "?until=never&wait_ms=1",
                "?since=x",
                "?tasks=some",
                "?organization=a%2Fb",
                "/graph?format=png"
            })
    void shouldRefuseParametersThatMakeNoSense(String query) throws Exception {
        api.get("/runs/absent" + query).expect(query.startsWith("/graph") ? 404 : 400);
    }

    @Test
    void shouldRefuseActivitiesOnTheEnginesOwnQueueAlsoInsideOfOthers() throws Exception {
        String own = "{\"id\": \"a\", \"type\": \"activity\", \"activity_type\": \"x\", \"task_queue\": \"ratchet\"}";
        JsonNode problem = api.submit("{\"tasks\": [" + own + "]}").problem(400, "invalid_input");
        assertThat(problem.at("/errors/0/pointer").asText()).isEqualTo("/tasks/0/task_queue");
        assertThat(problem.path("message").asText()).contains("the engine's own");
        api.submit("{\"tasks\": [{\"id\": \"m\", \"type\": \"map\", \"items\": \"[1]\", \"body\": [" + own + "]}]}")
                .problem(400, "invalid_input");
        api.submit("{\"tasks\": [{\"id\": \"r\", \"type\": \"run\", \"graph\": {\"tasks\": [" + own + "]}}]}")
                .problem(400, "invalid_input");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e999999999", "0e-600000000", "1 2", "{\"a\": 1, \"a\": 2}", "\"\\ud800\"", "{", ""})
    void shouldReadArtifactsOfJsonAsStrictlyAsBodies(String json) throws Exception {
        String run = api.submit("{\"tasks\": [{\"id\": \"a\", \"type\": \"agent\"}]}")
                .expect(202)
                .json()
                .path("id")
                .asText();
        JsonNode artifact = api.post("/artifacts", json, "Content-Type", "application/json")
                .expect(201)
                .json();
        JsonNode problem = api.post(
                        "/runs/" + run + "/tasks/a/complete",
                        "{\"result_ref\": \"" + artifact.path("ref").asText() + "\"}")
                .problem(400, "invalid_input");
        assertThat(problem.at("/errors/0/pointer").asText()).isEqualTo("/result_ref");
        api.post("/runs/" + run + "/abort", "").expect(202);
    }

    @Test
    void shouldRefuseControlCallsThatMakeNoSense() throws Exception {
        api.post("/runs/absent/abort", "[]").problem(400, "invalid_input");
        api.post("/runs/absent/abort", "{\"hurry\": true}").problem(400, "invalid_input");
        api.post("/runs/absent/budget", "").problem(400, "invalid_input");
        api.post("/runs/absent/budget", "{\"budget_limit\": {\"amount\": -1, \"currency\": \"USD\"}}")
                .problem(400, "invalid_input");
        api.post("/runs/absent/budget", "{\"budget_limit\": {\"amount\": 1, \"currency\": \"USD\"}}")
                .problem(404, "run_not_found");
        api.post("/runs/absent/abort", "{}").problem(404, "run_not_found");
    }

    /** The client is answered although it had not sent all of its body when the server knew. */
    @Test
    void shouldRefuseBodiesAboveTheLimit() throws Exception {
        String filler = "x".repeat(4 << 20);
        api.submit("{\"name\": \"" + filler + "\"}").problem(413, "too_large");
        api.post("/runs/a/abort", "{\"reason\": \"" + filler + "\"}").problem(413, "too_large");
    }
}
