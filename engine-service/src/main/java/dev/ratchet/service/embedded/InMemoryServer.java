package dev.ratchet.service.embedded;

import io.grpc.Server;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.temporal.internal.testservice.GRPCServerHelper;
import io.temporal.internal.testservice.TestServicesStarter;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * The SDK's test server, the last resort where no real one can be had. It keeps nothing and lists nothing. Its own
 * launcher listens on all interfaces, so the pieces are put together here, on loopback.
 */
final class InMemoryServer implements TemporalServer {
    private final TestServicesStarter services;
    private final Server server;
    private final CompletableFuture<Void> ended = new CompletableFuture<>();

    private InMemoryServer(TestServicesStarter services, Server server) {
        this.services = services;
        this.server = server;
    }

    static InMemoryServer start(int port) throws IOException {
        TestServicesStarter services = new TestServicesStarter(true, System.currentTimeMillis());
        NettyServerBuilder builder = NettyServerBuilder.forAddress(new InetSocketAddress(Ports.loopback(), port));
        GRPCServerHelper.registerServicesAndHealthChecks(services.getServices(), builder);
        return new InMemoryServer(services, builder.build().start());
    }

    @Override
    public String address() {
        return "127.0.0.1:" + server.getPort();
    }

    @Override
    public Optional<String> uiUrl() {
        return Optional.empty();
    }

    @Override
    public Optional<Long> pid() {
        return Optional.empty();
    }

    @Override
    public boolean durable() {
        return false;
    }

    @Override
    public CompletableFuture<Void> ended() {
        return ended;
    }

    @Override
    public void kill() {
        stop();
    }

    @Override
    public void stop() {
        server.shutdownNow();
        services.close();
        ended.complete(null);
    }
}
