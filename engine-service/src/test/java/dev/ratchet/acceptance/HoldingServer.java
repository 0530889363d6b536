package dev.ratchet.acceptance;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * An HTTP server that answers calls below {@code /quick} at once and holds all others until the caller closes the
 * connection. Notes when each came, and how many it holds.
 */
final class HoldingServer implements AutoCloseable {
    private final ServerSocket listening;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Queue<Socket> sockets = new ConcurrentLinkedQueue<>();
    private final Queue<Long> calls = new ConcurrentLinkedQueue<>();
    private final AtomicInteger held = new AtomicInteger();

    HoldingServer() {
        try {
            listening = new ServerSocket(0, 500, InetAddress.getByName("127.0.0.1"));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        threads.execute(this::accept);
    }

    /** {@code host:port} */
    String address() {
        return "127.0.0.1:" + listening.getLocalPort();
    }

    /** Calls that wait for an answer now. */
    int held() {
        return held.get();
    }

    int calls() {
        return calls.size();
    }

    /** Epoch milliseconds of the latest call. */
    long lastCall() {
        return calls.stream().mapToLong(Long::longValue).max().orElse(0);
    }

    private void accept() {
        while (!listening.isClosed()) {
            try {
                Socket socket = listening.accept();
                sockets.add(socket);
                threads.execute(() -> serve(socket));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket socket) {
        try (socket;
                BufferedReader in =
                        new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))) {
            String request = in.readLine();
            while (request != null) {
                calls.add(System.currentTimeMillis());
                readHead(in);
                if (!request.contains("/quick")) {
                    hold(in);
                    return;
                }
                socket.getOutputStream()
                        .write("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}"
                                .getBytes(StandardCharsets.UTF_8));
                request = in.readLine();
            }
        } catch (IOException gone) {
            // the caller closed, which is what this server is there to see
        }
    }

    private static void readHead(BufferedReader in) throws IOException {
        String line = in.readLine();
        while (line != null && !line.isEmpty()) {
            line = in.readLine();
        }
    }

    private void hold(BufferedReader in) throws IOException {
        held.incrementAndGet();
        try {
            while (in.read() >= 0) {
                // nothing more is expected; the end is what counts
            }
        } finally {
            held.decrementAndGet();
        }
    }

    @Override
    public void close() throws IOException {
        listening.close();
        for (Socket socket : sockets) {
            socket.close();
        }
        threads.shutdownNow();
    }
}
