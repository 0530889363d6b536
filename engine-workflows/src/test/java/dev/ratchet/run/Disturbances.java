package dev.ratchet.run;

import dev.ratchet.plan.Policies.Scheduling;
import dev.ratchet.run.DrawnTask.DrawnBody;
import dev.ratchet.run.TaskCase.EdgeCase;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Makes failing runs smaller: fewer tasks, fewer things that happen, nothing special about what is left. */
final class Disturbances {
    /** A run that fails this often on the way down is small enough. */
    private static final int MOST_TRIES = 4_000;

    private Disturbances() {}

    /** The smallest that can be found near a failing one and fails too. */
    static Disturbance shrink(Disturbance failing, Predicate<Disturbance> fails) {
        Disturbance smallest = failing;
        int[] tries = new int[1];
        boolean shrunk = true;
        while (shrunk && tries[0] < MOST_TRIES) {
            Disturbance from = smallest;
            smallest = smaller(from)
                    .filter(candidate -> !candidate.equals(from) && tries[0]++ < MOST_TRIES && fails.test(candidate))
                    .findFirst()
                    .orElse(from);
            shrunk = smallest != from;
        }
        return smallest;
    }

    private static Stream<Disturbance> smaller(Disturbance from) {
        return Stream.concat(
                fewer(from.moves()).map(moves -> new Disturbance(from.run(), moves)),
                runs(from.run()).map(run -> new Disturbance(run, from.moves())));
    }

    /** Without each half, quarter, and so on, the largest parts first. */
    private static <T> Stream<List<T>> fewer(List<T> all) {
        List<List<T>> candidates = new ArrayList<>();
        for (int size = all.size(); size >= 1; size /= 2) {
            for (int from = 0; from + size <= all.size(); from += size) {
                List<T> rest = new ArrayList<>(all.subList(0, from));
                rest.addAll(all.subList(from + size, all.size()));
                candidates.add(rest);
            }
        }
        return candidates.stream();
    }

    private static Stream<DrawnRun> runs(DrawnRun run) {
        return Stream.of(
                        tasks(run.tasks()).filter(tasks -> !tasks.isEmpty()).map(run::withTasks),
                        Stream.of(run.plainer(), run.unlimited(), run.with(Scheduling.DATAFLOW)))
                .flatMap(each -> each);
    }

    private static Stream<List<DrawnTask>> tasks(List<DrawnTask> tasks) {
        Stream<List<DrawnTask>> fewer =
                fewer(tasks).filter(rest -> !rest.isEmpty()).map(rest -> connected(rest, tasks));
        Stream<List<DrawnTask>> simpler = IntStream.range(0, tasks.size())
                .boxed()
                .flatMap(i -> simpler(tasks.get(i)).map(task -> {
                    List<DrawnTask> others = new ArrayList<>(tasks);
                    others.set(i, task);
                    return others;
                }));
        return Stream.concat(fewer, simpler);
    }

    private static List<DrawnTask> connected(List<DrawnTask> rest, List<DrawnTask> all) {
        List<String> ids = rest.stream().map(DrawnTask::id).toList();
        return rest.size() == all.size()
                ? rest
                : rest.stream()
                        .map(task -> task.withDeps(task.deps().stream()
                                .filter(dep -> ids.contains(dep.from()))
                                .toList()))
                        .toList();
    }

    private static Stream<DrawnTask> simpler(DrawnTask task) {
        Stream<DrawnTask> fewerDeps = fewer(task.deps()).map(task::withDeps);
        Stream<DrawnTask> plainer = Stream.of(
                task.plain(),
                task.plainer(),
                task.withDeps(task.deps().stream()
                        .map(dep -> new DrawnTask.Dep(dep.from(), EdgeCase.Kind.PLAIN, Answer.YES))
                        .toList()));
        DrawnBody body = task.body();
        Stream<DrawnTask> bodies = body == null
                ? Stream.of()
                : Stream.concat(
                                tasks(body.tasks())
                                        .map(tasks -> new DrawnBody(
                                                tasks, body.size(), body.turns(), body.parallelism(), body.lenient())),
                                Stream.of(new DrawnBody(
                                        body.tasks(),
                                        Math.max(1, body.size() - 1),
                                        Math.max(0, body.turns() - 1),
                                        body.parallelism(),
                                        body.lenient())))
                        .map(task::withBody);
        return Stream.of(plainer, fewerDeps, bodies).flatMap(each -> each).filter(other -> !other.equals(task));
    }
}
