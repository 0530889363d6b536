package dev.ratchet.task.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ratchet.document.Json;
import dev.ratchet.task.FakeTaskContext;
import dev.ratchet.task.egress.EgressPolicy;
import dev.ratchet.task.spi.TaskFailure;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpRedirectTest extends HttpServed {
    @Test
    void shouldFollowThreeRedirectsAndNoMore() throws Exception {
        serve((request, out) -> {
            int left = Integer.parseInt(request.line().replaceAll("\\D*/(\\d+) .*", "$1"));
            String answer = left == 0
                    ? TestServer.ok("text/plain", request.line())
                    : "HTTP/1.1 302 x\r\nLocation: " + (left - 1) + "\r\nContent-Length: 0\r\n\r\n";
            out.write(answer.getBytes(StandardCharsets.UTF_8));
        });
        JsonNode output = callUrl(server.url() + "/3", "{'method': 'POST', 'body': 'x', 'headers': {'X-Key': 'k'}}");
        assertThat(output.path("body").asText()).isEqualTo("GET /0 HTTP/1.1");
        assertThat(request().header("x-key")).isEqualTo("k");
        TaskFailure failure = failureUrl(server.url() + "/4", "{}");
        assertThat(failure.error().message())
                .isEqualTo("Expected an answer after at most 3 redirects, but there are more");
        assertThat(failure.isRetryable()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://169.254.169.254/latest/meta-data/",
                "http://127.0.0.1:1/",
                "http://[::1]/",
                "file:///etc/passwd",
                "gopher://127.0.0.1/",
                "http://2130706433/",
                "//127.1/",
                "http://x@127.0.0.1/",
                "http://example.com:22/"
            })
    void shouldCheckWhereARedirectLeads(String location) {
        serve("HTTP/1.1 307 x\r\nLocation: " + location + "\r\nContent-Length: 0\r\n\r\n");
        TaskFailure failure = failure("{}");
        assertThat(failure.error().code()).isEqualTo("egress_denied");
        assertThat(failure.isRetryable()).isFalse();
    }

    @Test
    void shouldGiveAnotherOriginNeitherCredentialsNorBody() throws Exception {
        try (TestServer other = TestServer.answering(TestServer.ok("text/plain", "here"))) {
            serve("HTTP/1.1 302 x\r\nLocation: " + other.url() + "/x\r\nContent-Length: 0\r\n\r\n");
            HttpExecutor executor = executor(settings("127.0.0.1:" + server.port() + ",127.0.0.1:" + other.port()));
            String config = "'auth': {'bearer': 'canary'}, 'headers': {'X-Api-Key': 'canary', 'Cookie': 'canary'}";
            JsonNode output = executor.execute(context("{" + config + "}")).output();
            assertThat(output.path("body").asText()).isEqualTo("here");
            assertThat(other.requests.get(0).headers().toString())
                    .doesNotContain("canary")
                    .contains("default/r1/t1");

            serve("HTTP/1.1 307 x\r\nLocation: " + other.url() + "/x\r\nContent-Length: 0\r\n\r\n");
            HttpExecutor again = executor(settings("127.0.0.1:" + server.port() + ",127.0.0.1:" + other.port()));
            FakeTaskContext post = context("{'method': 'POST', 'body': 'canary'}");
            TaskFailure failure = catchThrowableOfType(TaskFailure.class, () -> again.execute(post));
            assertThat(failure.error().message()).contains("its status is 307");
            assertThat(other.requests).hasSize(1);
        }
    }

    @Test
    void shouldRefuseAddressesBeforeItConnects() {
        HttpExecutor strict = executor(HttpSettings.of(EgressPolicy.strict()));
        for (String url : new String[] {server.url(), "http://localhost:" + server.port(), "http://127.0.0.1:22/"}) {
            FakeTaskContext context =
                    context("{}").config(Json.mapper().createObjectNode().put("url", url));
            TaskFailure failure = catchThrowableOfType(TaskFailure.class, () -> strict.execute(context));
            assertThat(failure.error().code()).isEqualTo("egress_denied");
            assertThat(failure.isRetryable()).isFalse();
        }
        assertThat(server.connections()).isZero();
    }
}
