package dev.ratchet.task.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ratchet.task.FakeTaskContext;
import dev.ratchet.task.http.TestServer.Request;
import dev.ratchet.task.spi.TaskFailure;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HttpExecutorTest extends HttpServed {
    @Test
    void shouldParseJson() throws Exception {
        serve(TestServer.ok("application/problem+json; charset=utf-8", "{\"a\":[1,2.50,\"é\"]}"));
        JsonNode output = call("{}");
        assertThat(output.path("status").asInt()).isEqualTo(200);
        assertThat(output.path("headers").path("content-type").asText())
                .isEqualTo("application/problem+json; charset=utf-8");
        assertThat(output.path("body").toString()).isEqualTo("{\"a\":[1,2.50,\"é\"]}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "text/plain | hello | \"hello\"",
                "text/html; charset=utf-8 | <p>é</p> | \"<p>é</p>\"",
                "application/json | {broken | \"{broken\"",
                "application/json | {} {} | \"{} {}\"",
                "application/json | 7 | 7",
                "application/json | [1e999999999] | {\"ref\":\"blob-1\",\"size\":13,\"mime_type\":\"application/json\"}",
                "application/pdf | x | {\"ref\":\"blob-1\",\"size\":1,\"mime_type\":\"application/pdf\"}",
                "bad type/\u0001 | x | {\"ref\":\"blob-1\",\"size\":1,\"mime_type\":\"application/octet-stream\"}",
                "application/pdf | '' | null",
                "text/plain | '' | null"
            })
    void shouldGiveABodyTheFormItHas(String contentType, String body, String value) throws Exception {
        serve(TestServer.ok(contentType, body));
        assertThat(call("{}").path("body").toString()).isEqualTo(value);
    }

    @Test
    void shouldStoreWhatIsNeitherJsonNorText() throws Exception {
        byte[] image = new byte[300_000];
        new java.util.Random(1).nextBytes(image);
        serve((request, out) -> {
            out.write(("HTTP/1.1 200 OK\r\nContent-Type: image/png\r\nContent-Length: " + image.length + "\r\n\r\n")
                    .getBytes(StandardCharsets.UTF_8));
            out.write(image);
        });
        FakeTaskContext context = context("{}");
        JsonNode body = executor().execute(context).output().path("body");
        assertThat(body.toString()).isEqualTo("{\"ref\":\"blob-1\",\"size\":300000,\"mime_type\":\"image/png\"}");
        assertThat(context.stored("blob-1")).isEqualTo(image);
    }

    @Test
    void shouldStoreTextThatIsNoUtf8AndTextThatIsTooLongToHold() throws Exception {
        serve((request, out) -> {
            out.write("HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 2\r\n\r\n"
                    .getBytes(StandardCharsets.UTF_8));
            out.write(new byte[] {(byte) 0xff, 'x'});
        });
        assertThat(call("{}").path("body").path("size").asInt()).isEqualTo(2);
        serve(TestServer.ok("text/plain", "x".repeat(5_000)));
        assertThat(call("{}").path("body").path("size").asInt()).isEqualTo(5_000);
    }

    @Test
    void shouldDecodeTheCharsetNamed() throws Exception {
        serve((request, out) -> {
            out.write("HTTP/1.1 200 OK\r\nContent-Type: text/plain; charset=ISO-8859-1\r\nContent-Length: 1\r\n\r\n"
                    .getBytes(StandardCharsets.UTF_8));
            out.write(0xe9);
        });
        assertThat(call("{}").path("body").asText()).isEqualTo("é");
    }

    @Test
    void shouldSendWhatTheAuthorWrote() throws Exception {
        serve(EMPTY);
        call("{'method': 'post', 'query': {'q': 'a b&c', 'n': [1, true], 'none': null}, 'body': {'x': 1.50},"
                + " 'headers': {'X-Trace': 7, 'Accept': 'text/csv'}}");
        Request request = request();
        assertThat(request.line()).isEqualTo("POST /?q=a%20b%26c&n=1&n=true HTTP/1.1");
        assertThat(request.body()).isEqualTo("{\"x\":1.50}");
        assertThat(request.header("content-type")).isEqualTo("application/json");
        assertThat(request.header("x-trace")).isEqualTo("7");
        assertThat(request.header("accept")).isEqualTo("text/csv");
        assertThat(request.header("idempotency-key")).isEqualTo("default/r1/t1");
        assertThat(request.header("host")).isEqualTo("127.0.0.1:" + server.port());
        assertThat(request.header("user-agent")).isEqualTo("ratchet");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'text' | '' | text/plain; charset=utf-8 | text",
                "'{1}' | application/json | application/json | {1}",
                "{'a': 'x y', 'b': [1, 2]} | application/x-www-form-urlencoded | application/x-www-form-urlencoded | a=x%20y&b=1&b=2",
                "[1] | application/vnd.x+json | application/vnd.x+json | [1]",
                "false | '' | application/json | false"
            },
            quoteCharacter = '`')
    void shouldSendBodiesAsTheirTypeSays(String body, String type, String sentType, String sent) throws Exception {
        serve(EMPTY);
        String headers = type.equals("''") ? "{}" : "{'content-type': '" + type + "'}";
        call("{'method': 'PUT', 'body': " + body + ", 'headers': " + headers + "}");
        assertThat(request().header("content-type")).isEqualTo(sentType);
        assertThat(request().body()).isEqualTo(sent);
    }

    @Test
    void shouldLetTheAuthorSetTheIdempotencyKey() throws Exception {
        serve(EMPTY);
        call("{'headers': {'Idempotency-Key': 'mine'}}");
        assertThat(request().header("idempotency-key")).isEqualTo("mine");
    }

    @Test
    void shouldAuthenticateAndNeverShowTheCredentials() throws Exception {
        String packed = Base64.getEncoder().encodeToString("me:canary-1".getBytes(StandardCharsets.UTF_8));
        serve((request, out) -> out.write(
                TestServer.ok("application/json", "{\"you sent\": \"" + request.header("authorization") + "\"}")
                        .replace("\r\n\r\n", "\r\nX-Echo: " + request.header("authorization") + "\r\n\r\n")
                        .getBytes(StandardCharsets.UTF_8)));
        JsonNode output = call("{'auth': {'basic': {'username': 'me', 'password': 'canary-1'}}}");
        assertThat(request().header("authorization")).isEqualTo("Basic " + packed);
        assertThat(output.toString()).doesNotContain(packed).contains("Basic ***");
        call("{'auth': {'bearer': 'canary-2'}}");
        assertThat(request().header("authorization")).isEqualTo("Bearer canary-2");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "201 | '' | true",
                "404 | '' | false",
                "404 | , 'success_status': [404] | true",
                "404 | , 'success_status': '400-404' | true",
                "404 | , 'success_status': ['200', '4xx'] | true",
                "200 | , 'success_status': '201-299, 302' | false",
                "302 | , 'success_status': '201-299, 302' | true"
            },
            quoteCharacter = '`')
    void shouldKnowWhatIsASuccess(int status, String field, boolean success) throws Exception {
        serve("HTTP/1.1 " + status + " x\r\nContent-Length: 0\r\nLocation: /elsewhere\r\n\r\n");
        String config = "{'method': 'GET'" + (field.equals("''") ? "" : field) + "}";
        if (success) {
            assertThat(call(config).path("status").asInt()).isEqualTo(status);
        } else {
            assertThat(failure(config).error().code()).isEqualTo("execution_failed");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "400,false",
        "401,false",
        "404,false",
        "409,false",
        "408,true",
        "425,true",
        "429,true",
        "500,true",
        "503,true"
    })
    void shouldRetryWhatMayPass(int status, boolean retryable) {
        serve("HTTP/1.1 " + status + " x\r\nContent-Type: text/plain\r\nContent-Length: 4\r\n\r\noops");
        TaskFailure failure = failure("{}");
        assertThat(failure.error().message())
                .isEqualTo("Expected a successful answer from '127.0.0.1', but its status is " + status);
        assertThat(String.valueOf(failure.error().details()))
                .isEqualTo("{\"status\":" + status + ",\"body\":\"oops\"}");
        assertThat(failure.isRetryable()).isEqualTo(retryable);
        assertThat(failure.retryAfterMs()).isNull();
    }

    @ParameterizedTest
    @CsvSource({"7,7000", "0,0", "999999999,86400000", "soon,", "-1,"})
    void shouldHonourRetryAfterInSeconds(String header, Long millis) {
        serve("HTTP/1.1 429 x\r\nRetry-After: " + header + "\r\nContent-Length: 0\r\n\r\n");
        assertThat(failure("{}").retryAfterMs()).isEqualTo(millis);
    }

    @Test
    void shouldHonourRetryAfterAsADate() {
        ZonedDateTime at = ZonedDateTime.now(ZoneOffset.UTC).plusSeconds(100);
        serve("HTTP/1.1 503 x\r\nRetry-After: " + DateTimeFormatter.RFC_1123_DATE_TIME.format(at)
                + "\r\nContent-Length: 0\r\n\r\n");
        assertThat(failure("{}").retryAfterMs()).isBetween(80_000L, 100_000L);
    }

    @Test
    void shouldKeepThePreviewOfAnErrorShort() {
        serve(TestServer.ok("text/plain", "x".repeat(100_000)).replace("200 OK", "500 x"));
        assertThat(String.valueOf(failure("{}").error().details()).length()).isLessThan(1_100);
    }

    @Test
    void shouldUseAConnectionAgainAndKeepNoCookies() throws Exception {
        serve(TestServer.ok("application/json", "{}").replace("\r\n\r\n", "\r\nSet-Cookie: session=canary\r\n\r\n"));
        HttpExecutor executor = executor();
        for (int i = 0; i < 3; i++) {
            assertThat(executor.execute(context("{}")).output().toString()).doesNotContain("canary");
        }
        assertThat(server.connections()).isEqualTo(1);
        assertThat(request().headers()).doesNotContainKey("cookie");
    }
}
