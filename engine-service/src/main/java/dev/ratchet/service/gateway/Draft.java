package dev.ratchet.service.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ratchet.plan.AddedTasks;
import dev.ratchet.plan.Compilation;
import dev.ratchet.plan.PatchedPlan;
import dev.ratchet.plan.Plan;
import dev.ratchet.plan.Warning;
import dev.ratchet.run.Change;
import dev.ratchet.run.Value;
import dev.ratchet.service.patch.DocumentChange;
import dev.ratchet.service.patch.DocumentPatch;
import dev.ratchet.service.problem.ProblemCode;
import dev.ratchet.service.problem.ProblemException;
import dev.ratchet.workflow.PatchRequest;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * A patch that has been compiled.
 *
 * @param base number of the graph that it was made from
 */
record Draft(
        int base, Plan before, Plan plan, JsonNode document, JsonNode operations, DocumentChange change, Kept kept) {
    private static final String AGENT = "agent";

    /** Where its parts are, once they are stored, and what else is said of it. */
    record Kept(String plan, Value document, Value operations, List<Warning> warnings) {}

    /** @throws ProblemException naming all that is wrong with the patched document, by where it comes from */
    static Draft of(
            int base,
            Plan before,
            ObjectNode document,
            DocumentPatch.Patched patched,
            JsonNode operations,
            DocumentCompiler compiler) {
        Compilation compilation = compiler.revision(patched.document());
        Plan compiled = compilation.plan();
        if (compiled == null) {
            throw ProblemException.of(compilation.problems().stream()
                    .map(patched.origins()::trace)
                    .toList());
        }
        DocumentChange change = DocumentChange.between(document, patched.document());
        return new Draft(
                base,
                before,
                PatchedPlan.of(before, compiled, change.touched()),
                patched.document(),
                operations,
                change,
                new Kept(
                        "",
                        Value.of(patched.document()),
                        Value.of(operations),
                        compilation.warnings().stream()
                                .map(patched.origins()::trace)
                                .toList()));
    }

    /** @throws ProblemException when it changes or removes one of these tasks */
    void leaveAlone(Set<String> begun) {
        Stream.concat(change.changed().stream(), change.removed().stream())
                .filter(begun::contains)
                .findFirst()
                .ifPresent(id -> {
                    throw ProblemException.of(
                            ProblemCode.TASK_NOT_WAITING,
                            "Expected a patch of tasks that have not begun, but " + id + " has");
                });
    }

    Draft stored(Function<Plan, String> plans, Function<JsonNode, Value> values) {
        return new Draft(
                base,
                before,
                plan,
                document,
                operations,
                change,
                new Kept(plans.apply(plan), values.apply(document), values.apply(operations), kept.warnings()));
    }

    String planHash() {
        return kept.plan();
    }

    /** Each base has an order of its own id, so that a lost race can be tried again. */
    PatchRequest request(String id, PatchOrder order) {
        PatchOrder.Signature signature = order.signature();
        return new PatchRequest(
                id + "@" + base,
                signature.by(),
                signature.description(),
                base,
                new Change(
                        kept.plan(),
                        kept.document(),
                        kept.operations(),
                        signature.task(),
                        signature.task() == null ? 0 : AddedTasks.count(before, plan, AGENT)));
    }

    PatchResult result(boolean dryRun) {
        return new PatchResult(base + 1, dryRun, change, kept.warnings());
    }
}
