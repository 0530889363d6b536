package dev.ratchet.workflow;

import dev.ratchet.run.RunState;

/**
 * How many bytes of output a task may bring back inline: at most 16 KB, at most its share of the 64 KB that one result
 * holds, and of the 512 KB that one run holds (contract, part 10). Larger outputs are stored first.
 */
final class Allowance {
    private static final int PER_TASK = 16 * 1024;
    private static final int PER_RESULT = 64 * 1024;
    private static final int PER_RUN = 512 * 1024;

    private final RunState state;

    Allowance(RunState state) {
        this.state = state;
    }

    int perTask() {
        return perTask(1);
    }

    int perTask(int together) {
        long left = Math.max(0, PER_RUN - state.inlineBytes()) / Math.max(1, state.inFlight());
        return (int) Math.min(left, Math.min(PER_TASK, PER_RESULT / Math.max(1, together)));
    }
}
