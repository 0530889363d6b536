package dev.ratchet.run;

import dev.ratchet.document.Json;
import dev.ratchet.plan.Body;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.TreeMap;

/**
 * Failed items of maps that collect, kept although all their tasks are in pages, because somebody may want them tried again:
 * so many and so large at most, the first of them.
 */
final class FailedItems {
    static final int MOST = 500;
    static final long MOST_BYTES = 512 * 1024;

    private final TreeMap<String, Integer> bytes = new TreeMap<>(ScopePath.ORDER);
    private long sum;

    /** Whether an item that ended is kept from now on, or still. */
    boolean keep(RunState run, ScopeState scope) {
        String path = scope.path();
        if (!mayBeOpenedAgain(run, scope)) {
            forget(path);
            return false;
        }
        if (bytes.containsKey(path)) {
            return true;
        }
        int weight = weight(scope);
        if (bytes.size() >= MOST || sum + weight > MOST_BYTES) {
            return false;
        }
        bytes.put(path, weight);
        sum += weight;
        return true;
    }

    void forget(String path) {
        Integer weight = bytes.remove(path);
        sum -= weight == null ? 0 : weight;
    }

    List<String> paths() {
        return List.copyOf(bytes.keySet());
    }

    /** Whether that could ever be: its map goes on, or nobody has begun with what it gave. */
    static boolean mayBeOpenedAgain(RunState run, ScopeState scope) {
        ScopeState outer = scope.outer;
        if (outer == null || outer.reach().isStopping() || scope.past || scope.life != ScopeLife.ENDED) {
            return false;
        }
        TaskState map = run.taskState(ScopePath.composite(scope.path()));
        Repetition repetition = map.repetition;
        return map.node.body() instanceof Body.Each each
                && each.collect()
                && repetition != null
                && repetition.failure() == null
                && repetition.hasFailed(ScopePath.number(scope.path()))
                && isWithinReach(run, map);
    }

    private static boolean isWithinReach(RunState run, TaskState map) {
        return switch (map.phase) {
            case REPEATING, EXECUTING -> true;
            case COMPLETED -> Dependants.begun(run, map) == null;
            case PENDING,
                    DECIDING,
                    DECIDED,
                    PREPARING,
                    QUEUED,
                    AWAITING_BUDGET,
                    GROUPED,
                    RUNNING,
                    DELEGATED,
                    BACKING_OFF,
                    PARKED,
                    FAILED,
                    SKIPPED,
                    CANCELLED -> false;
        };
    }

    private static int weight(ScopeState scope) {
        int weight = 0;
        for (TaskState task : scope.tasks) {
            weight += Json.write(CarriedTask.of(task, false)).getBytes(StandardCharsets.UTF_8).length;
        }
        return weight;
    }
}
