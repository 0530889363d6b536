package dev.ratchet.faults;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** One connection to the ledger: one call, then it is closed. */
final class LedgerCall {
    private static final String EFFECT = "/effect/";

    private final Socket socket;
    private final LedgerFile file;
    private final Barrier barrier;
    private final CompletableFuture<Void> hungUp = new CompletableFuture<>();

    LedgerCall(Socket socket, LedgerFile file, Barrier barrier) {
        this.socket = socket;
        this.file = file;
        this.barrier = barrier;
    }

    void serve() {
        try (socket) {
            HttpCallIn call = HttpCallIn.read(socket.getInputStream());
            Thread.ofVirtual().start(this::watch);
            if (call.path().startsWith(EFFECT)) {
                effect(call);
            } else {
                control(call);
            }
        } catch (IOException broken) {
            // somebody knocked and went away: no delivery
        }
    }

    /** Nothing more is to come from the caller but the end of the connection. */
    private void watch() {
        try {
            InputStream in = socket.getInputStream();
            while (in.read() >= 0) {
                // one call for each connection
            }
        } catch (IOException reset) {
            // the same, less politely
        }
        hungUp.complete(null);
    }

    private void effect(HttpCallIn call) throws IOException {
        String name = call.path().substring(EFFECT.length());
        String key = call.headers().getOrDefault("idempotency-key", "");
        long latency = Long.parseLong(call.query().getOrDefault("latency_ms", "0"));
        long number = file.delivered(name, key);
        if (!isReached(name, Barrier.Moment.BEFORE_EFFECT, latency / 2)) {
            file.write(LedgerEntry.Kind.HUNG_UP, number, name, key);
            return;
        }
        if (Boolean.parseBoolean(call.query().get("refuse"))) {
            file.write(LedgerEntry.Kind.ANSWERED, number, name, key);
            answer("422 Unprocessable Content", "{}");
            return;
        }
        if (file.calls(key) <= Integer.parseInt(call.query().getOrDefault("busy", "0"))) {
            file.write(LedgerEntry.Kind.ANSWERED, number, name, key);
            answer("503 Service Unavailable", "{}");
            return;
        }
        file.apply(number, name, key);
        if (!isReached(name, Barrier.Moment.AFTER_EFFECT, latency - latency / 2)) {
            file.write(LedgerEntry.Kind.HUNG_UP, number, name, key);
            return;
        }
        file.write(LedgerEntry.Kind.ANSWERED, number, name, key);
        answer("200 OK", "{\"call\": " + number + ", \"name\": \"" + name + "\"}");
    }

    /** Waits for the release and for the latency; false when the caller went away meanwhile. */
    private boolean isReached(String name, Barrier.Moment moment, long latencyMs) {
        CompletableFuture.anyOf(barrier.pass(name, moment), hungUp).join();
        if (latencyMs > 0) {
            CompletableFuture<Void> late = new CompletableFuture<>();
            late.completeOnTimeout(null, latencyMs, TimeUnit.MILLISECONDS);
            CompletableFuture.anyOf(late, hungUp).join();
        }
        return !hungUp.isDone();
    }

    private void control(HttpCallIn call) throws IOException {
        String name = Objects.requireNonNullElse(call.query().get("name"), "");
        switch (call.path()) {
            case "/control/hold" ->
                barrier.hold(name, Barrier.Moment.valueOf(call.query().get("moment")));
            case "/control/release" -> barrier.release(name);
            case "/control/held" -> {
                // the answer is in the number below
            }
            default -> {
                answer("404 Not Found", "{}");
                return;
            }
        }
        answer("200 OK", "{\"held\": " + barrier.held(name) + "}");
    }

    private void answer(String status, String json) throws IOException {
        byte[] body = json.getBytes(StandardCharsets.UTF_8);
        String head = "HTTP/1.1 " + status + "\r\nContent-Type: application/json\r\nContent-Length: " + body.length
                + "\r\nConnection: close\r\n\r\n";
        socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().write(body);
        socket.getOutputStream().flush();
    }
}
