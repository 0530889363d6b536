package dev.ratchet.service.server;

import dev.ratchet.service.embedded.TemporalNamespace;
import io.grpc.StatusRuntimeException;
import io.temporal.serviceclient.OperatorServiceStubs;
import io.temporal.serviceclient.OperatorServiceStubsOptions;
import io.temporal.serviceclient.WorkflowServiceStubs;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Registers what Ratchet needs in a namespace of a deployment, as soon as Temporal answers. A server may be started before
 * Temporal; without its search attributes no run can start.
 */
final class NamespaceSetup implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(NamespaceSetup.class);
    private static final long PAUSE_SECONDS = 3;

    private final Thread thread;

    private NamespaceSetup(Thread thread) {
        this.thread = thread;
    }

    static NamespaceSetup begin(WorkflowServiceStubs service, String namespace) {
        return new NamespaceSetup(
                Thread.ofVirtual().name("namespace setup").start(() -> untilDone(service, namespace)));
    }

    private static void untilDone(WorkflowServiceStubs service, String namespace) {
        OperatorServiceStubs operator = OperatorServiceStubs.newServiceStubs(OperatorServiceStubsOptions.newBuilder()
                .setChannel(service.getRawChannel())
                .validateAndBuildWithDefaults());
        try {
            while (!isDone(operator, namespace)) {
                TimeUnit.SECONDS.sleep(PAUSE_SECONDS);
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    /** Where it may not be done here, an administrator has done it or will see runs refused. */
    private static boolean isDone(OperatorServiceStubs operator, String namespace) {
        try {
            TemporalNamespace.registerSearchAttributes(operator, namespace);
            return true;
        } catch (StatusRuntimeException failed) {
            return switch (failed.getStatus().getCode()) {
                case UNAVAILABLE, DEADLINE_EXCEEDED, RESOURCE_EXHAUSTED, ABORTED, NOT_FOUND -> false;
                default -> {
                    LOG.warn("Expected to register search attributes in namespace {}, but failed", namespace, failed);
                    yield true;
                }
            };
        }
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
