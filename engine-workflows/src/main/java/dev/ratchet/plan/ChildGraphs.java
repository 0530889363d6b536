package dev.ratchet.plan;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ratchet.document.ErrorCode;
import dev.ratchet.document.Problem;
import java.util.ArrayList;
import java.util.List;

/**
 * Checks the run documents inside of tasks: what would be refused if it were submitted is refused at once. Goes no deeper
 * than the limit says, whatever was sent.
 */
final class ChildGraphs {
    private static final String BUDGET = "/policy/budget_limit";

    private final PlanCompiler compiler;
    private final int depth;
    private final boolean budgeted;

    /**
     * @param depth how many documents are around
     * @param budgeted whether the run around has a limit: then each child needs its share
     */
    ChildGraphs(PlanCompiler compiler, int depth, boolean budgeted) {
        this.compiler = compiler;
        this.depth = depth;
        this.budgeted = budgeted;
    }

    /** What is wrong with a document, pointers relative to it. */
    List<Problem> check(JsonNode document) {
        if (depth == Limits.RUNS_WITHIN_RUNS) {
            return List.of(new Problem(
                    "",
                    ErrorCode.LIMIT_EXCEEDED.wire(),
                    "Expected runs within runs at most " + Limits.RUNS_WITHIN_RUNS + " deep, but these are deeper"));
        }
        List<Problem> problems =
                new ArrayList<>(compiler.compile(document, depth + 1).problems());
        if (budgeted && document.at(BUDGET).isMissingNode()) {
            problems.add(new Problem(
                    "",
                    ErrorCode.INVALID_INPUT.wire(),
                    "Expected a budget_limit in the policy of a run inside of a run that has one, but there is none"));
        }
        return problems;
    }
}
