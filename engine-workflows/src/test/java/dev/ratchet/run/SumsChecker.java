package dev.ratchet.run;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Derives anew what a run that goes on keeps of all its scopes together: sums, what is due, and where there is work. */
final class SumsChecker {
    private final RunState run;
    private final KeptFacts kept;
    private final List<String> wrong = new ArrayList<>();

    private SumsChecker(RunState run) {
        this.run = run;
        this.kept = new KeptFacts(run);
    }

    static List<String> wrongWith(RunState run) {
        SumsChecker checker = new SumsChecker(run);
        checker.checkSums();
        checker.checkWork();
        boolean closes = run.closing() != null;
        checker.same("run", "closing", closes, run.scope(TaskKey.ROOT).life != ScopeLife.OPEN);
        if (!closes) {
            checker.checkRepetitions();
        }
        return checker.wrong;
    }

    /** What adds up over all that is open. */
    private void checkSums() {
        Map<TaskStatus, Integer> statuses = new EnumMap<>(TaskStatus.class);
        int size = 0;
        int unsettled = 0;
        int awaiting = 0;
        int aside = 0;
        int onWorkers = 0;
        for (ScopeState scope : kept.open()) {
            for (TaskState task : scope.tasks) {
                boolean waits = task.phase == Phase.BACKING_OFF
                        || task.phase == Phase.DELEGATED
                        || (task.phase == Phase.PARKED && task.parkedFor != WaitingFor.AGENT);
                size++;
                unsettled += task.phase.isSettled() ? 0 : 1;
                awaiting += task.phase == Phase.AWAITING_BUDGET ? 1 : 0;
                aside += waits ? 1 : 0;
                onWorkers += task.phase == Phase.RUNNING && task.lane == scope.main ? 1 : 0;
                statuses.merge(task.phase.status(), 1, Integer::sum);
            }
        }
        same("run", "size", size, kept.size());
        same("run", "unsettled", unsettled, kept.unsettled());
        same("run", "tasks that await money", awaiting, kept.awaitingBudget());
        same("run", "aside", aside, kept.aside());
        same("run", "on workers", onWorkers, kept.onWorkers());
        same("run", "statuses", statuses, kept.statuses());
    }

    /** Of which loops and maps, and of which of their turns, something follows. */
    private void checkRepetitions() {
        long promised = 0;
        Set<TaskKey> due = new TreeSet<>();
        for (ScopeState scope : kept.open()) {
            Set<ScopeState> inside = new HashSet<>();
            kept.open().stream().filter(other -> other.outer == scope).forEach(inside::add);
            boolean quiet = inside.isEmpty() && scope.tasks.stream().noneMatch(task -> task.phase.isInFlight());
            same(scope.path(), "quiet", quiet, scope.isQuiet());
            for (TaskState task : scope.tasks) {
                Repetition repetition = task.repetition;
                if (repetition == null || task.phase != Phase.REPEATING) {
                    continue;
                }
                Set<Integer> turns = new TreeSet<>();
                inside.stream()
                        .filter(turn -> turn.composite == task
                                && turn.isDue(run.policy().onFailure()))
                        .forEach(turn -> turns.add(turn.number));
                same(task.key, "due turns", turns, repetition.due);
                Set<Integer> waiting = new TreeSet<>();
                inside.stream()
                        .filter(turn -> turn.composite == task && turn.life == ScopeLife.WAITING)
                        .forEach(turn -> waiting.add(turn.number));
                same(task.key, "waiting items", waiting, repetition.waiting);
                boolean further = repetition.goesFurther() && !scope.reach().isStopping();
                if (further || !turns.isEmpty()) {
                    due.add(task.key);
                }
                promised += repetition.outstanding();
            }
        }
        same("run", "repetitions that are due", due, kept.repetitionsDue());
        same("run", "promised", promised, kept.promised());
    }

    /** What is to be done, and in which scopes. */
    private void checkWork() {
        Set<LaneView> admitting = new HashSet<>();
        Set<LaneView> paying = new HashSet<>();
        Set<LaneView> starting = new HashSet<>();
        int waiting = 0;
        for (ScopeState scope : kept.open()) {
            Lane lane = scope.main;
            Lane.Work work = lane.work();
            same(scope.path(), "work", scope.life == ScopeLife.OPEN ? work : Lane.Work.NOTHING, lane.noted);
            if (work.admits()) {
                admitting.add(lane);
            }
            if (work.pays()) {
                paying.add(lane);
            }
            if (work.queued() >= 0 || work.slotless()) {
                starting.add(lane);
            }
            waiting += Math.max(0, work.queued());
        }
        same("run", "scopes that admit", admitting, new HashSet<>(kept.admitting()));
        same("run", "scopes that pay", paying, new HashSet<>(kept.paying()));
        same("run", "scopes that start", starting, new HashSet<>(kept.starting()));
        same("run", "waiting", waiting, kept.waiting());
    }

    private void same(Object where, String what, Object derived, Object noted) {
        if (!derived.equals(noted)) {
            wrong.add(what + " of " + where + ": derived " + derived + ", but kept " + noted);
        }
    }
}
