package dev.ratchet.task.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.ratchet.task.FakeTaskContext;
import dev.ratchet.task.egress.EgressPolicy;
import dev.ratchet.task.spi.TaskFailure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What a server may not do to a worker. */
class HttpBoundsTest extends HttpServed {
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
    void shouldKeepTheDigitsOfNumbers() throws Exception {
        String numbers = "{\"id\":18446744073709551615,\"price\":1.10,\"fine\":0.1000000000000000055511151231257827}";
        serve(TestServer.ok("application/json", numbers));
        assertThat(call("{}").path("body").toString()).isEqualTo(numbers);
    }

    @Test
    void shouldStoreJsonThatIsTooDeepForAValue() throws Exception {
        serve(TestServer.ok("application/json", "[".repeat(63) + "]".repeat(63)));
        assertThat(call("{}").path("body").isArray()).isTrue();
        serve(TestServer.ok("application/json", "[".repeat(64) + "]".repeat(64)));
        assertThat(call("{}").path("body").path("size").asInt()).isEqualTo(128);
    }

    @Test
    void shouldCutAnErrorBetweenCharacters() {
        serve(TestServer.ok("text/plain", "x".repeat(999) + "😀😀").replace("200 OK", "500 x"));
        assertThat(failure("{}").error().details().path("body").asText()).isEqualTo("x".repeat(999) + "…");
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
    void shouldForgiveAFewInformationalResponsesButNotCountlessOnes() throws Exception {
        String hints = "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n";
        serve(hints.repeat(5) + "HTTP/1.1 204 No Content\r\n\r\n");
        assertThat(executor().execute(context("{}")).output().path("status").asInt())
                .isEqualTo(204);
        for (String endless : new String[] {hints, "HTTP/1.1 100 Continue\r\n\r\n"}) {
            serve((request, out) -> endless(out, endless.getBytes(StandardCharsets.UTF_8)));
            TaskFailure failure = failure("{}");
            assertThat(failure.error().code()).isEqualTo("output_too_large");
            assertThat(failure.error().message()).contains("at most 20 informational");
        }
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
}
