package dev.ratchet.task.http;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ratchet.task.FakeTaskContext;
import dev.ratchet.task.egress.EgressPolicy;
import dev.ratchet.task.http.TestServer.Request;
import dev.ratchet.task.spi.TaskFailure;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;

/** A server for each test, and calls that are allowed to reach it, with bounds small enough to be met. */
@Timeout(60)
abstract class HttpServed {
    static final String EMPTY = "HTTP/1.1 204 No Content\r\n\r\n";

    TestServer server = TestServer.answering(EMPTY);

    @AfterEach
    void close() throws IOException {
        server.close();
    }

    void serve(String answer) {
        serve((request, out) -> out.write(answer.getBytes(StandardCharsets.UTF_8)));
    }

    void serve(TestServer.Handler handler) {
        try {
            server.close();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        server = new TestServer(handler);
    }

    static TestServer.Handler gzip(String type, byte[] content) {
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

    static void endless(OutputStream out, byte[] chunk) throws IOException {
        while (true) {
            out.write(chunk);
        }
    }

    Request request() {
        return server.requests.get(server.requests.size() - 1);
    }

    JsonNode call(String config) throws Exception {
        return callUrl(server.url(), config);
    }

    JsonNode callUrl(String url, String config) throws Exception {
        return executor().execute(context(url, config)).output();
    }

    TaskFailure failure(String config) {
        return failureUrl(server.url(), config);
    }

    TaskFailure failureUrl(String url, String config) {
        HttpExecutor executor = executor();
        return catchThrowableOfType(TaskFailure.class, () -> executor.execute(context(url, config)));
    }

    FakeTaskContext context(String config) {
        return context(server.url(), config);
    }

    static FakeTaskContext context(String url, String config) {
        FakeTaskContext context = FakeTaskContext.of(config);
        ((com.fasterxml.jackson.databind.node.ObjectNode) context.config()).put("url", url);
        return context;
    }

    HttpExecutor executor() {
        return executor(settings("127.0.0.1:" + server.port()));
    }

    static HttpExecutor executor(HttpSettings settings) {
        return new HttpExecutor(settings);
    }

    static HttpSettings settings(String allow) {
        return new HttpSettings(
                EgressPolicy.of(allow, ""), 2_000_000, 4_096, 100, Duration.ofSeconds(2), Duration.ofMillis(800), 100);
    }
}
