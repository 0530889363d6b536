package dev.ratchet.verdict;

import dev.ratchet.plan.Policies.TriggerRule;
import java.util.Collection;

/** The one function that gives a task's verdict. Pure; the order of edges never shows. */
public final class Verdicts {
    private Verdicts() {}

    /** A task without edges runs. Rules: contract, part 4. */
    public static Verdict of(TriggerRule rule, Collection<EdgeStatus> edges) {
        if (edges.isEmpty() || runs(rule, edges)) {
            return Verdict.RUN;
        }
        if (edges.contains(EdgeStatus.FAILED)) {
            return Verdict.SKIP_UPSTREAM_FAILURE;
        }
        return rule == TriggerRule.ANY_FAILED ? Verdict.SKIP_RULE_NOT_MET : Verdict.SKIP_CONDITION;
    }

    private static boolean runs(TriggerRule rule, Collection<EdgeStatus> edges) {
        boolean live = edges.contains(EdgeStatus.LIVE);
        boolean failed = edges.contains(EdgeStatus.FAILED);
        return switch (rule) {
            case NONE_FAILED -> live && !failed;
            case ALL_SUCCESS -> !failed && !edges.contains(EdgeStatus.UNTAKEN);
            case ANY_SUCCESS -> live;
            case ANY_FAILED -> failed;
            case ALL_DONE -> true;
        };
    }
}
