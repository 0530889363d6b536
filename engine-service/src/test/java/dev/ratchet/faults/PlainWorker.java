package dev.ratchet.faults;

import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;
import io.temporal.client.WorkflowClient;
import io.temporal.failure.ApplicationFailure;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import io.temporal.worker.WorkerFactory;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;

/** A program that knows nothing of Ratchet: a worker of the plain SDK whose one activity calls the ledger. */
public final class PlainWorker {
    static final String QUEUE = "chaos-plain";
    static final String ACTIVITY = "CallLedger";

    private PlainWorker() {}

    /** @param arguments the address of Temporal */
    public static void main(String[] arguments) {
        WorkflowServiceStubs service = WorkflowServiceStubs.newServiceStubs(
                WorkflowServiceStubsOptions.newBuilder().setTarget(arguments[0]).build());
        WorkerFactory factory = WorkerFactory.newInstance(WorkflowClient.newInstance(service));
        factory.newWorker(QUEUE).registerActivitiesImplementations(new Call());
        factory.start();
    }

    /** The activity. */
    @ActivityInterface
    public interface LedgerActivity {
        /** @param input {@code url} and {@code key} */
        @ActivityMethod(name = ACTIVITY)
        Map<String, Object> call(Map<String, String> input);
    }

    private static final class Call implements LedgerActivity {
        private final HttpClient http =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

        @Override
        public Map<String, Object> call(Map<String, String> input) {
            HttpRequest request = HttpRequest.newBuilder(URI.create(input.getOrDefault("url", "")))
                    .header("Idempotency-Key", input.getOrDefault("key", ""))
                    .timeout(Duration.ofSeconds(10))
                    .POST(HttpRequest.BodyPublishers.noBody())
                    .build();
            try {
                int status =
                        http.send(request, HttpResponse.BodyHandlers.ofString()).statusCode();
                if (status != 200) {
                    throw ApplicationFailure.newFailure("Expected 200, but " + status, "refused");
                }
                return Map.of("status", status);
            } catch (IOException broken) {
                throw ApplicationFailure.newFailureWithCause("Expected an answer, but " + broken, "broken", broken);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                throw ApplicationFailure.newFailure("Expected an answer, but the call was interrupted", "broken");
            }
        }
    }
}
