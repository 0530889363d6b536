package dev.ratchet.service.embedded;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** A running Temporal server of ours, of either kind. */
sealed interface TemporalServer permits ServerProcess, InMemoryServer {
    /** {@code host:port} of its gRPC front end. */
    String address();

    Optional<String> uiUrl();

    /** Absent if it lives in this JVM. */
    Optional<Long> pid();

    /** True if what it accepted is there after a restart. */
    boolean durable();

    /** Completes when it has ended, for whatever reason. */
    CompletableFuture<Void> ended();

    /** Ends it the hard way, as a power cut would. */
    void kill();

    /** Ends it in good order, or the hard way after some seconds. */
    void stop();
}
