package dev.ratchet.task.dispatch;

import dev.ratchet.run.Outcome;
import dev.ratchet.workflow.DispatchResult;
import java.util.List;

/** What connects a dispatch with its run while it goes on. */
interface Lifeline {
    /** What the other side made of a sign of life. */
    enum Word {
        GO_ON,
        /** The run wants no more of this dispatch, or has given it up. */
        CANCEL,
        /** The worker shuts down; its attempts go on for the grace it has. */
        SHUTDOWN
    }

    /** Says that the dispatch is alive, and what it has so far. */
    Word beat(DispatchResult soFar);

    /**
     * Tells the run what is settled, without waiting for its answer. Losing it is harmless: the dispatch's result repeats it.
     *
     * @return false when the last one is still on its way, and this one was not sent
     */
    boolean report(List<Outcome> settled);
}
