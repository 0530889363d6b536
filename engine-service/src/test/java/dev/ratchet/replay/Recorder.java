package dev.ratchet.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ratchet.document.Json;
import dev.ratchet.faults.EngineApi;
import dev.ratchet.faults.JvmProcess;
import dev.ratchet.service.cli.Main;
import dev.ratchet.service.embedded.Ports;
import io.temporal.api.enums.v1.EventType;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.api.history.v1.WorkflowExecutionStartedEventAttributes;
import io.temporal.client.WorkflowClient;
import io.temporal.common.WorkflowExecutionHistory;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;

/** Runs shapes on a deployment of its own and stores their histories. */
final class Recorder implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(4);

    private final Path folder;
    private final Path corpus;
    private final Map<String, String> environment;
    private final WorkflowServiceStubs stubs;
    private final WorkflowClient client;
    private final EngineApi api;
    private final JvmProcess service;
    private final Deque<JvmProcess> workers = new ArrayDeque<>();

    Recorder(Path folder, String temporal, Path corpus) throws IOException {
        this.folder = folder;
        this.corpus = corpus;
        int port = Ports.choose(0);
        this.environment = Map.of(
                "TEMPORAL_ADDRESS", temporal,
                "RATCHET_TASK_QUEUE", "record",
                "RATCHET_DATA", folder.toString(),
                "RATCHET_PORT", Integer.toString(port),
                "RATCHET_ADMIN_PORT", Integer.toString(Ports.choose(0)));
        this.stubs = WorkflowServiceStubs.newServiceStubs(
                WorkflowServiceStubsOptions.newBuilder().setTarget(temporal).build());
        this.client = WorkflowClient.newInstance(stubs);
        this.api = new EngineApi("http://127.0.0.1:" + port);
        this.service = JvmProcess.start("service", folder, environment, Main.class, "server");
        startWorker();
        await("the API").atMost(PATIENCE).until(api::answers);
    }

    /** The files, one for each execution. */
    List<Path> record(Shape shape) throws IOException {
        api.submit(shape.document());
        meanwhile(shape);
        JsonNode end = api.awaitEnd(shape.name(), PATIENCE);
        assertThat(end.path("state").asText()).as("%s", end).isEqualTo(shape.ends());
        List<Path> files = store(shape.name());
        for (JsonNode task : end.path("tasks")) {
            if (task.has("child_run")) {
                files.addAll(storeEnded(task.path("child_run").asText()));
            }
        }
        if (shape.meanwhile() == Shape.Meanwhile.RERUN) {
            String again = shape.name() + ".1";
            control(shape.name(), "/rerun", "{\"id\": \"%s\", \"from\": [\"b\"]}".formatted(again), 202);
            files.addAll(storeEnded(again));
        }
        assertThat(files)
                .as("a witness of %s", shape.name())
                .anyMatch(file -> Corpus.readable(file).contains(shape.witness()));
        return files;
    }

    private void meanwhile(Shape shape) throws IOException {
        switch (shape.meanwhile()) {
            case NOTHING, RERUN -> {
                // it runs to its end undisturbed
            }
            case ABORT -> {
                awaitRunning(shape.name());
                assertThat(api.abort(shape.name()).status()).isEqualTo(202);
            }
            case CANCEL -> {
                awaitRunning(shape.name());
                client.newUntypedWorkflowStub("default/" + shape.name()).cancel();
            }
            case LOSE_WORKER -> {
                awaitRunning(shape.name());
                workers.removeLast().kill();
                startWorker();
            }
            case STOP_WORKER -> {
                awaitRunning(shape.name());
                JvmProcess old = workers.removeLast();
                startWorker();
                old.terminate();
                old.awaitEnd(PATIENCE.toSeconds());
            }
            case PAUSE -> {
                awaitRunning(shape.name());
                control(shape.name(), "/pause", "{}", 202);
                awaitTask(shape.name(), "b", "completed");
                assertThat(state(shape.name())).isEqualTo("paused");
                control(shape.name(), "/resume", "{}", 202);
            }
            case PATCH -> {
                awaitRunning(shape.name());
                control(shape.name(), "/patch", """
                        {"operations": [{"op": "add", "path": "/tasks/-", "value":
                          {"id": "added", "type": "transform", "expression": "tasks.a.state",
                           "deps": [{"task": "a", "when": "output.text == 'durable'"}, "b"]}}]}""", 200);
            }
            case RETRY -> {
                awaitTask(shape.name(), "a", "failed");
                control(shape.name(), "/tasks/a/retry", "{}", 202);
                control(shape.name(), "/tasks/d/skip", "{}", 202);
            }
            case RAISE_BUDGET -> {
                await("a paused run")
                        .atMost(PATIENCE)
                        .until(() -> state(shape.name()).equals("paused"));
                assertThat(api.post(
                                        "/runs/" + shape.name() + "/budget",
                                        Json.read("{\"amount\": 5.0, \"currency\": \"USD\"}", JsonNode.class))
                                .status())
                        .isEqualTo(202);
            }
        }
    }

    private void awaitTask(String run, String task, String state) {
        await(task + " to be " + state)
                .atMost(PATIENCE)
                .until(() -> api.run(run)
                        .path("tasks")
                        .path(task)
                        .path("state")
                        .asText()
                        .equals(state));
    }

    private void control(String run, String call, String body, int status) throws IOException {
        assertThat(api.post("/runs/" + run + call, Json.read(body, JsonNode.class))
                        .status())
                .isEqualTo(status);
    }

    private String state(String run) {
        return api.run(run).path("state").asText();
    }

    /** Waits until its second batch runs. */
    private void awaitRunning(String run) {
        await("a running task").atMost(PATIENCE).until(() -> {
            List<String> running = new ArrayList<>();
            api.run(run).path("tasks").properties().forEach(each -> {
                if (each.getKey().startsWith("b")
                        && each.getValue().path("state").asText().equals("running")) {
                    running.add(each.getKey());
                }
            });
            return !running.isEmpty();
        });
    }

    private void startWorker() throws IOException {
        workers.add(JvmProcess.start("worker" + System.nanoTime(), folder, environment, Main.class, "worker"));
    }

    private List<Path> storeEnded(String run) throws IOException {
        assertThat(api.awaitEnd(run, PATIENCE)).isNotNull();
        return store(run);
    }

    private List<Path> store(String shape) throws IOException {
        Deque<WorkflowExecutionHistory> executions = new ArrayDeque<>();
        String workflow = "default/" + shape;
        String before = "";
        do {
            WorkflowExecutionHistory history = client.fetchHistory(workflow, before);
            executions.addFirst(history);
            before = started(history).getContinuedExecutionRunId();
        } while (!before.isEmpty());
        List<Path> files = new ArrayList<>();
        int number = 0;
        for (WorkflowExecutionHistory history : executions) {
            String name = executions.size() == 1 ? shape : shape + "." + number++;
            Path file = corpus.resolve(name + ".json.gz");
            Corpus.write(file, history);
            storeBlobs(history);
            files.add(file);
        }
        return files;
    }

    /** Plans and states that do not travel are read from the blob store, also by a replay. */
    private void storeBlobs(WorkflowExecutionHistory history) throws IOException {
        JsonNode start =
                Json.read(started(history).getInput().getPayloads(0).getData().toStringUtf8(), JsonNode.class);
        List<String> refs = new ArrayList<>();
        if (!start.path("plan").hasNonNull("inline")) {
            refs.add(start.path("plan").path("hash").asText());
        }
        if (start.path("carried").has("ref")) {
            refs.add(start.path("carried").path("ref").asText());
        }
        history.getEvents().stream()
                .filter(HistoryEvent::hasWorkflowExecutionUpdateAcceptedEventAttributes)
                .map(event -> event.getWorkflowExecutionUpdateAcceptedEventAttributes()
                        .getAcceptedRequest()
                        .getInput()
                        .getArgs()
                        .getPayloads(0)
                        .getData()
                        .toStringUtf8())
                .map(request -> Json.read(request, JsonNode.class))
                .forEach(request -> refs.add(request.path("change").path("plan").asText()));
        for (String ref : refs) {
            Corpus.write(Corpus.blob(corpus, ref), blob(ref));
        }
    }

    private String blob(String hash) throws IOException {
        try (var files = Files.walk(folder.resolve("blobs"))) {
            Path file = files.filter(each -> Files.isRegularFile(each)
                            && each.toString().replace("/", "").contains(hash))
                    .findFirst()
                    .orElseThrow();
            return Files.readString(file, StandardCharsets.UTF_8);
        }
    }

    private static WorkflowExecutionStartedEventAttributes started(WorkflowExecutionHistory history) {
        HistoryEvent first = history.getEvents().getFirst();
        assertThat(first.getEventType()).isEqualTo(EventType.EVENT_TYPE_WORKFLOW_EXECUTION_STARTED);
        return first.getWorkflowExecutionStartedEventAttributes();
    }

    @Override
    public void close() {
        workers.forEach(JvmProcess::close);
        service.close();
        stubs.shutdownNow();
    }
}
