package dev.ratchet.task.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.ratchet.document.Json;
import dev.ratchet.task.FakeTaskContext;
import dev.ratchet.task.egress.EgressGuard;
import dev.ratchet.task.egress.EgressPolicy;
import dev.ratchet.task.spi.TaskFailure;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLServerSocketFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The guard as calls meet it: at the connection. */
@Timeout(60)
class HttpEgressTest {
    private static final byte[] LOOPBACK = {127, 0, 0, 1};

    @Test
    void shouldConnectToTheAddressItCheckedThoughTheNameLeadsElsewhereNext() throws Exception {
        try (TestServer server = TestServer.answering(TestServer.ok("text/plain", "here"))) {
            AtomicInteger asked = new AtomicInteger();
            EgressGuard.Names changing = host -> asked.incrementAndGet() == 1
                    ? new InetAddress[] {InetAddress.getByAddress(LOOPBACK)}
                    : new InetAddress[] {
                        InetAddress.getByAddress(new byte[] {(byte) 169, (byte) 254, (byte) 169, (byte) 254})
                    };
            String allow = "my_service.test:" + server.port();
            HttpExecutor executor = executor(EgressPolicy.of(allow, ""), changing, Duration.ofSeconds(2));
            assertThat(executor.execute(context("http://" + allow + "/"))
                            .output()
                            .path("body")
                            .asText())
                    .isEqualTo("here");
            assertThat(asked).hasValue(1);
            assertThat(server.requests.get(0).header("host")).isEqualTo(allow);
        }
    }

    @Test
    void shouldCallAnAddressOfSixteenBytes() throws Exception {
        try (TestServer server = new TestServer(
                "::1",
                (request, out) -> out.write(TestServer.ok("text/plain", "here").getBytes(UTF_8)))) {
            String allow = "[::1]:" + server.port();
            HttpExecutor executor =
                    executor(EgressPolicy.of(allow, ""), InetAddress::getAllByName, Duration.ofSeconds(2));
            assertThat(executor.execute(context("http://[0::1]:" + server.port()))
                            .output()
                            .path("body")
                            .asText())
                    .isEqualTo("here");
            assertThat(server.requests.get(0).header("host")).isEqualTo(allow);
        }
    }

    @Test
    void shouldRefuseANameThatLeadsInside() throws Exception {
        try (TestServer server = TestServer.answering(TestServer.ok("text/plain", "here"))) {
            TaskFailure failure = failure(
                    executor(
                            EgressPolicy.strict(),
                            host -> new InetAddress[] {InetAddress.getByAddress(LOOPBACK)},
                            Duration.ofSeconds(2)),
                    context("http://inside.test:" + server.port() + "/?token=canary"));
            assertThat(failure.error().code()).isEqualTo("egress_denied");
            assertThat(failure.error().message())
                    .startsWith("Expected a host with a public address, but 'inside.test' has a loopback address")
                    .doesNotContain("canary");
            assertThat(failure.isRetryable()).isFalse();
            assertThat(server.connections()).isZero();
        }
    }

    @Test
    void shouldCallANameWithoutAddressTransient() {
        TaskFailure failure = failure(
                executor(
                        EgressPolicy.strict(),
                        host -> {
                            throw new UnknownHostException(host);
                        },
                        Duration.ofSeconds(2)),
                context("http://nobody.test/"));
        assertThat(failure.error().message())
                .isEqualTo("Expected an answer from 'nobody.test', but that name has no address");
        assertThat(failure.isRetryable()).isTrue();
    }

    @Test
    void shouldGiveUpAConnectionThatIsNotMadeInTime() throws Exception {
        try (ServerSocket full = new ServerSocket(0, 1, InetAddress.getByAddress(LOOPBACK))) {
            List<Socket> waiting = fill(full);
            String allow = "127.0.0.1:" + full.getLocalPort();
            HttpExecutor executor =
                    executor(EgressPolicy.of(allow, ""), InetAddress::getAllByName, Duration.ofSeconds(30));
            long start = System.nanoTime();
            TaskFailure failure = failure(executor, context("http://" + allow).remainingMs(500));
            assertThat(failure.error().code()).isEqualTo("timeout");
            assertThat(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start)).isLessThan(5_000);
            for (Socket socket : waiting) {
                socket.close();
            }
        }
    }

    @Test
    void shouldCallATlsServerItCannotTrustPermanent() throws Exception {
        try (ServerSocket server =
                SSLServerSocketFactory.getDefault().createServerSocket(0, 5, InetAddress.getByAddress(LOOPBACK))) {
            Thread.startVirtualThread(() -> {
                try (Socket socket = server.accept()) {
                    socket.getInputStream().read();
                } catch (IOException e) {
                    // It has no certificate to show: the handshake ends here.
                    return;
                }
            });
            String allow = "127.0.0.1:" + server.getLocalPort();
            TaskFailure failure = failure(
                    executor(EgressPolicy.of(allow, ""), InetAddress::getAllByName, Duration.ofSeconds(2)),
                    context("https://" + allow));
            assertThat(failure.error().message()).endsWith("but its TLS certificate is not accepted");
            assertThat(failure.isRetryable()).isFalse();
        }
    }

    @Test
    void shouldCallWhatSpeaksNoHttpPermanent() throws Exception {
        try (TestServer server = TestServer.answering("220 smtp.example ready\r\n")) {
            String allow = "127.0.0.1:" + server.port();
            TaskFailure failure = failure(
                    executor(EgressPolicy.of(allow, ""), InetAddress::getAllByName, Duration.ofSeconds(2)),
                    context("http://" + allow).remainingMs(2_000));
            assertThat(failure.error().message()).startsWith("Expected an answer from '127.0.0.1'");
        }
    }

    /** Connections nobody accepts, until further ones are left waiting. */
    private static List<Socket> fill(ServerSocket server) throws IOException {
        List<Socket> waiting = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            Socket socket = new Socket();
            waiting.add(socket);
            try {
                socket.connect(new InetSocketAddress("127.0.0.1", server.getLocalPort()), 200);
            } catch (java.net.SocketTimeoutException e) {
                return waiting;
            }
        }
        return waiting;
    }

    private static HttpExecutor executor(EgressPolicy policy, EgressGuard.Names names, Duration connect) {
        HttpSettings settings = new HttpSettings(policy, 2_000_000, 4_096, 100, connect, Duration.ofSeconds(5), 100);
        return new HttpExecutor(settings, new EgressGuard(policy, names));
    }

    private static FakeTaskContext context(String url) {
        return new FakeTaskContext().config(Json.mapper().createObjectNode().put("url", url));
    }

    private static TaskFailure failure(HttpExecutor executor, FakeTaskContext context) {
        return catchThrowableOfType(TaskFailure.class, () -> executor.execute(context));
    }
}
