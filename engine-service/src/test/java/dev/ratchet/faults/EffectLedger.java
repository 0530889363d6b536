package dev.ratchet.faults;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;

/**
 * The program of the ledger's process: an HTTP server on loopback that does effects, once for each idempotency key, and
 * writes down every call as it really came. Ends when its standard input does, so that it never outlives its test.
 */
public final class EffectLedger {
    private static final int BACKLOG = 512;

    private EffectLedger() {}

    /** @param arguments the file to write; the port goes to standard output */
    public static void main(String[] arguments) throws IOException {
        ServerSocket server = new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());
        LedgerFile file = new LedgerFile(Path.of(arguments[0]));
        Barrier barrier = new Barrier();
        Thread.ofPlatform().daemon().start(() -> accept(server, file, barrier));
        System.out.println(server.getLocalPort());
        awaitEnd(System.in);
        System.exit(0);
    }

    private static void accept(ServerSocket server, LedgerFile file, Barrier barrier) {
        while (true) {
            try {
                Socket socket = server.accept();
                Thread.ofVirtual().start(() -> new LedgerCall(socket, file, barrier).serve());
            } catch (IOException closed) {
                return;
            }
        }
    }

    private static void awaitEnd(InputStream in) throws IOException {
        while (in.read() >= 0) {
            // whatever comes means nothing; only the end does
        }
    }
}
