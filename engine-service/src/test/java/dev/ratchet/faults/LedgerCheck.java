package dev.ratchet.faults;

import dev.ratchet.faults.LedgerEntry.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Holds a run against the ledger (invariants I3 to I6 of {@code docs/reliability.md}). Answers all violations in words; knows
 * nothing of the engine but what a reader of the API knows.
 */
final class LedgerCheck {
    private final RunFacts run;
    private final Ledger ledger;
    private final List<String> violations = new ArrayList<>();

    private LedgerCheck(RunFacts run, Ledger ledger) {
        this.run = run;
        this.ledger = ledger.of(run.key()).sorted();
    }

    /** @param faults how many deliveries the faults of the test may have cost at most */
    static List<String> violations(RunFacts run, Ledger ledger, int faults) {
        LedgerCheck check = new LedgerCheck(run, ledger);
        check.effects();
        check.deliveries(faults);
        check.noneExtra();
        check.order();
        check.batches();
        check.width();
        return check.violations;
    }

    private void effects() {
        run.tasks().forEach((id, task) -> {
            int applied = ledger.applied(run.key(id));
            if (applied > 1) {
                say("effect of %s was applied %d times", id, applied);
            }
            if (task.state().equals("completed") && applied == 0) {
                say("%s completed, but its effect was never applied", id);
            }
        });
    }

    private void deliveries(int faults) {
        int extra = 0;
        for (Map.Entry<String, RunFacts.TaskFacts> each : run.tasks().entrySet()) {
            RunFacts.TaskFacts task = each.getValue();
            int raw = ledger.deliveries(run.key(each.getKey()));
            extra += Math.max(0, raw - task.attempts());
            if (raw > task.deliveries()) {
                say("%s was called %d times, but only %d deliveries are told", each.getKey(), raw, task.deliveries());
            }
        }
        if (extra > faults) {
            say("%d calls beyond the attempts, but only %d faults can have caused any", extra, faults);
        }
    }

    private void noneExtra() {
        for (LedgerEntry entry : ledger.all(Kind.DELIVERED)) {
            String id = entry.key().substring(run.key().length() + 1);
            RunFacts.TaskFacts task = run.tasks().get(id);
            if (task == null) {
                say("%s was called, but is no task of the run", entry.key());
            } else if (task.state().equals("skipped") || task.state().equals("pending")) {
                say("%s was called, but is %s", id, task.state());
            }
            if (entry.at() > run.endedAt()) {
                say("%s was called %d ms after the run had ended", id, entry.at() - run.endedAt());
            }
        }
    }

    private void order() {
        run.tasks().forEach((id, task) -> {
            long began = ledger.first(Kind.DELIVERED, run.key(id));
            for (String dep : task.deps()) {
                if (began < ledger.first(Kind.ANSWERED, run.key(dep))) {
                    say("%s was called before %s had answered", id, dep);
                }
            }
        });
    }

    /** In a plain graph a task's batch is the longest way to it. */
    private void batches() {
        Map<Integer, Long> answered = new HashMap<>();
        Map<String, Integer> depths = new HashMap<>();
        run.tasks().keySet().forEach(id -> depths.put(id, depth(id, depths)));
        depths.forEach((id, depth) -> {
            long first = ledger.first(Kind.ANSWERED, run.key(id));
            answered.merge(depth, first == Long.MAX_VALUE ? Long.MIN_VALUE : first, Math::max);
        });
        depths.forEach((id, depth) -> {
            if (depth > 0 && ledger.first(Kind.DELIVERED, run.key(id)) < answered.getOrDefault(depth - 1, 0L)) {
                say("%s was called before the batch before it had ended", id);
            }
        });
    }

    private int depth(String id, Map<String, Integer> known) {
        Integer depth = known.get(id);
        if (depth == null) {
            depth = run.tasks().get(id).deps().stream()
                            .mapToInt(dep -> depth(dep, known))
                            .max()
                            .orElse(-1)
                    + 1;
        }
        return depth;
    }

    private void width() {
        Map<String, Integer> live = new HashMap<>();
        int most = 0;
        for (LedgerEntry entry : ledger.entries()) {
            switch (entry.kind()) {
                case DELIVERED -> live.merge(entry.key(), 1, Integer::sum);
                case ANSWERED, HUNG_UP -> live.computeIfPresent(entry.key(), (key, n) -> n == 1 ? null : n - 1);
                case APPLIED -> {
                    // neither begins nor ends a call
                }
            }
            most = Math.max(most, live.size());
        }
        if (most > run.maxParallelism()) {
            say("%d tasks were live at once, but %d may be", most, run.maxParallelism());
        }
    }

    private void say(String violation, Object... values) {
        violations.add(violation.formatted(values));
    }
}
