package dev.ratchet.service.gateway;

import com.google.protobuf.util.Timestamps;
import dev.ratchet.plan.Plan;
import dev.ratchet.run.RunRecord;
import dev.ratchet.run.RunStatus;
import dev.ratchet.run.TaskKey;
import dev.ratchet.run.TaskRecord;
import dev.ratchet.service.problem.ProblemException;
import dev.ratchet.task.blob.BlobStore;
import dev.ratchet.workflow.Snapshot;
import dev.ratchet.workflow.SnapshotRequest;
import io.temporal.api.enums.v1.WorkflowExecutionStatus;
import io.temporal.api.workflow.v1.WorkflowExecutionInfo;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** Reads runs: open ones by a shared query, closed ones from their result, the rest as Temporal describes them. */
final class RunReader {
    private static final int LOOKS = 3;
    private static final int UNTOUCHED = 3;

    private final TemporalRpc rpc;
    private final ClosedRuns closed;
    private final Pages pages;
    private final KnownPlans plans;
    private final SnapshotQueries queries;
    private final RunOutput outputs;
    private final Obstacles obstacles;
    private final RecentReadings recent = new RecentReadings();

    RunReader(TemporalRpc rpc, ClosedRuns closed, KnownPlans plans, BlobStore blobs, Hydration hydration) {
        this.pages = new Pages(blobs);
        this.obstacles = new Obstacles(rpc, blobs);
        this.outputs = new RunOutput(pages, hydration);
        this.rpc = rpc;
        this.closed = closed;
        this.plans = plans;
        LivingRuns living = new LivingRuns(
                (workflowId, wanted) -> rpc.query(workflowId, "snapshot", wanted, Snapshot.class), plans);
        this.queries = new SnapshotQueries(living::read);
    }

    /** @throws io.grpc.StatusRuntimeException when there is no such run, or Temporal does not answer */
    RunReading read(RunId run, SnapshotRequest wanted) {
        return switch (living(run, wanted)) {
            case Living.Tells(Snapshot snapshot) -> told(snapshot, wanted);
            case Living.Silent(String why) -> described(run, wanted, why);
        };
    }

    /**
     * The same for whoever comes often: a run in which nothing happened since it was asked last is not asked again.
     *
     * @throws io.grpc.StatusRuntimeException when there is no such run, or Temporal does not answer
     */
    RunReading glance(RunId run, SnapshotRequest wanted) {
        String workflowId = run.workflowId();
        WorkflowExecutionInfo info = closed.known(workflowId) == null ? rpc.describe(workflowId) : null;
        if (info == null || !isOpen(info)) {
            return read(run, wanted);
        }
        RecentReadings.Position before = RecentReadings.Position.of(info);
        RunReading.Told known = recent.find(workflowId, wanted, before);
        if (known != null) {
            return known;
        }
        RunReading reading = read(run, wanted);
        if (reading instanceof RunReading.Told told
                && !told.isTerminal()
                && told.problems().isEmpty()) {
            recent.keep(workflowId, wanted, before, told);
        }
        return reading;
    }

    /** What is wanted of a run, or more; null when nobody answers for it. */
    @Nullable
    Snapshot told(RunId run, SnapshotRequest wanted) {
        return switch (living(run, wanted)) {
            case Living.Tells(Snapshot snapshot) -> snapshot;
            case Living.Silent silent -> isOpen(rpc.describe(run.workflowId())) ? null : closed.load(run.workflowId());
        };
    }

    /** Why nobody tells of a run, for whoever needs more than Temporal knows. */
    ProblemException silence(RunId run) {
        String why = living(run, SnapshotRequest.AUDIT) instanceof Living.Silent(String words) ? words : "";
        return described(run, rpc.describe(run.workflowId()), why).refusal();
    }

    RunReading.Told told(Snapshot snapshot) {
        return told(snapshot, SnapshotRequest.WHOLE);
    }

    /** What comes of asking a run, or its result. */
    private sealed interface Living {
        record Tells(Snapshot snapshot) implements Living {}

        /** @param why what a worker said that failed */
        record Silent(String why) implements Living {}
    }

    private Living living(RunId run, SnapshotRequest wanted) {
        String workflowId = run.workflowId();
        for (int look = 1; look <= LOOKS; look++) {
            Snapshot known = closed.known(workflowId);
            QueryAnswer<Snapshot> answer = known == null ? ask(workflowId, wanted) : new QueryAnswer.Answered<>(known);
            Snapshot snapshot = switch (answer) {
                case QueryAnswer.Answered<Snapshot>(Snapshot value) -> value;
                case QueryAnswer.Closed<Snapshot> ended -> closed.load(workflowId);
                case QueryAnswer.Silent<Snapshot> silent -> null;
            };
            if (snapshot != null) {
                return new Living.Tells(snapshot);
            }
            if (answer instanceof QueryAnswer.Silent<Snapshot>(String why)) {
                return new Living.Silent(why);
            }
        }
        return new Living.Silent("");
    }

    private QueryAnswer<Snapshot> ask(String workflowId, SnapshotRequest wanted) {
        try {
            return queries.read(workflowId, wanted).join();
        } catch (CompletionException failed) {
            throw failed.getCause() instanceof RuntimeException cause ? cause : failed;
        }
    }

    private RunReading described(RunId run, SnapshotRequest wanted, String why) {
        WorkflowExecutionInfo info = rpc.describe(run.workflowId());
        Snapshot last = isOpen(info) ? null : closed.load(run.workflowId());
        if (last != null) {
            return told(last, wanted);
        }
        return described(run, info, why);
    }

    private RunReading.Described described(RunId run, WorkflowExecutionInfo info, String why) {
        return new RunReading.Described(
                run,
                isOpen(info) ? openState(info) : RunStatus.FAILED,
                rpc.memo(info.getMemo(), RunMemo.CREATED_AT, Long.class),
                info.hasStartTime() ? (Long) Timestamps.toMillis(info.getStartTime()) : null,
                openState(info) == RunStatus.PENDING ? List.of() : obstacles.of(run.workflowId(), why));
    }

    private static boolean isOpen(WorkflowExecutionInfo info) {
        return info.getStatus() == WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_RUNNING;
    }

    /** Before a worker took the first workflow task there is its start and the task, nothing else. */
    private static RunStatus openState(WorkflowExecutionInfo info) {
        return info.getHistoryLength() <= UNTOUCHED ? RunStatus.PENDING : RunStatus.RUNNING;
    }

    private RunReading.Told told(Snapshot snapshot, SnapshotRequest wanted) {
        Damages damages = new Damages();
        Plan plan = damages.without(Damage.Kind.PLAN, snapshot.plan().hash(), () -> plans.of(snapshot.plan()));
        List<TaskRecord> tasks = tasks(snapshot, wanted, damages);
        RunRecord record = record(snapshot, plan, damages);
        return new RunReading.Told(snapshot.facts(), record, tasks, plan, damages.found());
    }

    private RunRecord record(Snapshot snapshot, @Nullable Plan plan, Damages damages) {
        RunRecord run = snapshot.run();
        return plan != null && run.state().isTerminal() ? run.withOutput(outputs.of(plan, snapshot, damages)) : run;
    }

    /** Of each task the last word: one that was opened again is in a page too, as it was then. */
    private List<TaskRecord> tasks(Snapshot snapshot, SnapshotRequest wanted, Damages damages) {
        if (!wanted.tasks()) {
            return List.of();
        }
        Map<TaskKey, TaskRecord> all = new LinkedHashMap<>();
        for (Snapshot.Page page : snapshot.pages()) {
            if (page.version() > wanted.since()) {
                List<TaskRecord> sealed = damages.without(Damage.Kind.TASKS, page.ref(), () -> pages.tasks(page));
                addChanged(all, sealed == null ? List.of() : sealed, wanted.since());
            }
        }
        addChanged(all, snapshot.tasks(), wanted.since());
        return List.copyOf(all.values());
    }

    private static void addChanged(Map<TaskKey, TaskRecord> all, List<TaskRecord> tasks, long since) {
        for (@Nullable TaskRecord task : tasks) {
            if (task != null && task.version() > since) {
                all.merge(task.key(), task, (one, other) -> other.version() >= one.version() ? other : one);
            }
        }
    }
}
