package dev.ratchet.workflow;

import dev.ratchet.run.RunState;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInfo;

/**
 * When a run continues as a new execution: the server ends histories of 51,200 events or 50 MB, and replays get slow long
 * before.
 */
final class Renewal {
    /** From here on a run renews itself when nothing is in flight anyway. */
    static final long EARLY_EVENTS = 3_500;

    /** From here on it starts nothing new until nothing is in flight. */
    static final long LATE_EVENTS = 20_000;

    static final long LATE_BYTES = 20L * 1024 * 1024;

    private Renewal() {}

    /** Whether nothing new may start now: what is in flight drains, and then the run renews itself. */
    static boolean holds(RunState state, Outgoing outgoing) {
        WorkflowInfo info = Workflow.getInfo();
        return state.closing() == null
                && (info.getHistoryLength() >= LATE_EVENTS
                        || info.getHistorySize() >= LATE_BYTES
                        || (isDue(state, outgoing)));
    }

    /** Whether the run renews itself now. */
    static boolean isDue(RunState state, Outgoing outgoing) {
        WorkflowInfo info = Workflow.getInfo();
        boolean wanted = info.getHistoryLength() >= EARLY_EVENTS || info.isContinueAsNewSuggested();
        return wanted && state.startedAt() != null && state.closing() == null && state.isQuiet() && outgoing.isEmpty();
    }
}
