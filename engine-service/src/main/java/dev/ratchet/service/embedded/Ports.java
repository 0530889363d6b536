package dev.ratchet.service.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** Ports of the loopback interface. */
public final class Ports {
    private static final int CONNECT_MS = 500;

    private Ports() {}

    /** True if nobody listens there. */
    public static boolean free(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(loopback(), port));
            return true;
        } catch (IOException taken) {
            return false;
        }
    }

    /** The wanted port if it is free, else (and for 0) any free one. */
    public static int choose(int wanted) {
        if (wanted > 0 && free(wanted)) {
            return wanted;
        }
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(loopback(), 0));
            return socket.getLocalPort();
        } catch (IOException none) {
            throw new UncheckedIOException("Expected a free port on 127.0.0.1, but there is none", none);
        }
    }

    /** True if somebody listens there. */
    static boolean answers(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(loopback(), port), CONNECT_MS);
            return true;
        } catch (IOException closed) {
            return false;
        }
    }

    /** 127.0.0.1, which is not what every host calls its loopback address. */
    static InetAddress loopback() throws IOException {
        return InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
    }
}
