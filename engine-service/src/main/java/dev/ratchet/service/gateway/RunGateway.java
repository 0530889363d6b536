package dev.ratchet.service.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ratchet.document.Json;
import dev.ratchet.plan.Warning;
import dev.ratchet.run.Audit;
import dev.ratchet.run.Command;
import dev.ratchet.run.Given;
import dev.ratchet.run.Request;
import dev.ratchet.run.TaskKey;
import dev.ratchet.run.Value;
import dev.ratchet.service.live.ChangeFeeds;
import dev.ratchet.service.live.EndWatchers;
import dev.ratchet.service.problem.ProblemCode;
import dev.ratchet.service.problem.ProblemException;
import dev.ratchet.task.blob.BlobPlanSource;
import dev.ratchet.task.blob.BlobStore;
import dev.ratchet.task.blob.Values;
import dev.ratchet.workflow.Snapshot;
import dev.ratchet.workflow.SnapshotRequest;
import dev.ratchet.workflow.SnapshotRequest.Patches;
import io.temporal.client.WorkflowClient;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ScheduledExecutorService;
import org.jspecify.annotations.Nullable;

/**
 * What may be done with runs. Everything it throws on purpose is a {@link ProblemException}. Calls block; they are meant
 * for virtual threads. Thread-safe.
 */
public final class RunGateway {
    private static final RunId NOBODY = new RunId(RunId.DEFAULT_ORGANIZATION, "none");
    private static final Duration BETWEEN_CHANGES = Duration.ofMillis(200);

    private final TemporalRpc rpc;
    private final WaitingReader waiting;
    private final Controls controls;
    private final Submissions submissions;
    private final SentDocuments documents;
    private final Hydration hydration;
    private final RunPatches patches;
    private final Reruns reruns;
    private final RunReader reader;
    private final Answering answering;
    private final AgentQueues queues;
    private final QueueWarnings queueWarnings;

    /**
     * What the gateway stands on.
     *
     * @param client the same object that this process's worker uses, if it has one: only then runs start eagerly
     * @param taskQueue of new runs
     * @param queryDeadline how long a reader waits for a worker before Temporal's description must do
     * @param deadlines a thread for deadlines
     */
    public record Settings(
            WorkflowClient client,
            String taskQueue,
            BlobStore blobs,
            Duration queryDeadline,
            InstantSource clock,
            ScheduledExecutorService deadlines) {}

    public RunGateway(Settings settings) {
        this.rpc = new TemporalRpc(settings.client(), settings.queryDeadline());
        this.queueWarnings = new QueueWarnings(settings.client());
        KnownPlans plans = new KnownPlans(settings.blobs());
        ClosedRuns closed = new ClosedRuns(
                rpc, new LastKnown(settings.client(), new BlobPlanSource(settings.blobs())), settings.blobs());
        this.documents = new SentDocuments(rpc, settings.blobs());
        this.hydration = new Hydration(settings.blobs());
        this.reader = new RunReader(rpc, closed, plans, settings.blobs(), hydration);
        TemporalHistory history = new TemporalHistory(rpc, closed);
        this.waiting =
                new WaitingReader(reader, closed, new ChangeFeeds(history, BETWEEN_CHANGES), new EndWatchers(history));
        this.controls = new Controls(rpc, reader);
        this.patches = new RunPatches(rpc, reader, settings.blobs(), plans);
        this.queues = new AgentQueues(rpc, settings.client(), settings.blobs(), settings.clock(), settings.deadlines());
        this.answering = new Answering(reader, controls, queues, settings.blobs());
        this.submissions = new Submissions(
                new RunStarter(settings.client(), settings.taskQueue(), settings.deadlines()),
                rpc,
                reader,
                settings.blobs(),
                plans,
                settings.clock());
        this.reruns = new Reruns(patches, reader, submissions, new Values(settings.blobs()));
    }

    /**
     * Starts a run; what is answered for is durable. The same document under the same id, or with the same key, is the
     * same run.
     */
    public RunReading submit(Compiled compiled, String organization, @Nullable String idempotencyKey) {
        RunId unnamed = new RunId(
                organization,
                compiled.head().id() == null ? "" : compiled.head().id());
        return call(unnamed, () -> submissions.submit(compiled, organization, idempotencyKey));
    }

    /** The run, as soon as there is what the reader waits for, or when its patience ends. */
    public RunReading get(RunId run, ReadWish wish) {
        return call(possible(run), () -> waiting.read(run, wish));
    }

    /**
     * Asks a living run for something.
     *
     * @param idempotencyKey the same key with the same kind of request is the same command; absent: the request itself is
     */
    public RunReading command(RunId run, Request what, @Nullable String idempotencyKey, Signature by) {
        String kind = what.getClass().getSimpleName().toLowerCase(Locale.ROOT);
        String id = NewIds.hash(kind + "\n" + (idempotencyKey == null ? Json.write(what) : "key " + idempotencyKey));
        return call(
                possible(run),
                () -> controls.send(run, new Command(id, by.by(), by.why(), what), idempotencyKey != null));
    }

    /**
     * Asks a living run for something whose effect follows from how the run is: asked again without a key it is another
     * request, because a run that was resumed may be paused again.
     */
    public RunReading ask(RunId run, Request what, @Nullable String idempotencyKey, Signature by) {
        String key = idempotencyKey == null || idempotencyKey.isEmpty() ? null : Json.write(what) + idempotencyKey;
        return command(run, what, key == null ? UUID.randomUUID().toString() : key, by);
    }

    /**
     * Changes the graph of a living run where nothing has begun.
     *
     * @param most patches that one run may have
     */
    public PatchResult patch(RunId run, PatchOrder order, DocumentCompiler compiler, int most) {
        return call(possible(run), () -> patches.patch(run, order, compiler, most));
    }

    /** Carries an ended run out again, as a new run. */
    public RunReading rerun(RunId run, RerunOrder order, DocumentCompiler compiler) {
        return call(possible(run), () -> reruns.rerun(run, order, compiler));
    }

    /** The graphs that a run has had, the submitted one first. */
    public RevisionsReading revisions(RunId run) {
        return call(
                possible(run), () -> patches.revisions().all(patches.told(run, SnapshotRequest.graphs(Patches.ALL))));
    }

    /** Who has asked the run for what, and why. */
    public Audit audit(RunId run) {
        return call(possible(run), () -> {
            Audit audit = patches.told(run, SnapshotRequest.AUDIT).audit();
            return audit == null ? Audit.NONE : audit;
        });
    }

    /** The run's document as it stands, or stood at a revision. Needs no worker. */
    public Value document(RunId run, @Nullable Integer revision) {
        return call(possible(run), () -> {
            if (revision != null && revision == 1) {
                return documents.of(run);
            }
            Snapshot told = reader.told(run, SnapshotRequest.graphs(revision == null ? Patches.LAST : Patches.ALL));
            return told == null
                    ? documents.of(run, revision)
                    : Revisions.document(told, revision == null ? told.run().revision() : revision);
        });
    }

    /** The run with no more than one of its tasks. */
    public RunReading task(RunId run, String task) {
        return call(possible(run), () -> reader.glance(run, SnapshotRequest.of(TaskKey.parse(task))));
    }

    /** A task that may wait for somebody, and what it asks as far as that is known. */
    public AskedTask asked(RunId run, String task) {
        return call(possible(run), () -> answering.find(run, task));
    }

    /**
     * Gives a task what it waits for, or will. The same again changes nothing.
     *
     * @param idempotencyKey the same key is the same request
     */
    public Answered give(AskedTask task, Given given, @Nullable String idempotencyKey, Signature by) {
        return call(task.run(), () -> answering.give(task, given, idempotencyKey, by));
    }

    /**
     * Gives a task what it waits for now, if nobody has yet: of all who do the same at once, one succeeds.
     *
     * @param attempt of the task that is meant
     */
    public Answered giveOnce(AskedTask task, Given given, int attempt, String by) {
        return call(task.run(), () -> answering.giveOnce(task, given, attempt, by));
    }

    /** Whoever has the task's assignment still works on it. */
    public void heartbeat(AskedTask task, @Nullable Long lease, long leaseMs) {
        call(task.run(), () -> {
            answering.heartbeat(task, lease, leaseMs);
            return task;
        });
    }

    /** One assignment out of a queue, leased; waits for it as long as somebody would. */
    public Optional<JsonNode> next(String organization, String queue, long leaseMs, long waitMs) {
        return call(new RunId(organization, queue), () -> queues.next(organization, queue, leaseMs, waitMs));
    }

    /** The task queues of a sound document that no worker looks at; none when Temporal does not answer. */
    public List<Warning> queueWarnings(JsonNode document) {
        return queueWarnings.of(document);
    }

    public Hydration hydration() {
        return hydration;
    }

    /** @throws ProblemException when Temporal does not answer */
    public void ping() {
        var ignored = call(NOBODY, () -> {
            rpc.ping();
            return NOBODY;
        });
    }

    private static RunId possible(RunId run) {
        if (!run.isPossible()) {
            throw TemporalProblems.runNotFound(run);
        }
        return run;
    }

    private static <T> T call(RunId run, Calls<T> calls) {
        try {
            return calls.make();
        } catch (RuntimeException failed) {
            throw TemporalProblems.of(run, failed);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw ProblemException.passing(
                    ProblemCode.OVERLOADED,
                    "Expected to finish the request, but the service is stopping",
                    Duration.ofSeconds(1),
                    stopped);
        }
    }

    /** Calls that may be interrupted. */
    private interface Calls<T> {
        T make() throws InterruptedException;
    }
}
