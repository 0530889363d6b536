package dev.ratchet.service.embedded;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.temporal.serviceclient.OperatorServiceStubs;
import io.temporal.serviceclient.OperatorServiceStubsOptions;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** One start of the development server on a data folder, until it is healthy and its namespace is as we need it. */
final class ServerStart {
    private static final Duration HEALTHY_WITHIN = Duration.ofSeconds(60);
    private static final long LOOK_AGAIN_MS = 20;
    private static final long LARGEST_LOG = 10_000_000;
    private static final int ATTEMPTS = 3;
    private final Path folder;
    private final Path database;
    private final Path log;
    private final EmbeddedOptions options;
    private final TemporalCli cli;

    ServerStart(Path folder, EmbeddedOptions options, TemporalCli cli) {
        this.folder = folder;
        this.database = folder.resolve("temporal.db");
        this.log = folder.resolve("temporal.log");
        this.options = options;
        this.cli = cli;
    }

    /** @throws TemporalUnavailableException if it does not become healthy */
    ServerProcess run() throws IOException {
        StoreVersion version = new StoreVersion(folder, database);
        version.check(cli);
        new Orphan(folder, database).end();
        moveFullLog();
        for (int attempt = 1; ; attempt++) {
            ServerProcess server = launch();
            try {
                awaitHealth(server);
                version.write(cli.version());
                return server;
            } catch (EndedEarly ended) {
                // somebody may have taken the port between our choice and the server's bind
                if (attempt == ATTEMPTS) {
                    throw failed("it ended at once, %d times.".formatted(ATTEMPTS) + version.hint(cli), ended);
                }
            } catch (InterruptedException interrupted) {
                server.kill();
                Thread.currentThread().interrupt();
                throw failed("the wait for it was interrupted.", interrupted);
            } catch (StatusRuntimeException sick) {
                server.kill();
                throw failed("it did not become healthy: " + sick.getMessage(), sick);
            }
        }
    }

    private ServerProcess launch() throws IOException {
        int port = Ports.choose(options.port());
        WebUi ui = options.uiPort() < 0 ? null : new WebUi(UiAddress.in(folder), Ports.choose(options.uiPort()));
        List<String> command = ServerCommand.of(cli.binary(), database, port, ui, options.settings());
        ServerProcess server = ServerProcess.start(command, folder, log, port, ui);
        new Orphan(folder, database).remember(server);
        return server;
    }

    private void awaitHealth(ServerProcess server) throws InterruptedException, EndedEarly {
        long deadline = System.nanoTime() + HEALTHY_WITHIN.toNanos();
        // a channel that met a closed port waits a second before it knocks again; a bare connect does not
        while (!server.answers()) {
            lookAgain(server, deadline, Status.UNAVAILABLE.asRuntimeException());
        }
        WorkflowServiceStubs service = WorkflowServiceStubs.newServiceStubs(WorkflowServiceStubsOptions.newBuilder()
                .setTarget(server.address())
                .build());
        try {
            while (true) {
                try {
                    prepare(service);
                    return;
                } catch (StatusRuntimeException notYet) {
                    lookAgain(server, deadline, notYet);
                }
            }
        } finally {
            service.shutdownNow();
            service.awaitTermination(1, TimeUnit.SECONDS);
        }
    }

    private void prepare(WorkflowServiceStubs service) {
        service.healthCheck();
        TemporalNamespace.keepClosedRuns(service, TemporalNamespace.DEFAULT, options.retention());
        OperatorServiceStubs operator = OperatorServiceStubs.newServiceStubs(OperatorServiceStubsOptions.newBuilder()
                .setChannel(service.getRawChannel())
                .validateAndBuildWithDefaults());
        TemporalNamespace.registerSearchAttributes(operator, TemporalNamespace.DEFAULT);
    }

    private static void lookAgain(ServerProcess server, long deadline, StatusRuntimeException reason)
            throws InterruptedException, EndedEarly {
        if (server.endsWithin(LOOK_AGAIN_MS)) {
            throw new EndedEarly();
        }
        if (System.nanoTime() > deadline) {
            throw reason;
        }
    }

    private TemporalUnavailableException failed(String why, Exception cause) {
        return new TemporalUnavailableException(
                "Expected the Temporal server to start on %s, but %s Its log is %s.".formatted(database, why, log),
                cause);
    }

    private void moveFullLog() throws IOException {
        if (Files.exists(log) && Files.size(log) > LARGEST_LOG) {
            Files.move(log, folder.resolve("temporal.log.1"), StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /** The server ended before it was healthy. */
    private static final class EndedEarly extends Exception {
        private static final long serialVersionUID = 1L;
    }
}
