package dev.ratchet.service.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ratchet.document.ErrorCode;
import dev.ratchet.document.Json;
import dev.ratchet.plan.Plan;
import dev.ratchet.plan.Plans;
import dev.ratchet.plan.Warning;
import dev.ratchet.run.Revision;
import dev.ratchet.run.TaskRecord;
import dev.ratchet.service.patch.Additions;
import dev.ratchet.service.patch.DocumentChange;
import dev.ratchet.service.patch.DocumentPatch;
import dev.ratchet.service.patch.Origins;
import dev.ratchet.service.patch.Rollback;
import dev.ratchet.service.problem.ProblemCode;
import dev.ratchet.service.problem.ProblemException;
import dev.ratchet.task.blob.BlobStore;
import dev.ratchet.task.blob.Values;
import dev.ratchet.workflow.PatchRequest;
import dev.ratchet.workflow.PatchVerdict;
import dev.ratchet.workflow.RunWorkflow;
import dev.ratchet.workflow.Snapshot;
import dev.ratchet.workflow.SnapshotRequest;
import dev.ratchet.workflow.SnapshotRequest.Patches;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Changes graphs of living runs. A patch is made from the graph as it is read, compiled here, stored, and sent; the run takes
 * it only if the graph is still the one that was read.
 */
final class RunPatches {
    private static final int TRIES = 4;
    private static final int MAX_INLINE = 512;
    private static final String ROLLBACK = "rollback_to";

    private final TemporalRpc rpc;
    private final RunReader reader;
    private final BlobStore blobs;
    private final Values values;
    private final KnownPlans plans;
    private final Revisions revisions;

    RunPatches(TemporalRpc rpc, RunReader reader, BlobStore blobs, KnownPlans plans) {
        this.rpc = rpc;
        this.reader = reader;
        this.blobs = blobs;
        this.values = new Values(blobs);
        this.plans = plans;
        this.revisions = new Revisions(values);
    }

    Revisions revisions() {
        return revisions;
    }

    /** What is wanted of a run, or more; refused while nobody answers for it. */
    Snapshot told(RunId run, SnapshotRequest wanted) {
        Snapshot snapshot = reader.told(run, wanted);
        if (snapshot == null) {
            throw reader.silence(run);
        }
        return snapshot;
    }

    /** @param most patches of one run */
    PatchResult patch(RunId run, PatchOrder order, DocumentCompiler compiler, int most) {
        String id = order.key() == null
                ? UUID.randomUUID().toString()
                : NewIds.hash("patch\nkey " + order.key() + Json.write(run.id()));
        PatchVerdict verdict = null;
        for (int tries = 0; tries < TRIES; tries++) {
            Snapshot before = told(run, SnapshotRequest.toPatch(known(order)));
            Revision made = Revisions.madeBy(before, id);
            if (made != null) {
                return again(before, made, order, compiler);
            }
            check(run, order, before, most);
            Draft draft = draft(before, order, compiler);
            if (order.dryRun()) {
                return draft.result(true);
            }
            verdict = send(run, draft.request(id, order));
            if (verdict.revision() != null) {
                plans.rememberRun(run.workflowId(), draft.planHash());
                return draft.result(false);
            }
            if (!isWorthAnotherTry(verdict, order)) {
                break;
            }
        }
        throw refused(run, verdict);
    }

    /** Who asks again, and who goes back, means one of the graphs that the run has had. */
    private static Patches known(PatchOrder order) {
        return order.key() != null || order.what() instanceof PatchOrder.What.Rollback ? Patches.ALL : Patches.LAST;
    }

    /** Who named the graph wants that one; what a rollback leaves alone depends on what has begun by now. */
    private static boolean isWorthAnotherTry(PatchVerdict verdict, PatchOrder order) {
        boolean conflict = ErrorCode.REVISION_CONFLICT.wire().equals(verdict.code());
        boolean begun = ErrorCode.TASK_NOT_WAITING.wire().equals(verdict.code());
        return (conflict && order.base() == null)
                || (begun && order.what() instanceof PatchOrder.What.Rollback)
                || PatchVerdict.ENDED.equals(verdict.code());
    }

    private ProblemException refused(RunId run, @Nullable PatchVerdict verdict) {
        return verdict == null || PatchVerdict.ENDED.equals(verdict.code())
                ? Controls.finished(
                        run, told(run, new SnapshotRequest(0, false)).run().state())
                : Controls.refused(verdict.code(), verdict.message());
    }

    private PatchVerdict send(RunId run, PatchRequest request) {
        PatchVerdict verdict =
                rpc.update(run.workflowId(), RunWorkflow.PATCH, request, request.id(), PatchVerdict.class);
        return verdict == null ? new PatchVerdict(null, PatchVerdict.ENDED, null) : verdict;
    }

    private void check(RunId run, PatchOrder order, Snapshot before, int most) {
        if (before.run().state().isTerminal()) {
            throw Controls.finished(run, before.run().state());
        }
        int revision = before.run().revision();
        if (order.base() != null && order.base() != revision) {
            throw ProblemException.of(
                    ProblemCode.REVISION_CONFLICT,
                    "Expected a patch of revision " + revision + ", but it is one of revision " + order.base());
        }
        if (revision > most) {
            throw ProblemException.of(
                    ProblemCode.LIMIT_EXCEEDED, "Expected at most " + most + " patches of a run, but this is one more");
        }
        String task = order.signature().task();
        if (task != null && reader.told(before).knownPlan().root().indexOf(task) < 0) {
            throw ProblemException.of(
                    ProblemCode.TASK_NOT_FOUND, "Expected a task of the run in by, but it has no such task");
        }
    }

    /** The answer of the first time, its warnings included: who asks again may not have heard it. */
    private PatchResult again(Snapshot run, Revision made, PatchOrder order, DocumentCompiler compiler) {
        ObjectNode before = revisions.load(run, made.number() - 1);
        ObjectNode after = revisions.load(run, made.number());
        Origins origins = origins(order.what(), before, revisions.operations(made));
        List<Warning> warnings =
                compiler.revision(after).warnings().stream().map(origins::trace).toList();
        return new PatchResult(made.number(), false, DocumentChange.between(before, after), warnings);
    }

    private static Origins origins(PatchOrder.What what, ObjectNode before, @Nullable JsonNode made) {
        return switch (what) {
            case PatchOrder.What.Operations(DocumentPatch patch) -> origins(patch, before, made);
            case PatchOrder.What.Tasks(JsonNode tasks) ->
                origins(Additions.patch(tasks, "/tasks", before), before, made);
            case PatchOrder.What.Rollback rollback -> Origins.within("/" + ROLLBACK);
        };
    }

    /** Another body under a key that was used changes nothing, and may not even fit. */
    private static Origins origins(DocumentPatch patch, ObjectNode before, @Nullable JsonNode made) {
        return patch.sent().equals(made) ? patch.apply(before).origins() : Origins.within("");
    }

    /** What a rollback leaves alone is known only with all tasks; of other patches the run has the last word. */
    private Draft draft(Snapshot before, PatchOrder order, DocumentCompiler compiler) {
        ObjectNode document = revisions.load(before, before.run().revision());
        RunReading.Told told = reader.told(before);
        Plan plan = told.knownPlan();
        Set<String> begun = begun(order.what() instanceof PatchOrder.What.Rollback ? told.withAllTasks() : told);
        JsonNode operations;
        DocumentPatch.Patched patched;
        switch (order.what()) {
            case PatchOrder.What.Operations(DocumentPatch patch) -> {
                operations = patch.sent();
                patched = patch.apply(document);
            }
            case PatchOrder.What.Tasks(JsonNode tasks) -> {
                DocumentPatch patch = Additions.patch(tasks, "/tasks", document);
                operations = patch.sent();
                patched = patch.apply(document);
            }
            case PatchOrder.What.Rollback(int revision) -> {
                operations = Json.mapper().createObjectNode().put(ROLLBACK, revision);
                patched = new DocumentPatch.Patched(
                        Rollback.document(document, revisions.load(before, revision), begun::contains),
                        Origins.within("/" + ROLLBACK));
            }
        }
        Draft draft = Draft.of(before.run().revision(), plan, document, patched, operations, compiler);
        draft.leaveAlone(begun);
        return draft.stored(this::store, json -> values.keep(json, MAX_INLINE).value());
    }

    private String store(Plan plan) {
        String hash = blobs.put(Plans.toJson(plan), BlobStore.JSON).ref();
        plans.remember(hash, plan);
        return hash;
    }

    private static Set<String> begun(RunReading.Told run) {
        Set<String> begun = new HashSet<>();
        for (TaskRecord task : run.tasks()) {
            if (task.key().scope().isEmpty() && task.hasBegun()) {
                begun.add(task.key().id());
            }
        }
        return begun;
    }
}
