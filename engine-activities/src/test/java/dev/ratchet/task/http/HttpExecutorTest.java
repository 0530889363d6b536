package dev.ratchet.task.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ratchet.document.Json;
import dev.ratchet.task.FakeTaskContext;
import dev.ratchet.task.egress.EgressPolicy;
import dev.ratchet.task.http.TestServer.Request;
import dev.ratchet.task.spi.TaskFailure;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class HttpExecutorTest {
    private static final String EMPTY = "HTTP/1.1 204 No Content\r\n\r\n";

    private TestServer server = TestServer.answering(EMPTY);

    @AfterEach
    void close() throws IOException {
        server.close();
    }

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
            HttpExecutor executor = executor(settings("127.0.0.1:" + server.port() + ",127.0.0.1:" + other.port()));
            serve("HTTP/1.1 302 x\r\nLocation: " + other.url() + "/x\r\nContent-Length: 0\r\n\r\n");
            executor = executor(settings("127.0.0.1:" + server.port() + ",127.0.0.1:" + other.port()));
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

    @Test
    void shouldRefuseABodyAboveTheLimitWhateverItsLengthIsSaidToBe() {
        serve("HTTP/1.1 200 OK\r\nContent-Type: image/png\r\nContent-Length: 99999999999\r\n\r\n");
        assertThat(failure("{}").error().code()).isEqualTo("output_too_large");
        serve((request, out) -> {
            out.write("HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\n".getBytes(StandardCharsets.UTF_8));
            endless(out, new byte[8192]);
        });
        TaskFailure failure = failure("{}");
        assertThat(failure.error().message())
                .isEqualTo("Expected a body of at most 2000000 bytes, but the response has more");
        assertThat(failure.isRetryable()).isFalse();
    }

    @Test
    void shouldNotReadTheRestOfAnEndlessErrorOrRedirect() {
        serve((request, out) -> {
            out.write("HTTP/1.1 500 x\r\nContent-Type: text/plain\r\n\r\n".getBytes(StandardCharsets.UTF_8));
            endless(out, "x".repeat(8192).getBytes(StandardCharsets.UTF_8));
        });
        assertThat(failure("{}").error().message()).endsWith("its status is 500");
        assertThat(server.closed).succeedsWithin(Duration.ofSeconds(5));
    }

    @Test
    void shouldUnpackGzipButNoBomb() throws Exception {
        serve(gzip("text/plain", "hello ".repeat(1_000).getBytes(StandardCharsets.UTF_8)));
        assertThat(call("{}").path("body").path("size").asInt()).isEqualTo(6_000);
        assertThat(request().header("accept-encoding")).isEqualTo("gzip");
        serve(gzip("text/plain", "hi".getBytes(StandardCharsets.UTF_8)));
        assertThat(call("{}").path("body").asText()).isEqualTo("hi");
        serve(gzip("image/bmp", new byte[1_900_000]));
        TaskFailure failure = failure("{}");
        assertThat(failure.error().code()).isEqualTo("output_too_large");
        assertThat(failure.error().message())
                .isEqualTo("Expected a body that unpacks to at most 100 times its size, but it unpacks to more");
    }

    @Test
    void shouldRefuseAnEncodingItDidNotAskFor() {
        serve("HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Encoding: br\r\nContent-Length: 1\r\n\r\nx");
        assertThat(failure("{}").error().message()).startsWith("Expected a body that is plain or packed with gzip");
    }

    @Test
    void shouldBreakABodyThatStallsOrTrickles() {
        CountDownLatch never = new CountDownLatch(1);
        serve((request, out) -> {
            out.write("HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 9\r\n\r\nx"
                    .getBytes(StandardCharsets.UTF_8));
            out.flush();
            never.await();
        });
        TaskFailure stalled = failure("{}");
        assertThat(stalled.error().message()).endsWith("but its body stopped coming");
        assertThat(stalled.isRetryable()).isTrue();
        serve((request, out) -> {
            out.write("HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\n".getBytes(StandardCharsets.UTF_8));
            while (!never.await(50, TimeUnit.MILLISECONDS)) {
                out.write('x');
                out.flush();
            }
        });
        assertThat(failure("{}").error().message()).endsWith("but its body only trickles");
        assertThat(server.closed).succeedsWithin(Duration.ofSeconds(5));
    }

    @Test
    void shouldTimeOutWhenNoAnswerComes() {
        serve("");
        FakeTaskContext context = context("{}").remainingMs(300);
        TaskFailure failure =
                catchThrowableOfType(TaskFailure.class, () -> executor().execute(context));
        assertThat(failure.error().code()).isEqualTo("timeout");
        assertThat(failure.isRetryable()).isTrue();
        assertThat(server.closed).succeedsWithin(Duration.ofSeconds(5));
    }

    @Test
    void shouldBoundHeaders() {
        serve((request, out) -> {
            out.write("HTTP/1.1 200 OK\r\n".getBytes(StandardCharsets.UTF_8));
            endless(out, "X-A: b\r\n".getBytes(StandardCharsets.UTF_8));
        });
        assertThat(failure("{}").error().code()).isEqualTo("output_too_large");
        serve("HTTP/1.1 200 OK\r\nX-A: " + "b".repeat(20_000) + "\r\n\r\n");
        assertThat(failure("{}").error().code()).isEqualTo("output_too_large");
    }

    @Test
    void shouldCallBrokenConnectionsTransientAndGarbagePermanent() throws Exception {
        serve((request, out) -> {
            throw new IOException("hang up");
        });
        assertThat(failure("{}").isRetryable()).isTrue();
        serve("HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 9\r\n\r\nx");
        server.close();
        TaskFailure refused = failure("{}");
        assertThat(refused.error().message())
                .isEqualTo("Expected an answer from '127.0.0.1', but the connection broke or was not made");
        assertThat(refused.isRetryable()).isTrue();
    }

    @Test
    void shouldCallATruncatedBodyTransient() {
        serve((request, out) -> {
            out.write("HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 9\r\n\r\nx"
                    .getBytes(StandardCharsets.UTF_8));
            out.flush();
            throw new IOException("hang up");
        });
        assertThat(failure("{}").isRetryable()).isTrue();
    }

    @Test
    void shouldCloseTheConnectionWhenCancelled() {
        CountDownLatch arrived = new CountDownLatch(1);
        serve((request, out) -> arrived.countDown());
        FakeTaskContext context = context("{}");
        CompletableFuture<Throwable> ended = new CompletableFuture<>();
        HttpExecutor executor = executor();
        Thread.startVirtualThread(() -> ended.complete(catchThrowable(() -> executor.execute(context))));
        assertThat(arrived)
                .satisfies(latch -> assertThat(latch.await(5, TimeUnit.SECONDS)).isTrue());
        context.cancel();
        assertThat(server.closed).succeedsWithin(Duration.ofSeconds(5));
        assertThat(ended).succeedsWithin(Duration.ofSeconds(5)).isInstanceOf(InterruptedException.class);
    }

    @Test
    void shouldStopWhenInterruptedInTheMiddleOfABody() {
        CountDownLatch arrived = new CountDownLatch(1);
        serve((request, out) -> {
            out.write("HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\nx".getBytes(StandardCharsets.UTF_8));
            out.flush();
            arrived.countDown();
        });
        HttpExecutor executor = executor(HttpSettings.of(EgressPolicy.of("127.0.0.1:" + server.port(), "")));
        FakeTaskContext context = context("{}");
        CompletableFuture<Throwable> ended = new CompletableFuture<>();
        Thread thread =
                Thread.startVirtualThread(() -> ended.complete(catchThrowable(() -> executor.execute(context))));
        assertThat(arrived)
                .satisfies(latch -> assertThat(latch.await(5, TimeUnit.SECONDS)).isTrue());
        thread.interrupt();
        assertThat(ended).succeedsWithin(Duration.ofSeconds(5)).isInstanceOf(InterruptedException.class);
        assertThat(server.closed).succeedsWithin(Duration.ofSeconds(5));
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

    private void serve(String answer) {
        serve((request, out) -> out.write(answer.getBytes(StandardCharsets.UTF_8)));
    }

    private void serve(TestServer.Handler handler) {
        try {
            server.close();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        server = new TestServer(handler);
    }

    private static TestServer.Handler gzip(String type, byte[] content) {
        return (request, out) -> {
            ByteArrayOutputStream packed = new ByteArrayOutputStream();
            try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
                gzip.write(content);
            }
            out.write(("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Type: " + type + "\r\nContent-Length: "
                            + packed.size() + "\r\n\r\n")
                    .getBytes(StandardCharsets.UTF_8));
            packed.writeTo(out);
        };
    }

    private static void endless(OutputStream out, byte[] chunk) throws IOException {
        while (true) {
            out.write(chunk);
        }
    }

    private Request request() {
        return server.requests.get(server.requests.size() - 1);
    }

    private JsonNode call(String config) throws Exception {
        return callUrl(server.url(), config);
    }

    private JsonNode callUrl(String url, String config) throws Exception {
        return executor().execute(context(url, config)).output();
    }

    private TaskFailure failure(String config) {
        return failureUrl(server.url(), config);
    }

    private TaskFailure failureUrl(String url, String config) {
        HttpExecutor executor = executor();
        return catchThrowableOfType(TaskFailure.class, () -> executor.execute(context(url, config)));
    }

    private FakeTaskContext context(String config) {
        return context(server.url(), config);
    }

    private static FakeTaskContext context(String url, String config) {
        FakeTaskContext context = FakeTaskContext.of(config);
        ((com.fasterxml.jackson.databind.node.ObjectNode) context.config()).put("url", url);
        return context;
    }

    private HttpExecutor executor() {
        return executor(settings("127.0.0.1:" + server.port()));
    }

    private static HttpExecutor executor(HttpSettings settings) {
        return new HttpExecutor(settings);
    }

    private static HttpSettings settings(String allow) {
        return new HttpSettings(
                EgressPolicy.of(allow, ""), 2_000_000, 4_096, 100, Duration.ofSeconds(2), Duration.ofMillis(400), 100);
    }
}
