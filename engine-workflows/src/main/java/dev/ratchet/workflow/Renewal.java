package dev.ratchet.workflow;

import dev.ratchet.run.RunState;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInfo;

/** Says when a run continues as a new execution, by {@link RenewalLimits}. */
final class Renewal {
    private final RenewalLimits limits;
    private final Traffic traffic;

    Renewal(RenewalLimits limits, Traffic traffic) {
        this.limits = limits;
        this.traffic = traffic;
    }

    /** Whether nothing new may start now: what is in flight drains, and then the run renews itself. */
    boolean holds(RunState state, Outgoing outgoing) {
        return state.closing() == null && (isReached(limits.last()) || isDue(state, outgoing));
    }

    /** Whether the run renews itself now. What ends within seconds is let end. */
    boolean isDue(RunState state, Outgoing outgoing) {
        return isWanted() && state.startedAt() != null && state.closingUntil() == null && outgoing.mayRenew();
    }

    /**
     * Whether a dispatch must not hold the run up.
     *
     * @param attemptMs the longest that one attempt of it may take
     * @param wholeMs the longest that all of it may take
     */
    boolean isInTheWay(long attemptMs, long wholeMs) {
        return attemptMs > limits.longMs()
                || isReached(limits.pressing())
                || (wholeMs > limits.longMs()
                        && Workflow.getInfo().getHistoryLength()
                                >= limits.wanted().events() / 2);
    }

    long lookMs() {
        return limits.lookMs();
    }

    /** Whether whoever asks for something has to wait until the run has renewed itself. */
    boolean isCrowded() {
        return isReached(limits.last());
    }

    /** Whether it is time to, as soon as nothing holds it up. */
    boolean isWanted() {
        return isReached(limits.wanted()) || Workflow.getInfo().isContinueAsNewSuggested();
    }

    private boolean isReached(RenewalLimits.Bound bound) {
        WorkflowInfo info = Workflow.getInfo();
        return bound.isReached(info.getHistoryLength(), info.getHistorySize(), traffic);
    }
}
