package dev.ratchet.run;

import dev.ratchet.document.Money;
import dev.ratchet.plan.Node;
import dev.ratchet.plan.Plan;
import dev.ratchet.testkit.Audit;
import dev.ratchet.testkit.Simulation;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What can be checked of one run. Each check answers what is wrong, or nothing. */
final class RunChecks {
    private RunChecks() {}

    /** What a check throws is wrong too. */
    static Function<RunCase, @Nullable String> safely(Function<RunCase, @Nullable String> check) {
        return run -> {
            try {
                return check.apply(run);
            } catch (RuntimeException | AssertionError e) {
                return e.toString();
            }
        };
    }

    /** Runs it; every task must come to the oracle's end, and no promise be broken on the way. */
    static @Nullable String againstOracle(RunCase run, Simulation simulation) {
        return againstOracle(run.plan(), run.behaviours(), simulation);
    }

    static @Nullable String againstOracle(
            Plan plan, Map<String, NaiveOracle.Behaviour> behaviours, Simulation simulation) {
        simulation.toEnd();
        Map<String, NaiveOracle.Fate> expected = NaiveOracle.fates(plan, behaviours);
        String wrong = same(new TreeMap<>(expected), fates(simulation));
        RunStatus status = fails(plan, expected) ? RunStatus.FAILED : RunStatus.COMPLETED;
        if (wrong == null && simulation.state().status() != status) {
            wrong = "expected the run to be " + status + ", but it is "
                    + simulation.state().status();
        }
        return wrong == null ? audit(plan, simulation) : wrong;
    }

    static @Nullable String audit(Plan plan, Simulation simulation) {
        List<String> broken = new ArrayList<>(Audit.of(plan, simulation.events()));
        if (simulation.state().version() != simulation.events().size()) {
            broken.add("the version is the number of events");
        }
        return broken.isEmpty() ? null : String.join("\n", broken);
    }

    /** Whether a run with these fates is failed: by a failure without leave. */
    private static boolean fails(Plan plan, Map<String, NaiveOracle.Fate> fates) {
        return plan.root().nodes().stream()
                .filter(node -> !node.allowFailure())
                .map(node -> fates.get(node.id()))
                .anyMatch(fate -> fate != null && fate.state().equals("failed"));
    }

    /** What the run says it spent is what its workers charged, and what lost deliveries had reserved. */
    static @Nullable String paid(RunCase run, Simulation simulation) {
        simulation.toEnd();
        BigDecimal charged = BigDecimal.ZERO;
        for (Outcome outcome : simulation.charged()) {
            Usage usage = outcome.usage();
            Money cost = usage == null ? null : usage.cost();
            charged = cost == null ? charged : charged.add(cost.amount());
        }
        for (TaskKey key : simulation.lostDeliveries()) {
            charged = charged.add(new BigDecimal(run.task(key.id()).reserves()).movePointLeft(2));
        }
        Money spent = simulation.state().record().usage().cost();
        BigDecimal recorded = spent == null ? BigDecimal.ZERO : spent.amount();
        return recorded.compareTo(charged) == 0 ? null : "charged " + charged + ", but recorded " + recorded;
    }

    /** Every task's end, in the oracle's words. */
    static Map<String, NaiveOracle.Fate> fates(Simulation simulation) {
        Map<String, NaiveOracle.Fate> fates = new TreeMap<>();
        for (Node node : simulation.state().plan().root().nodes()) {
            fates.put(node.id(), fate(simulation.record(node.id())));
        }
        return fates;
    }

    static NaiveOracle.Fate fate(TaskRecord task) {
        SkipReason reason = task.reason();
        TaskError error = task.state() == TaskStatus.FAILED ? task.error() : null;
        String why = reason != null ? reason.name().toLowerCase(Locale.ROOT) : error != null ? error.code() : "";
        return new NaiveOracle.Fate(task.state().wire(), why, task.blockedBy());
    }

    /** Every task's end and output. */
    static Map<String, String> results(Simulation simulation) {
        Map<String, String> results = new TreeMap<>();
        for (Node node : simulation.state().plan().root().nodes()) {
            TaskRecord task = simulation.record(node.id());
            results.put(node.id(), fate(task) + " " + task.output());
        }
        results.put("", simulation.state().status().wire());
        return results;
    }

    static @Nullable String same(Map<String, ?> expected, Map<String, ?> actual) {
        return expected.equals(actual) ? null : "expected " + expected + "\n but was " + actual;
    }

    /** Aborts it after each of its wake-ups in turn. */
    static @Nullable String aborted(RunCase run, long seed) {
        Plan plan = run.plan();
        int moment = 1 + Math.floorMod(run.tasks().toString().hashCode(), 12);
        Simulation simulation = run.simulation(plan, seed).abortingAfter(moment).toEnd();
        boolean tooLate = simulation.events().stream()
                .noneMatch(
                        event -> event instanceof RunEvent.Closing closing && closing.cause() == ClosingCause.ABORTED);
        if (!tooLate && simulation.state().status() != RunStatus.ABORTED) {
            return "expected an aborted run, but it is " + simulation.state().status();
        }
        return audit(plan, simulation);
    }

    /** What time does not decide: who ended ended as told; who did not is blocked by a failure, or by the end of the run. */
    static @Nullable String stopsAtFailure(RunCase run, Simulation simulation) {
        return stopsAtFailure(run.plan(), run.behaviours(), run::retries, simulation);
    }

    static @Nullable String stopsAtFailure(
            Plan plan,
            Map<String, NaiveOracle.Behaviour> behaviours,
            Predicate<String> retries,
            Simulation simulation) {
        simulation.toEnd();
        Map<String, NaiveOracle.Fate> whole = NaiveOracle.fates(plan, behaviours);
        Map<String, NaiveOracle.Fate> actual = fates(simulation);
        boolean failed = fails(plan, whole);
        if (!failed) {
            return same(new TreeMap<>(whole), actual);
        }
        if (simulation.state().status() != RunStatus.FAILED) {
            return "expected a failed run, but it is " + simulation.state().status();
        }
        for (Node node : plan.root().nodes()) {
            String wrong = wrong(retries, node, whole, actual);
            if (wrong != null) {
                return node.id() + ": " + wrong + "\nall: " + actual;
            }
        }
        return audit(plan, simulation);
    }

    private static @Nullable String wrong(
            Predicate<String> retries,
            Node node,
            Map<String, NaiveOracle.Fate> whole,
            Map<String, NaiveOracle.Fate> actual) {
        NaiveOracle.Fate is = actual.get(node.id());
        NaiveOracle.Fate would = whole.get(node.id());
        if (is == null || would == null || is.equals(would)) {
            return null;
        }
        List<String> blockers = node.edges().stream()
                .map(edge -> edge.from())
                .filter(from -> isFailure(actual.get(from)))
                .distinct()
                .sorted()
                .toList();
        return switch (is.state()) {
            case "cancelled" -> null;
            case "skipped" -> {
                String why = blockers.isEmpty() ? "run_failed" : "upstream_failure";
                yield is.why().equals(why) && is.blockedBy().equals(blockers)
                        ? null
                        : "expected a skip for " + why + " by " + blockers + ", but it is " + is;
            }
            case "failed" -> retries.test(node.id()) ? null : "expected " + would + ", but no retry makes it " + is;
            default -> "expected " + would + " or nothing at all, but it is " + is;
        };
    }

    private static boolean isFailure(NaiveOracle.@Nullable Fate fate) {
        return fate != null && (fate.state().equals("failed") || fate.why().equals("upstream_failure"));
    }
}
