package dev.ratchet.service.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ratchet.document.Json;
import dev.ratchet.service.security.TrustedHosts;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a page of somebody else can make a browser on this machine send, as the browser sends it. */
class StrangersPagesTest {
    private static final AtomicInteger EFFECTS = new AtomicInteger();
    private static ApiServer server;

    /** Stands for every route: each call has an effect that can be counted. */
    @Path("api/v1/{route: .*}")
    public static final class Effects {
        @GET
        @Produces("application/json")
        public String get() {
            EFFECTS.incrementAndGet();
            return "{}";
        }

        @POST
        @Produces("application/json")
        public String post() {
            EFFECTS.incrementAndGet();
            return "{}";
        }
    }

    @BeforeAll
    static void start() {
        server = ApiServer.start(
                new HttpSettings("127.0.0.1", 0, 0, new TrustedHosts(Set.of("ratchet.example"))),
                List.of(new Effects()),
                Map.of());
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void reset() {
        EFFECTS.set(0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"rebind.evil.example", "evil.example:8080", "127.0.0.1.evil.example", "2130706433"})
    void shouldRefuseANameThatSomebodyElseLedHere(String host) throws IOException {
        assertThat(refusal(send(server.port(), "GET /api/v1/runs HTTP/1.1", "Host: " + host)))
                .contains("Expected Host to be a name of this engine");
        assertThat(status(send(server.adminPort(), "GET /healthcheck HTTP/1.1", "Host: " + host)))
                .isEqualTo(403);
        assertThat(EFFECTS).hasValue(0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost:8080", "127.0.0.1", "127.4.5.6:1", "[::1]:8080", "LOCALHOST", "ratchet.example"})
    void shouldAnswerUnderItsOwnNames(String host) throws IOException {
        assertThat(status(send(server.port(), "GET /api/v1/runs HTTP/1.1", "Host: " + host)))
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://evil.example", "null", "http://localhost:3000", "http://127.0.0.1:1", "evil", ""})
    void shouldRefuseWhatAnotherOriginSends(String origin) throws IOException {
        for (String type : List.of("text/plain", "application/x-www-form-urlencoded", "application/json")) {
            String answer = send(
                    server.port(),
                    "POST /api/v1/runs/workflow-001/tasks/ask/decision HTTP/1.1",
                    "Host: 127.0.0.1:" + server.port(),
                    "Origin: " + origin,
                    "Content-Type: " + type,
                    "Content-Length: 0");
            assertThat(refusal(answer)).contains("Expected a request that no page of another site sends");
        }
        assertThat(EFFECTS).hasValue(0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"cross-site", "same-site"})
    void shouldRefuseAPictureThatTakesAJob(String site) throws IOException {
        String answer = send(
                server.port(),
                "GET /api/v1/agents/default/next?lease_ms=86400000 HTTP/1.1",
                "Host: localhost:" + server.port(),
                "Sec-Fetch-Site: " + site,
                "Sec-Fetch-Mode: no-cors",
                "Sec-Fetch-Dest: image");
        assertThat(status(answer)).isEqualTo(403);
        assertThat(EFFECTS).hasValue(0);
    }

    @Test
    void shouldRefuseABrowserThatSaysNothingOfItsPageTheJobsOfAgents() throws IOException {
        String job = "GET /api/v1/agents/default/next HTTP/1.1";
        String host = "Host: localhost";

        assertThat(status(send(server.port(), job, host, "User-Agent: Mozilla/5.0 (old)")))
                .isEqualTo(403);
        assertThat(status(send(server.port(), job, host, "Referer: https://evil.example/x")))
                .isEqualTo(403);
        assertThat(status(send(server.port(), job, host, "User-Agent: curl/8.0")))
                .isEqualTo(200);
    }

    @Test
    void shouldLetALinkInAMailLeadToAnApprovalAndToNothingElse() throws IOException {
        String[] headers = {
            "Host: localhost", "Sec-Fetch-Site: cross-site", "Sec-Fetch-Mode: navigate", "Sec-Fetch-Dest: document"
        };

        assertThat(status(send(server.port(), "GET /api/v1/approvals/abc HTTP/1.1", headers)))
                .isEqualTo(200);
        assertThat(status(send(server.port(), "POST /api/v1/approvals/abc HTTP/1.1", headers)))
                .isEqualTo(403);
        assertThat(status(send(server.port(), "GET /api/v1/agents/q/next HTTP/1.1", headers)))
                .isEqualTo(403);
        assertThat(EFFECTS).hasValue(1);
    }

    @Test
    void shouldAnswerItsOwnPagesAndProgramsThatSayNothingOfAnOrigin() throws IOException {
        String host = "127.0.0.1:" + server.port();
        String call = "POST /api/v1/runs/r/abort HTTP/1.1";

        assertThat(status(send(server.port(), call, "Host: " + host, "Content-Length: 0")))
                .isEqualTo(200);
        assertThat(status(send(
                        server.port(),
                        call,
                        "Host: " + host,
                        "Origin: http://" + host,
                        "Sec-Fetch-Site: same-origin",
                        "Content-Length: 0")))
                .isEqualTo(200);
        assertThat(status(send(
                        server.port(), call, "Host: " + host, "Origin: https://ratchet.example", "Content-Length: 0")))
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "POST /tasks/log-level",
                "POST /tasks/gc",
                "GET /tasks",
                "GET /pprof",
                "GET /threads",
                "POST /healthcheck",
                "GET /"
            })
    void shouldOfferNothingToAdministratorsThatChangesTheProcess(String call) throws IOException {
        assertThat(status(send(server.adminPort(), call + " HTTP/1.1", "Host: 127.0.0.1", "Content-Length: 0")))
                .isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/v1/models;x=1", "/api/v1/runs/..;/x", "/api/v1/models;"})
    void shouldRefusePathsWithParameters(String path) throws IOException {
        assertThat(status(send(server.port(), "GET " + path + " HTTP/1.1", "Host: 127.0.0.1")))
                .isEqualTo(400);
    }

    @Test
    void shouldRefuseARequestWithoutAVersionAsTheSendersFault() throws IOException {
        assertThat(send(server.port(), "GET /api/v1/models")).doesNotContain("internal_error");
    }

    @Test
    void shouldSendNoPermissionToOtherOrigins() throws IOException {
        String answer = send(
                server.port(),
                "OPTIONS /api/v1/runs HTTP/1.1",
                "Host: 127.0.0.1",
                "Origin: https://evil.example",
                "Access-Control-Request-Method: POST");
        assertThat(answer).doesNotContainIgnoringCase("access-control-allow");
    }

    private static int status(String answer) {
        return Integer.parseInt(answer.substring("HTTP/1.1 ".length(), "HTTP/1.1 200".length()));
    }

    private static String refusal(String answer) throws IOException {
        assertThat(status(answer)).isEqualTo(403);
        JsonNode problem = Json.mapper().readTree(answer.substring(answer.indexOf("\r\n\r\n") + 4));
        assertThat(problem.path("code").asText()).isEqualTo("forbidden");
        return problem.path("message").asText();
    }

    private static String send(int port, String line, String... headers) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", port);
                OutputStream out = socket.getOutputStream();
                InputStream in = socket.getInputStream()) {
            String request = line + "\r\n" + String.join("\r\n", headers) + "\r\nConnection: close\r\n\r\n";
            out.write(request.getBytes(StandardCharsets.US_ASCII));
            out.flush();
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
