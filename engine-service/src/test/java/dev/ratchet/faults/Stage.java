package dev.ratchet.faults;

import static org.assertj.core.api.Assertions.assertThatCode;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ratchet.replay.Replay;
import dev.ratchet.task.blob.BlobPlanSource;
import dev.ratchet.task.blob.FolderBlobStore;
import dev.ratchet.workflow.PlanSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.LifecycleMethodExecutionExceptionHandler;

/**
 * What a test class with faults stands on: a ledger, a deployment, readers of each run, and a schedule that is told when a
 * test fails. Processes live as long as the class.
 */
final class Stage
        implements BeforeAllCallback,
                AfterAllCallback,
                AfterTestExecutionCallback,
                LifecycleMethodExecutionExceptionHandler {
    /** The longest that a run may take once the last fault is healed (I10). */
    static final Duration HEALED = Duration.ofSeconds(60);

    final Schedule schedule = new Schedule();
    private final String name;
    private final Temporals temporals;
    private final Map<String, RunWatch> watches = new LinkedHashMap<>();
    private final Map<String, JsonNode> documents = new LinkedHashMap<>();
    private final Replay replay = Replay.today();
    private Parts parts = Parts.NONE;

    /** Where a stage gets its Temporal from. */
    interface Temporals {
        String start(Path folder);

        /** Ends what was started for this stage alone. */
        default void stop() {}
    }

    private record Parts(Path folder, LedgerProcess ledger, EngineProcesses engine, Executions executions) {
        @SuppressWarnings("NullAway") // replaced before anything is asked of it
        private static final Parts NONE = new Parts(null, null, null, null);
    }

    Stage(String name, Temporals temporals) {
        this.name = name + "-" + ProcessHandle.current().pid();
        this.temporals = temporals;
    }

    @Override
    public void beforeAll(ExtensionContext context) throws IOException {
        Path folder = Files.createTempDirectory("ratchet-" + name + "-");
        String temporal = temporals.start(folder);
        LedgerProcess ledger = LedgerProcess.start(folder);
        EngineProcesses engine = new EngineProcesses(name, folder, temporal, ledger, schedule);
        parts = new Parts(folder, ledger, engine, new Executions(temporal));
        engine.startService();
    }

    LedgerProcess ledger() {
        return parts.ledger;
    }

    EngineProcesses engine() {
        return parts.engine;
    }

    EngineApi api() {
        return parts.engine.api();
    }

    Executions executions() {
        return parts.executions;
    }

    /** A document for a run of this class. */
    Documents document(String run) {
        return Documents.run(run, ledger());
    }

    /** Submits it, and follows the run from now on. */
    String submit(Documents document) {
        JsonNode json = document.json();
        String id = json.path("id").asText();
        api().submit(json);
        schedule.note("accepted " + id);
        follow(json);
        return id;
    }

    /** Follows a run that was submitted otherwise. */
    void follow(JsonNode document) {
        String id = document.path("id").asText();
        documents.put(id, document);
        watches.put(id, new RunWatch(api(), id));
    }

    /** The graph of a run that is followed became another. */
    void patched(JsonNode document) {
        documents.put(document.path("id").asText(), document);
    }

    /** The run ends as it should; API, readers and ledger agree about it, and its history replays. */
    RunReport ends(String run, String state, int faults) {
        api().awaitEnd(run, HEALED);
        schedule.note("ended " + run);
        Ledger read = ledger().read();
        RunReport report = RunReport.read(api(), documents.get(run), read);
        report.check(read, state, faults);
        assertThatCode(() -> {
                    watches.get(run).checkAgainst(report.run());
                    replay.replay(executions().history(run), blobs());
                })
                .doesNotThrowAnyException();
        return report;
    }

    private PlanSource blobs() {
        return new BlobPlanSource(new FolderBlobStore(parts.folder.resolve("blobs")));
    }

    @Override
    public void afterTestExecution(ExtensionContext context) {
        context.getExecutionException().ifPresent(failure -> tell(context.getDisplayName()));
    }

    @Override
    public void handleBeforeAllMethodExecutionException(ExtensionContext context, Throwable failure) throws Throwable {
        tell(context.getDisplayName());
        throw failure;
    }

    private void tell(String test) {
        System.err.println(test + " failed with " + schedule + "\n" + parts.engine.logs());
    }

    @Override
    public void afterAll(ExtensionContext context) throws IOException {
        watches.values().forEach(RunWatch::close);
        replay.close();
        if (parts != Parts.NONE) {
            parts.engine.close();
            parts.ledger.close();
            parts.executions.close();
            temporals.stop();
            try (Stream<Path> files = Files.walk(parts.folder)) {
                files.sorted(Comparator.reverseOrder())
                        .forEach(file -> file.toFile().delete());
            }
        }
    }
}
