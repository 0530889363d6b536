package dev.ratchet.service.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ratchet.document.Json;
import dev.ratchet.run.Command;
import dev.ratchet.run.Given;
import dev.ratchet.run.Request;
import dev.ratchet.run.RunStatus;
import dev.ratchet.run.TaskRecord;
import dev.ratchet.run.TaskStatus;
import dev.ratchet.run.Value;
import dev.ratchet.run.WaitingFor;
import dev.ratchet.service.config.Environment;
import dev.ratchet.service.config.RatchetConfig;
import dev.ratchet.service.server.EngineParts;
import dev.ratchet.task.assignment.AssignmentSettings;
import dev.ratchet.task.blob.BlobPlanSource;
import dev.ratchet.task.delegation.ChildStarter;
import dev.ratchet.task.dispatch.Toolbox;
import dev.ratchet.task.egress.EgressPolicy;
import dev.ratchet.task.http.HttpSettings;
import dev.ratchet.task.secret.Secrets;
import dev.ratchet.task.worker.EngineDataConverter;
import dev.ratchet.task.worker.EngineWorker;
import dev.ratchet.task.worker.WorkerSettings;
import dev.ratchet.workflow.Parent;
import dev.ratchet.workflow.RunStart;
import dev.ratchet.workflow.RunWorkflow;
import dev.ratchet.workflow.RunWorkflowImpl;
import dev.ratchet.workflow.Snapshot;
import dev.ratchet.workflow.SnapshotRequest;
import io.temporal.api.enums.v1.IndexedValueType;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Any document within the limits runs, is read, answered and ends, whatever makes it heavy: no message is one that Temporal's
 * server refuses. {@code -Dlimits.seed=N} draws others, {@code -Dlimits.documents=N} more of them.
 */
class DocumentsAtTheLimitsTest {
    private static final String QUEUE = "limits";
    private static final long SEED = Long.getLong("limits.seed", 20260101L);
    private static final int DOCUMENTS = Integer.getInteger("limits.documents", 5);
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    @TempDir
    private Path folder;

    private final ServerLimits limits = new ServerLimits();
    private final TestWorkflowEnvironment environment =
            TestWorkflowEnvironment.newInstance(TestEnvironmentOptions.newBuilder()
                    .setUseTimeskipping(false)
                    .setWorkflowServiceStubsOptions(WorkflowServiceStubsOptions.newBuilder()
                            .setGrpcClientInterceptors(List.of(limits))
                            .build())
                    .setWorkflowClientOptions(WorkflowClientOptions.newBuilder()
                            .setDataConverter(EngineDataConverter.create())
                            .build())
                    .registerSearchAttribute("RatchetState", IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD)
                    .registerSearchAttribute("RatchetFailedTask", IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD)
                    .build());

    private EngineParts parts;
    private EngineWorker worker;

    @BeforeEach
    void start() {
        parts = EngineParts.of(
                RatchetConfig.load(null, new Environment(Map.of("RATCHET_DATA", folder.toString()), folder)), true);
        worker = EngineWorker.create(
                environment.getWorkflowClient(),
                WorkerSettings.of(QUEUE).withGrace(Duration.ofSeconds(5)),
                Toolbox.of(parts.executors(), parts.blobs(), Secrets.NONE),
                AssignmentSettings.plain(HttpSettings.of(EgressPolicy.of("", ""))),
                noChildren(),
                (workflowId, runId) -> null,
                () -> new RunWorkflowImpl(new BlobPlanSource(parts.blobs())));
        environment.start();
        worker.start();
    }

    private static ChildStarter noChildren() {
        return new ChildStarter() {
            @Override
            public boolean start(JsonNode document, String id, Parent parent) {
                return false;
            }

            @Override
            public boolean isChild(String workflowId, Parent parent) {
                return false;
            }
        };
    }

    @AfterEach
    void close() {
        worker.close();
        environment.close();
    }

    @Test
    void shouldRunReadAnswerAndEndWhateverMakesADocumentHeavy() {
        LargeDocument.drawn(SEED, DOCUMENTS).forEach(this::check);
    }

    private void check(LargeDocument document) {
        try {
            carryOut(document);
        } catch (AssertionError | RuntimeException failed) {
            throw new AssertionError("Expected to carry out " + smallest(document) + ", of " + document, failed);
        }
    }

    /** The first of its clusters that fails alone; all of it when none does. */
    private LargeDocument smallest(LargeDocument failed) {
        for (LargeDocument.Cluster cluster : failed.clusters()) {
            LargeDocument alone = LargeDocument.of(failed.seed(), List.of(cluster));
            try {
                carryOut(alone);
            } catch (AssertionError | RuntimeException again) {
                return alone;
            }
        }
        return failed;
    }

    private void carryOut(LargeDocument document) {
        limits.forget();
        WorkflowStub run = begin(document);
        if (!document.ends()) {
            Awaitility.await()
                    .atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(300))
                    .until(() -> isQuiet(document, read(run)));
            answerOne(run);
            run.signal("command", new Command("abort", null, null, new Request.Abort()));
        }
        Snapshot end = whole(result(run));

        assertThat(limits.refused()).isEmpty();
        assertThat(end.run().state()).isEqualTo(document.ends() ? RunStatus.COMPLETED : RunStatus.ABORTED);
        assertThat(tasks(end)).hasSizeGreaterThanOrEqualTo(document.size());
        assertThat(tasks(end).values()).allMatch(task -> task.state().isSettled());
    }

    /** Everything has begun that can, and what has not ended waits for somebody. */
    private boolean isQuiet(LargeDocument document, Snapshot reading) {
        assertThat(limits.refused()).isEmpty();
        Map<String, TaskRecord> tasks = tasks(reading);
        return tasks.size() >= document.size()
                && tasks.values().stream()
                        .allMatch(task -> task.state().isSettled()
                                || task.waitingFor() == WaitingFor.AGENT
                                || task.state() == TaskStatus.RUNNING);
    }

    private void answerOne(WorkflowStub run) {
        Optional<TaskRecord> asked = tasks(read(run)).values().stream()
                .filter(task -> task.waitingFor() == WaitingFor.AGENT)
                .findFirst();
        if (asked.isPresent()) {
            Given answer = new Given("answer", Value.of(Json.tree(1)), null, null);
            run.signal(
                    "command",
                    new Command("give", null, null, new Request.Give(asked.get().key(), answer)));
            Awaitility.await().atMost(PATIENCE).until(() -> {
                Snapshot one = run.query(
                        "snapshot",
                        Snapshot.class,
                        SnapshotRequest.of(asked.get().key()));
                TaskRecord task = tasks(one).get(asked.get().key().toString());
                return task != null && task.state() == TaskStatus.COMPLETED;
            });
        }
    }

    private WorkflowStub begin(LargeDocument document) {
        RunId id = new RunId("acme", "r" + Math.abs(document.toString().hashCode()));
        Compiled compiled = parts.compiler().compile(document.json());
        RunStart start = new RunStarts(parts.blobs(), new KnownPlans(parts.blobs()), InstantSource.system())
                .of(compiled, id, Origin.NONE);
        WorkflowStub run = environment
                .getWorkflowClient()
                .newUntypedWorkflowStub(
                        RunWorkflow.TYPE,
                        WorkflowOptions.newBuilder()
                                .setTaskQueue(QUEUE)
                                .setWorkflowId(id.workflowId())
                                .build());
        run.start(start);
        return run;
    }

    private static Snapshot read(WorkflowStub run) {
        return ((QueryAnswer.Answered<Snapshot>) SnapshotParts.read(
                        part -> new QueryAnswer.Answered<>(run.query("snapshot", Snapshot.class, part)),
                        SnapshotRequest.WHOLE))
                .value();
    }

    private static Snapshot result(WorkflowStub run) {
        try {
            return run.getResult(PATIENCE.toSeconds(), TimeUnit.SECONDS, Snapshot.class);
        } catch (java.util.concurrent.TimeoutException late) {
            throw new AssertionError("Expected the run to end", late);
        }
    }

    private Snapshot whole(Snapshot result) {
        return result.stored() == null
                ? result
                : Json.mapper().convertValue(parts.blobs().getJson(result.stored()), Snapshot.class);
    }

    private Map<String, TaskRecord> tasks(Snapshot snapshot) {
        Map<String, TaskRecord> tasks = new TreeMap<>();
        Pages pages = new Pages(parts.blobs());
        snapshot.pages()
                .forEach(page ->
                        pages.tasks(page).forEach(task -> tasks.put(task.key().toString(), task)));
        snapshot.tasks().forEach(task -> tasks.put(task.key().toString(), task));
        return tasks;
    }
}
