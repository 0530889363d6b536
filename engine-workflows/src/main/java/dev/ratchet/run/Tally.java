package dev.ratchet.run;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * What adds up over all scopes of a run that are not over. It is kept, never recomputed: a turn of the run costs what happened
 * in it, not what is open. {@link ScopeState#place} alone tells it of tasks.
 */
final class Tally {
    final Worklist worklist = new Worklist();
    /** Composite tasks that repeat now. */
    final TreeSet<TaskKey> repeating = new TreeSet<>();
    /** Scopes, and composite tasks, to which something happened since somebody asked. */
    private final List<ScopeState> touched = new ArrayList<>();

    private final Map<TaskStatus, Integer> statuses = new EnumMap<>(TaskStatus.class);
    int size;
    int unsettled;
    int awaitingBudget;
    int parked;
    /** Tasks of which it is no wonder that nothing happens to them. */
    int aside;

    int executing;
    /** Tasks that local work was asked about, and turns and items that are being looked at. */
    int asked;
    /** Attempts on workers, but for those in groups. */
    int onWorkers;
    /** Task instances that maps which have begun are still to have. */
    long promised;

    /** One task more, or less, in a phase. */
    void count(TaskState task, Phase phase, int one) {
        size += one;
        statuses.merge(phase.status(), one, Integer::sum);
        unsettled += phase.isSettled() ? 0 : one;
        aside += isAside(task, phase) ? one : 0;
        switch (phase) {
            case DECIDING, PREPARING -> asked += one;
            case AWAITING_BUDGET -> awaitingBudget += one;
            case EXECUTING -> executing += one;
            case PARKED -> parked += one;
            case REPEATING -> {
                if (one > 0) {
                    repeating.add(task.key);
                } else {
                    repeating.remove(task.key);
                }
            }
            case PENDING, DECIDED, QUEUED, GROUPED, RUNNING, DELEGATED, BACKING_OFF -> {
                // in their lanes
            }
            case COMPLETED, FAILED, SKIPPED, CANCELLED -> {
                // among the statuses
            }
        }
    }

    /** A person is asked, a time has to come, another run works. */
    private static boolean isAside(TaskState task, Phase phase) {
        return phase == Phase.BACKING_OFF
                || phase == Phase.DELEGATED
                || (phase == Phase.PARKED && task.parkedFor != WaitingFor.AGENT);
    }

    /** Adds how many tasks are in each status. */
    void addStatuses(Map<TaskStatus, Integer> counts) {
        statuses.forEach((status, count) -> {
            if (count > 0) {
                counts.merge(status, count, Integer::sum);
            }
        });
    }

    void touch(ScopeState scope) {
        if (touched.isEmpty() || touched.getLast() != scope) {
            touched.add(scope);
        }
    }

    /** What was touched; from now on nothing is. */
    List<ScopeState> takeTouched() {
        if (touched.isEmpty()) {
            return List.of();
        }
        List<ScopeState> all = List.copyOf(touched);
        touched.clear();
        return all;
    }
}
