package dev.ratchet.faults;

import static org.awaitility.Awaitility.await;

import dev.ratchet.document.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** The ledger's process and its wires: what tests say to it, and what they read from its file. Thread-safe. */
final class LedgerProcess implements AutoCloseable {
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final JvmProcess process;
    private final Path file;
    private final int port;
    private final String front;

    private LedgerProcess(JvmProcess process, Path file, int port, String front) {
        this.process = process;
        this.file = file;
        this.port = port;
        this.front = front;
    }

    static LedgerProcess start(Path folder) throws IOException {
        Path file = folder.resolve("ledger.jsonl");
        JvmProcess process = JvmProcess.startTalking("ledger", folder, EffectLedger.class, file.toString());
        int port = Integer.parseInt(process.firstLine());
        return new LedgerProcess(process, file, port, "127.0.0.1:" + port);
    }

    /** The same ledger for tasks that reach it through somebody else, at {@code host:port}. */
    LedgerProcess behind(String address) {
        return new LedgerProcess(process, file, port, address);
    }

    int port() {
        return port;
    }

    /** {@code host:port}, for the egress guard. */
    String address() {
        return front;
    }

    /** What a task calls. The latency passes half before the effect, half after it. */
    String url(String name, long latencyMs) {
        return url(name, latencyMs, "");
    }

    /** @param query more of the call: {@code refuse=true} is answered with 422 and has no effect, {@code busy=2} with 503 the
     *     first two times */
    String url(String name, long latencyMs, String query) {
        return "http://" + address() + "/effect/" + name + "?latency_ms=" + latencyMs
                + (query.isEmpty() ? "" : "&" + query);
    }

    Ledger read() {
        return Ledger.read(file);
    }

    /** Holds the next call of that name. */
    void hold(String name, Barrier.Moment moment) {
        control("hold", name, "&moment=" + moment);
    }

    /** Waits until a call of that name is held. */
    void awaitHeld(String name) {
        awaitHeld(List.of(name));
    }

    /** Waits until a call of each of these names is held. */
    void awaitHeld(List<String> names) {
        await("calls held at " + names)
                .atMost(Duration.ofSeconds(120))
                .until(() -> names.stream().allMatch(name -> control("held", name, "") > 0));
    }

    void release(String name) {
        control("release", name, "");
    }

    @Override
    public void close() {
        process.close();
    }

    private int control(String what, String name, String more) {
        URI uri = URI.create("http://127.0.0.1:" + port + "/control/" + what + "?name=" + name + more);
        try {
            HttpResponse<String> answer = HTTP.send(
                    HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(10)).build(),
                    HttpResponse.BodyHandlers.ofString());
            return Json.mapper().readTree(answer.body()).path("held").asInt();
        } catch (IOException failed) {
            throw new IllegalStateException("Expected the ledger to answer, but " + failed, failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Expected the ledger to answer, but the wait was interrupted", interrupted);
        }
    }
}
