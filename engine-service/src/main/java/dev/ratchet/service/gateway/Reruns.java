package dev.ratchet.service.gateway;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ratchet.document.Documents;
import dev.ratchet.plan.PatchedPlan;
import dev.ratchet.plan.Plan;
import dev.ratchet.run.CarriedRun;
import dev.ratchet.run.Keeping;
import dev.ratchet.run.Value;
import dev.ratchet.service.problem.ProblemCode;
import dev.ratchet.service.problem.ProblemException;
import dev.ratchet.task.blob.Values;
import dev.ratchet.workflow.Carriage;
import dev.ratchet.workflow.Snapshot;
import dev.ratchet.workflow.SnapshotRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Starts new runs from ended ones. What they keep costs nothing again. */
final class Reruns {
    private static final int MAX_INLINE = 128 * 1024;

    private final RunPatches patches;
    private final RunReader reader;
    private final Submissions submissions;
    private final Values values;

    Reruns(RunPatches patches, RunReader reader, Submissions submissions, Values values) {
        this.patches = patches;
        this.reader = reader;
        this.submissions = submissions;
        this.values = values;
    }

    RunReading rerun(RunId run, RerunOrder order, DocumentCompiler compiler) {
        Snapshot earlier = patches.told(run, SnapshotRequest.toPatch(SnapshotRequest.Patches.LAST));
        if (!earlier.run().state().isTerminal()) {
            throw ProblemException.of(
                    ProblemCode.TASK_NOT_WAITING,
                    "Expected a run that has ended, but " + run.id() + " is "
                            + earlier.run().state().wire());
        }
        ObjectNode document =
                patches.revisions().load(earlier, earlier.run().revision()).deepCopy();
        String hash = hash(run, order, document);
        RunId again = new RunId(run.organization(), submissions.id(order.id(), run.organization(), order.key()));
        if (document.has("id")) {
            document.put("id", again.id());
        }
        if (order.input() != null) {
            document.set("input", order.input());
        }
        return start(again, compiler.compile(document), earlier, order, hash);
    }

    private RunReading start(RunId again, Compiled compiled, Snapshot earlier, RerunOrder order, String hash) {
        Plan plan = compiled.plan();
        order.from().stream()
                .filter(id -> plan.root().indexOf(id) < 0)
                .findFirst()
                .ifPresent(id -> {
                    throw ProblemException.of(
                            ProblemCode.TASK_NOT_FOUND, "Expected tasks of the run in from, but it has no " + id);
                });
        String rerunOf = earlier.facts().id();
        if (!order.keeps()) {
            return submissions.start(compiled, again, hash, Origin.again(rerunOf, null, List.of(), order.signature()));
        }
        Keeping keeping = Keeping.of(
                plan,
                reader.told(earlier).withAllTasks().tasks(),
                new Keeping.Again(order.from(), order.failed(), order.input() != null, new JoinedLeaves(values)::join));
        Plan kept = PatchedPlan.keeping(plan, keeping.ids());
        return submissions.start(
                new Compiled(compiled.head(), compiled.document(), kept),
                again,
                hash,
                Origin.again(
                        rerunOf,
                        stored(keeping.carried(kept, earlier.run().updatedAt())),
                        keeping.tasks(),
                        order.signature()));
    }

    private @Nullable Value stored(@Nullable CarriedRun carried) {
        return carried == null
                ? null
                : values.keep(Carriage.beginning(carried), MAX_INLINE).value();
    }

    /** Of the request as a whole: another one under the same id is another run. */
    private static String hash(RunId run, RerunOrder order, ObjectNode document) {
        ObjectNode request = JsonNodeFactory.instance.objectNode();
        request.put("rerun_of", run.id()).put("failed", order.failed()).set("document", document);
        if (order.input() != null) {
            request.set("input", order.input());
        }
        order.from().forEach(request.putArray("from")::add);
        return Documents.hash(request);
    }
}
