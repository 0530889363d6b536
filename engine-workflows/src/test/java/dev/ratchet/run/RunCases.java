package dev.ratchet.run;

import dev.ratchet.plan.Policies.ExecutionMode;
import dev.ratchet.plan.Policies.OnBudget;
import dev.ratchet.plan.Policies.OnConditionError;
import dev.ratchet.plan.Policies.OnFailure;
import dev.ratchet.plan.Policies.Scheduling;
import dev.ratchet.plan.Policies.TriggerRule;
import dev.ratchet.run.TaskCase.EdgeCase;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Makes runs from seeds, and makes failing ones smaller. */
final class RunCases {
    private static final int MOST_TASKS = 12;

    private final Random random;

    private RunCases(long seed) {
        this.random = new Random(seed);
    }

    /** The run of a seed: everything about it is drawn, except that it spends without limit and skips dependents. */
    static RunCase of(long seed) {
        return new RunCases(seed).draw();
    }

    /** The smallest run that can be found near a failing one and fails too. */
    static RunCase shrink(RunCase failing, Function<RunCase, @Nullable String> check) {
        RunCase smallest = failing;
        boolean shrunk = true;
        while (shrunk) {
            RunCase from = smallest;
            RunCase smaller = smaller(from)
                    .filter(candidate -> check.apply(candidate) != null)
                    .findFirst()
                    .orElse(from);
            shrunk = !smaller.equals(smallest);
            smallest = smaller;
        }
        return smallest;
    }

    private static Stream<RunCase> smaller(RunCase run) {
        List<TaskCase> tasks = run.tasks();
        Stream<RunCase> fewer = IntStream.range(0, tasks.size())
                .mapToObj(i -> without(run, tasks.get(i).id()));
        Stream<RunCase> simpler = IntStream.range(0, tasks.size())
                .boxed()
                .flatMap(i -> simpler(tasks.get(i))
                        .filter(task -> !task.equals(tasks.get(i)))
                        .map(task -> replaced(run, i, task)));
        return Stream.of(
                        tasks.size() > 1 ? fewer : Stream.<RunCase>empty(),
                        Stream.of(run.with(Scheduling.BATCH), run.withoutGroups()),
                        simpler)
                .flatMap(each -> each)
                .filter(candidate -> !candidate.equals(run));
    }

    private static Stream<TaskCase> simpler(TaskCase task) {
        Stream<TaskCase> fewerEdges = IntStream.range(0, task.edges().size()).mapToObj(i -> {
            List<EdgeCase> edges = new ArrayList<>(task.edges());
            edges.remove(i);
            return task.withEdges(edges);
        });
        Stream<TaskCase> plainer = Stream.of(
                TaskCase.plain(task.id(), task.edges()),
                task.withEdges(task.edges().stream()
                        .map(edge -> new EdgeCase(edge.from(), EdgeCase.Kind.PLAIN, Answer.YES))
                        .toList()),
                task.withoutPrice(),
                task.withoutFailing(),
                task.withoutCondition(),
                task.withRule(TriggerRule.NONE_FAILED));
        return Stream.concat(fewerEdges, plainer);
    }

    private static RunCase without(RunCase run, String id) {
        return run.withTasks(run.tasks().stream()
                .filter(task -> !task.id().equals(id))
                .map(task -> task.withEdges(task.edges().stream()
                        .filter(edge -> !edge.from().equals(id))
                        .toList()))
                .toList());
    }

    private static RunCase replaced(RunCase run, int index, TaskCase task) {
        List<TaskCase> tasks = new ArrayList<>(run.tasks());
        tasks.set(index, task);
        return run.withTasks(tasks);
    }

    private RunCase draw() {
        int size = 1 + random.nextInt(MOST_TASKS);
        List<String> ids = new ArrayList<>(
                IntStream.range(0, size).mapToObj(i -> "t" + (char) ('a' + i)).toList());
        Collections.shuffle(ids, random);
        String[] groups = new String[size];
        if (random.nextInt(3) == 0) {
            drawGroup(groups, "g");
        }
        double density = random.nextDouble() * 0.7;
        List<TaskCase> tasks = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            tasks.add(draw(ids.get(i), tasks, density, groups[i]));
        }
        Collections.shuffle(tasks, random);
        return new RunCase(
                tasks,
                OnFailure.SKIP_DEPENDENTS,
                pick(OnConditionError.values()),
                pick(Scheduling.values()),
                1 + random.nextInt(5),
                random.nextInt(3),
                -1,
                OnBudget.FAIL);
    }

    /** Tasks that follow each other in a topological order can always travel together. */
    private void drawGroup(String[] groups, String name) {
        int from = random.nextInt(groups.length);
        int to = Math.min(groups.length, from + 2 + random.nextInt(4));
        for (int i = from; i < to; i++) {
            groups[i] = name;
        }
    }

    private TaskCase draw(String id, List<TaskCase> before, double density, @Nullable String group) {
        List<EdgeCase> edges = new ArrayList<>();
        for (TaskCase source : before) {
            if (random.nextDouble() < density) {
                edges.add(drawEdge(source));
            }
        }
        Collections.shuffle(edges, random);
        ExecutionMode mode = drawMode();
        if (group != null && !mode.travelsInGroups()) {
            mode = ExecutionMode.DISPATCHED;
        }
        boolean conditional = random.nextInt(6) == 0;
        return new TaskCase(
                id,
                mode,
                edges,
                random.nextInt(3) > 0 ? TriggerRule.NONE_FAILED : pick(TriggerRule.values()),
                random.nextInt(6) == 0,
                random.nextInt(7) == 0,
                random.nextInt(4) == 0 ? 1 + random.nextInt(3) : 0,
                1 + random.nextInt(3),
                conditional ? drawAnswer() : null,
                group,
                random.nextInt(4) == 0,
                random.nextInt(4) == 0 ? -1 : random.nextInt(30),
                random.nextInt(30));
    }

    private ExecutionMode drawMode() {
        return switch (random.nextInt(9)) {
            case 0 -> ExecutionMode.PARKED;
            case 1, 2 -> ExecutionMode.INLINE;
            case 3, 4 -> ExecutionMode.PREPARED;
            case 5 -> ExecutionMode.CHILD;
            default -> ExecutionMode.DISPATCHED;
        };
    }

    /** What parks answers no questions: conditions on it are late ones. */
    private EdgeCase drawEdge(TaskCase source) {
        EdgeCase.Kind kind = random.nextInt(3) > 0 ? EdgeCase.Kind.PLAIN : pick(EdgeCase.Kind.values());
        boolean asks = kind == EdgeCase.Kind.PORT || kind == EdgeCase.Kind.CONDITION;
        if (asks && source.mode() == ExecutionMode.PARKED) {
            kind = EdgeCase.Kind.LATE;
        }
        Answer answer = kind == EdgeCase.Kind.PORT ? Answer.of(random.nextBoolean()) : drawAnswer();
        return new EdgeCase(source.id(), kind, kind == EdgeCase.Kind.PLAIN ? Answer.YES : answer);
    }

    private Answer drawAnswer() {
        return switch (random.nextInt(5)) {
            case 0 -> Answer.failed("there is no such field");
            case 1, 2 -> Answer.NO;
            default -> Answer.YES;
        };
    }

    @SafeVarargs
    private <T> T pick(T... values) {
        return values[random.nextInt(values.length)];
    }
}
