package dev.ratchet.service.gateway;

import com.google.protobuf.util.Timestamps;
import dev.ratchet.plan.Plan;
import dev.ratchet.run.RunRecord;
import dev.ratchet.run.RunStatus;
import dev.ratchet.run.TaskKey;
import dev.ratchet.run.TaskRecord;
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
    private final RecentReadings recent = new RecentReadings();

    RunReader(TemporalRpc rpc, ClosedRuns closed, Pages pages, KnownPlans plans, Hydration hydration) {
        this.outputs = new RunOutput(pages, hydration);
        this.rpc = rpc;
        this.closed = closed;
        this.pages = pages;
        this.plans = plans;
        LivingRuns living = new LivingRuns(
                (workflowId, wanted) -> rpc.query(workflowId, "snapshot", wanted, Snapshot.class), plans);
        this.queries = new SnapshotQueries(living::read);
    }

    /** @throws io.grpc.StatusRuntimeException when there is no such run, or Temporal does not answer */
    RunReading read(RunId run, SnapshotRequest wanted) {
        Snapshot snapshot = living(run, wanted);
        return snapshot == null ? described(run, wanted) : told(snapshot, wanted);
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
        if (reading instanceof RunReading.Told told && !told.isTerminal()) {
            recent.keep(workflowId, wanted, before, told);
        }
        return reading;
    }

    /** What is wanted of a run, or more; null when nobody answers for it. */
    @Nullable
    Snapshot told(RunId run, SnapshotRequest wanted) {
        Snapshot snapshot = living(run, wanted);
        return snapshot == null && !isOpen(rpc.describe(run.workflowId())) ? closed.load(run.workflowId()) : snapshot;
    }

    RunReading.Told told(Snapshot snapshot) {
        return told(snapshot, SnapshotRequest.WHOLE);
    }

    private @Nullable Snapshot living(RunId run, SnapshotRequest wanted) {
        String workflowId = run.workflowId();
        for (int look = 1; look <= LOOKS; look++) {
            Snapshot snapshot = closed.known(workflowId);
            if (snapshot == null) {
                QueryAnswer<Snapshot> answer = ask(workflowId, wanted);
                snapshot = switch (answer) {
                    case QueryAnswer.Answered<Snapshot>(Snapshot value) -> value;
                    case QueryAnswer.Closed<Snapshot> ended -> closed.load(workflowId);
                    case QueryAnswer.Silent<Snapshot> silent -> null;
                };
                if (snapshot == null && answer instanceof QueryAnswer.Silent<Snapshot>) {
                    break;
                }
            }
            if (snapshot != null) {
                return snapshot;
            }
        }
        return null;
    }

    private QueryAnswer<Snapshot> ask(String workflowId, SnapshotRequest wanted) {
        try {
            return queries.read(workflowId, wanted).join();
        } catch (CompletionException failed) {
            throw failed.getCause() instanceof RuntimeException cause ? cause : failed;
        }
    }

    private RunReading described(RunId run, SnapshotRequest wanted) {
        WorkflowExecutionInfo info = rpc.describe(run.workflowId());
        boolean open = isOpen(info);
        Snapshot last = open ? null : closed.load(run.workflowId());
        if (last != null) {
            return told(last, wanted);
        }
        return new RunReading.Described(
                run,
                open ? openState(info) : RunStatus.FAILED,
                rpc.memo(info.getMemo(), RunMemo.CREATED_AT, Long.class),
                info.hasStartTime() ? (Long) Timestamps.toMillis(info.getStartTime()) : null);
    }

    private static boolean isOpen(WorkflowExecutionInfo info) {
        return info.getStatus() == WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_RUNNING;
    }

    /** Before a worker took the first workflow task there is its start and the task, nothing else. */
    private static RunStatus openState(WorkflowExecutionInfo info) {
        return info.getHistoryLength() <= UNTOUCHED ? RunStatus.PENDING : RunStatus.RUNNING;
    }

    private RunReading.Told told(Snapshot snapshot, SnapshotRequest wanted) {
        Plan plan = plans.of(snapshot.plan());
        return new RunReading.Told(snapshot.facts(), record(snapshot, plan), tasks(snapshot, wanted), plan);
    }

    private RunRecord record(Snapshot snapshot, Plan plan) {
        RunRecord run = snapshot.run();
        return run.state().isTerminal() ? run.withOutput(outputs.of(plan, snapshot)) : run;
    }

    /** Of each task the last word: one that was opened again is in a page too, as it was then. */
    private List<TaskRecord> tasks(Snapshot snapshot, SnapshotRequest wanted) {
        if (!wanted.tasks()) {
            return List.of();
        }
        Map<TaskKey, TaskRecord> all = new LinkedHashMap<>();
        for (Snapshot.Page page : snapshot.pages()) {
            if (page.version() > wanted.since()) {
                addChanged(all, pages.tasks(page), wanted.since());
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
