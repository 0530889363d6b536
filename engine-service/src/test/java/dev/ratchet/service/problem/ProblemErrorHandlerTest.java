package dev.ratchet.service.problem;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ratchet.document.Json;
import dev.ratchet.service.api.ApiJson;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.junit.jupiter.api.Test;

class ProblemErrorHandlerTest {
    @Test
    void shouldTellThatAServerWhichStopsMayBeAskedAgain() throws Exception {
        HttpResponse<String> answer = answerOf(503);

        JsonNode problem = Json.read(answer.body(), JsonNode.class);
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.headers().firstValue("Retry-After")).contains("1");
        assertThat(problem.path("code").asText()).isEqualTo("overloaded");
        assertThat(problem.has("correlation_id")).isFalse();
    }

    @Test
    void shouldKeepTheCauseOfAnErrorOfOursInTheLog() throws Exception {
        HttpResponse<String> answer = answerOf(502);

        JsonNode problem = Json.read(answer.body(), JsonNode.class);
        assertThat(answer.statusCode()).isEqualTo(500);
        assertThat(problem.path("code").asText()).isEqualTo("internal_error");
        assertThat(problem.path("correlation_id").asText()).isNotEmpty();
    }

    /** What somebody reads when Jetty itself answers with that status. */
    private static HttpResponse<String> answerOf(int status) throws Exception {
        Server server = new Server();
        ServerConnector connector = new ServerConnector(server);
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        server.setHandler(new Handler.Abstract() {
            @Override
            public boolean handle(Request request, Response response, Callback callback) {
                Response.writeError(request, response, callback, status);
                return true;
            }
        });
        server.setErrorHandler(new ProblemErrorHandler(ApiJson.mapper()));
        server.start();
        try (HttpClient http = HttpClient.newHttpClient()) {
            URI uri = URI.create("http://127.0.0.1:" + connector.getLocalPort() + "/");
            return http.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
        } finally {
            server.stop();
        }
    }
}
