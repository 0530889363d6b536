package dev.ratchet.faults;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Stands between two programs, and is the network that fails them. Thread-safe. */
final class TcpProxy implements AutoCloseable {
    private static final int BACKLOG = 512;
    private static final int CHUNK = 8 * 1024;
    private static final Duration LATE = Duration.ofMillis(150);

    /** How the network is. */
    enum Weather {
        FAIR,
        /** Each chunk comes late. */
        SLOW,
        /** What there was is reset, and nobody gets through. */
        CUT,
        /** Connections stand, and nothing comes through; when it is over they are reset. */
        SILENT
    }

    private final ServerSocket server;
    private final int target;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private volatile Weather weather = Weather.FAIR;

    private TcpProxy(ServerSocket server, int target) {
        this.server = server;
        this.target = target;
    }

    /** @param target a port of the loopback interface */
    static TcpProxy to(int target) {
        try {
            ServerSocket server = new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());
            TcpProxy proxy = new TcpProxy(server, target);
            Thread.ofPlatform().daemon().start(proxy::accept);
            return proxy;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** {@code host:port}. */
    String address() {
        return "127.0.0.1:" + server.getLocalPort();
    }

    synchronized void become(Weather next) {
        boolean reset = next == Weather.CUT || weather == Weather.SILENT;
        weather = next;
        if (reset) {
            sockets.forEach(TcpProxy::reset);
            sockets.clear();
        }
        notifyAll();
    }

    private void accept() {
        while (true) {
            try {
                Socket caller = server.accept();
                Thread.ofVirtual().start(() -> connect(caller));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void connect(Socket caller) {
        if (weather == Weather.CUT) {
            reset(caller);
            return;
        }
        try {
            Socket callee = new Socket(InetAddress.getLoopbackAddress(), target);
            sockets.add(caller);
            sockets.add(callee);
            Thread.ofVirtual().start(() -> pump(callee, caller));
            pump(caller, callee);
        } catch (IOException nobodyThere) {
            reset(caller);
        }
    }

    private void pump(Socket from, Socket to) {
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            byte[] chunk = new byte[CHUNK];
            for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
                awaitPassage();
                out.write(chunk, 0, read);
                out.flush();
            }
            awaitPassage();
        } catch (IOException broken) {
            // the other side learns of it below
        }
        end(from);
        end(to);
    }

    private void awaitPassage() throws IOException {
        if (weather == Weather.SLOW) {
            Pause.of(LATE);
        }
        synchronized (this) {
            while (weather == Weather.SILENT) {
                try {
                    wait();
                } catch (InterruptedException interrupted) {
                    Thread.currentThread().interrupt();
                    throw new IOException(interrupted);
                }
            }
        }
    }

    private void end(Socket socket) {
        sockets.remove(socket);
        try {
            socket.close();
        } catch (IOException alreadyGone) {
            // that is what was wanted
        }
    }

    private static void reset(Socket socket) {
        try {
            socket.setSoLinger(true, 0);
            socket.close();
        } catch (IOException alreadyGone) {
            // that is what was wanted
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        become(Weather.CUT);
    }
}
