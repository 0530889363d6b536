package dev.ratchet.service.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ratchet.document.Json;
import dev.ratchet.service.problem.ProblemBody;
import dev.ratchet.service.security.TrustedHosts;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ApiServerTest {
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static ApiServer server;

    /** A resource that fails in a way nobody foresaw. */
    @Path("broken")
    public static final class Broken {
        @GET
        @Produces("application/json")
        public String get() {
            throw new IllegalStateException("the cause, with a secret");
        }
    }

    @BeforeAll
    static void start() {
        server = ApiServer.start(settings(0), List.of(new Broken()), Map.of());
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void shouldAnswerUnknownRoutesWithProblems() throws Exception {
        for (String path : List.of("/", "/nothing", "/api/v1/nothing")) {
            JsonNode problem = problem(get(path), 404);
            assertThat(problem.path("code").asText()).isEqualTo("not_found");
            assertThat(problem.path("message").asText())
                    .isEqualTo("Expected a route of this API, but there is none here")
                    .isEqualTo(problem.path("detail").asText());
        }
    }

    @Test
    void shouldSayWhichMethodsARouteHas() throws Exception {
        HttpResponse<String> answer = send(request("/broken").DELETE());
        assertThat(problem(answer, 405).path("code").asText()).isEqualTo("method_not_allowed");
        assertThat(answer.headers().firstValue("Allow").orElse("")).contains("GET");
    }

    @Test
    void shouldRefuseWhatNobodyAccepts() throws Exception {
        HttpResponse<String> answer = send(request("/broken").header("Accept", "text/html"));
        assertThat(problem(answer, 406).path("code").asText()).isEqualTo("not_acceptable");
    }

    @Test
    void shouldKeepTheCauseOfAnInternalErrorToItself() throws Exception {
        HttpResponse<String> answer = get("/broken");
        JsonNode problem = problem(answer, 500);
        assertThat(problem.path("code").asText()).isEqualTo("internal_error");
        assertThat(problem.path("correlation_id").asText()).hasSize(36);
        assertThat(answer.body()).doesNotContain("secret", "Exception", "dev.ratchet");
    }

    @Test
    void shouldAnswerMalformedRequestsWithProblems() throws Exception {
        for (String line : List.of("GET /a//b HTTP/1.1", "GET /a;x=1 HTTP/1.1", "GET /a%2fb HTTP/1.1", "NONSENSE")) {
            String answer = raw(line + "\r\nHost: localhost\r\nConnection: close\r\n\r\n");
            assertThat(answer).startsWith("HTTP/1.1 4").contains(ProblemBody.MEDIA_TYPE);
        }
        String both = raw("POST /broken HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n"
                + "Connection: close\r\n\r\n0\r\n\r\n");
        assertThat(both).startsWith("HTTP/1.1 400");
    }

    @Test
    void shouldSayThatAPortIsTaken() {
        assertThatThrownBy(() -> ApiServer.start(settings(server.port()), List.of(), Map.of()))
                .isInstanceOf(PortTakenException.class)
                .hasMessageContaining("Expected port " + server.port());
    }

    @Test
    void shouldTellOfHealthOnThePortForAdministrators() throws Exception {
        HttpResponse<String> answer =
                send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.adminPort() + "/healthcheck")));
        assertThat(answer.statusCode()).isIn(200, 501);
    }

    private static HttpSettings settings(int port) {
        return new HttpSettings("127.0.0.1", port, 0, new TrustedHosts(Set.of("ratchet.example")));
    }

    private static JsonNode problem(HttpResponse<String> answer, int status) throws Exception {
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type")).contains(ProblemBody.MEDIA_TYPE);
        return Json.mapper().readTree(answer.body());
    }

    private static HttpResponse<String> get(String path) throws Exception {
        return send(request(path));
    }

    private static HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path));
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static String raw(String request) throws Exception {
        try (Socket socket = new Socket("127.0.0.1", server.port());
                OutputStream out = socket.getOutputStream();
                InputStream in = socket.getInputStream()) {
            out.write(request.getBytes(StandardCharsets.US_ASCII));
            out.flush();
            return new String(in.readAllBytes(), StandardCharsets.US_ASCII);
        }
    }
}
