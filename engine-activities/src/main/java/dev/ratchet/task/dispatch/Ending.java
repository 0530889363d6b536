package dev.ratchet.task.dispatch;

import dev.ratchet.run.Outcome;
import dev.ratchet.run.TaskKey;

/** What became of an attempt on this worker. */
sealed interface Ending {
    TaskKey key();

    /** It ended, well or badly. */
    record Settled(Outcome outcome) implements Ending {
        @Override
        public TaskKey key() {
            return outcome.key();
        }
    }

    /** The worker shuts down before it began: another worker must. */
    record HandedBack(TaskKey key) implements Ending {}
}
