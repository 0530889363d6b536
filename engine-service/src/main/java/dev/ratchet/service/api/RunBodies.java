package dev.ratchet.service.api;

import dev.ratchet.plan.Node;
import dev.ratchet.plan.Plan;
import dev.ratchet.run.RunRecord;
import dev.ratchet.run.TaskRecord;
import dev.ratchet.service.gateway.Damage;
import dev.ratchet.service.gateway.RunId;
import dev.ratchet.service.gateway.RunReading;
import dev.ratchet.service.gateway.ShownValues;
import dev.ratchet.workflow.Snapshot;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Makes answers of readings. Stateless but for where runs can be seen. Thread-safe. */
public final class RunBodies {
    private final Function<RunId, Map<String, String>> links;

    /** @param links where more of a run can be seen, by name */
    public RunBodies(Function<RunId, Map<String, String>> links) {
        this.links = links;
    }

    /** Which tasks an answer shows. */
    public enum Tasks {
        ALL,
        CHANGED,
        NONE
    }

    /** @param shown turns values into those that an answer shows: small stored ones into themselves */
    public RunBody of(RunReading reading, Tasks tasks, ShownValues shown) {
        return switch (reading) {
            case RunReading.Told told -> told(told, tasks, shown);
            case RunReading.Described described -> described(described);
        };
    }

    private RunBody told(RunReading.Told told, Tasks tasks, ShownValues shown) {
        RunRecord run = told.record();
        Snapshot.RunFacts facts = told.facts();
        Map<String, TaskBody> shownTasks = tasks == Tasks.NONE ? null : tasks(told, tasks, shown);
        OutputBody output = run.output() == null ? null : OutputBody.of(shown.apply(run.output()));
        Plan plan = told.plan();
        return new RunBody(
                new RunBody.About(
                        facts.id(),
                        facts.organization(),
                        facts.name(),
                        facts.labels() == null ? Map.of() : facts.labels(),
                        plan == null ? null : PolicyBody.of(plan.policy()),
                        facts.rerunOf(),
                        RunBody.Parent.of(facts.parent())),
                new RunBody.Progress(
                        run.state().wire(),
                        DegradedBody.of(all(told.problems(), shown.problems())),
                        run.revision(),
                        run.version(),
                        run.batches(),
                        ErrorBody.of(run.error(), run.errorTask())),
                shownTasks,
                output,
                new RunBody.Spending(
                        UsageBody.of(run.usage()),
                        MoneyBody.of(run.budgetLimit()),
                        MoneyBody.of(run.reserved()),
                        MoneyBody.of(run.presumed())),
                new RunBody.Times(facts.createdAt(), run.startedAt(), run.endedAt(), run.updatedAt()),
                links.apply(told.run()));
    }

    private RunBody described(RunReading.Described run) {
        return new RunBody(
                new RunBody.About(run.run().id(), run.run().organization(), null, Map.of(), null, null, null),
                new RunBody.Progress(run.state().wire(), DegradedBody.told(run.problems()), null, null, null, null),
                null,
                null,
                null,
                new RunBody.Times(run.createdAt(), run.startedAt(), null, null),
                links.apply(run.run()));
    }

    private static List<Damage> all(List<Damage> read, List<Damage> shown) {
        return Stream.concat(read.stream(), shown.stream()).toList();
    }

    /** Tasks of the document first, each before what ran inside it, then what was added. */
    private static Map<String, TaskBody> tasks(RunReading.Told told, Tasks wanted, ShownValues shown) {
        Map<String, TaskRecord> known = HashMap.newHashMap(told.tasks().size());
        Map<String, Map<String, TaskRecord>> inside = new HashMap<>();
        for (TaskRecord task : told.tasks()) {
            known.put(task.key().toString(), task);
            if (!task.key().scope().isEmpty()) {
                inside.computeIfAbsent(rootOf(task.key().scope()), root -> new TreeMap<>())
                        .put(task.key().toString(), task);
            }
        }
        Map<String, TaskBody> bodies = new LinkedHashMap<>();
        for (Node node : nodes(told.plan())) {
            TaskRecord task = known.get(node.id());
            if (task != null) {
                bodies.put(node.id(), TaskBody.of(task, told.run(), shown));
            } else if (wanted == Tasks.ALL && told.knowsAllTasks()) {
                bodies.put(node.id(), TaskBody.PENDING);
            }
            inside.getOrDefault(node.id(), Map.of())
                    .forEach((key, inner) -> bodies.put(key, TaskBody.of(inner, told.run(), shown)));
        }
        for (TaskRecord task : told.tasks()) {
            bodies.computeIfAbsent(task.key().toString(), key -> TaskBody.of(task, told.run(), shown));
        }
        return bodies;
    }

    private static List<Node> nodes(@Nullable Plan plan) {
        return plan == null ? List.of() : plan.root().nodes();
    }

    private static String rootOf(String scope) {
        int bracket = scope.indexOf('[');
        return bracket < 0 ? scope : scope.substring(0, bracket);
    }
}
