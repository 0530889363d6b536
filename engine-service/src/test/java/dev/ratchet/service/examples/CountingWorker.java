package dev.ratchet.service.examples;

import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;
import io.temporal.client.WorkflowClient;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import io.temporal.worker.WorkerFactory;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;

/** Somebody else's worker, in Java: what the one in Python does, for machines without it. */
final class CountingWorker implements AutoCloseable {
    private final WorkflowServiceStubs stubs;
    private final WorkerFactory factory;

    CountingWorker(String address) {
        stubs = WorkflowServiceStubs.newServiceStubs(
                WorkflowServiceStubsOptions.newBuilder().setTarget(address).build());
        factory = WorkerFactory.newInstance(WorkflowClient.newInstance(stubs));
        factory.newWorker("python").registerActivitiesImplementations(new Counter());
        factory.start();
    }

    @Override
    public void close() {
        factory.shutdownNow();
        stubs.shutdownNow();
    }

    /** The activity. */
    @ActivityInterface
    public interface CountWords {
        @ActivityMethod(name = "count_words")
        Map<String, Object> count(Map<String, String> document);
    }

    private static final class Counter implements CountWords {
        @Override
        public Map<String, Object> count(Map<String, String> document) {
            String[] words = document.get("text").toLowerCase(Locale.ROOT).split(" ");
            return Map.of(
                    "words",
                    words.length,
                    "distinct",
                    Arrays.stream(words).distinct().count());
        }
    }
}
