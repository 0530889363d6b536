package dev.ratchet.workflow;

import dev.ratchet.run.RunState;
import java.util.Map;
import java.util.TreeMap;

/**
 * How many bytes of output a task may bring back inline: at most 16 KB, at most its share of the 64 KB that one result
 * holds, and of the 512 KB that one run holds (contract, part 10). Larger outputs are stored first.
 */
final class Allowance {
    private static final int PER_TASK = 16 * 1024;
    private static final int PER_RESULT = 64 * 1024;
    private static final int PER_RUN = 512 * 1024;

    private static final int PER_PREPARATION = 4 * 1024;
    private static final int PREPARED_PER_RUN = 8 * 1024 * 1024;

    private final RunState state;
    private final Map<Long, Long> granted = new TreeMap<>();

    Allowance(RunState state) {
        this.state = state;
    }

    /** For local work, whose outputs come back at once. */
    int perTask() {
        return share(1);
    }

    /** For the tasks of a dispatch; what it is granted counts as used until it ends, so that grants never overlap. */
    int perTask(long dispatch, int together) {
        int share = share(together);
        granted.put(dispatch, (long) share * together);
        return share;
    }

    /**
     * How many bytes a task that was prepared may keep in the run until it is carried out, or answered: ten thousand that wait
     * for agents travel together over continue-as-new.
     */
    int perPreparation() {
        return Math.min(PER_PREPARATION, PREPARED_PER_RUN / Math.max(1, state.instances()));
    }

    private int share(int together) {
        granted.keySet().retainAll(state.dispatches());
        long open = granted.values().stream().mapToLong(Long::longValue).sum();
        long left = Math.max(0, PER_RUN - state.inlineBytes() - open) / Math.max(together, state.inFlight());
        return (int) Math.min(left, Math.min(PER_TASK, PER_RESULT / Math.max(1, together)));
    }
}
