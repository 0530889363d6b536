package dev.ratchet.faults;

import java.util.List;
import java.util.Map;

/**
 * What the engine says became of a run, and what its author asked for: to be held against the ledger.
 *
 * @param key {@code organization/run}, the beginning of the idempotency keys
 * @param tasks by id, only those that call the ledger
 * @param endedAt epoch milliseconds
 */
record RunFacts(String key, Map<String, TaskFacts> tasks, int maxParallelism, long endedAt) {
    /**
     * One task.
     *
     * @param state of the API
     * @param deps other tasks that call the ledger and must have answered first
     * @param attempts as recorded
     * @param deliveries of all attempts
     * @param lost how many of those never reported
     */
    record TaskFacts(String state, List<String> deps, int attempts, int deliveries, int lost) {}

    String key(String task) {
        return key + "/" + task;
    }
}
