package dev.ratchet.testkit;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Makes sound graphs from seeds: the same seed gives the same graph on every machine. Ids, document order and graph order
 * have nothing to do with each other, so that whoever confuses them is found out.
 */
public final class RandomGraphs {
    private static final List<String> RULES =
            List.of("none_failed", "all_success", "any_success", "any_failed", "all_done");

    private RandomGraphs() {}

    /**
     * What kind of graphs.
     *
     * @param maxTasks at least 1
     * @param failures whether tasks fail, and say what then
     * @param conditions whether edges have ports and conditions, and tasks conditions
     */
    public record Profile(int maxTasks, boolean failures, boolean conditions) {
        /** Up to thirty tasks that all succeed, joined by plain edges. */
        public static final Profile PLAIN = new Profile(30, false, false);
        /** Up to fifteen tasks with everything that decides what runs. */
        public static final Profile RICH = new Profile(15, true, true);
    }

    /** Something that must hold for a graph; whatever it throws says that it does not. */
    public interface Property {
        void check(RandomGraph graph) throws Exception;
    }

    /** The graph of a seed. */
    public static RandomGraph graph(long seed, Profile profile) {
        SplittableRandom random = new SplittableRandom(seed);
        int size = 1 + random.nextInt(profile.maxTasks());
        List<String> ids = ids(size, random);
        List<RandomGraph.Task> tasks = new ArrayList<>();
        double density = random.nextDouble() * 3 / size;
        for (int i = 0; i < size; i++) {
            List<RandomGraph.Dep> deps = deps(ids.subList(0, i), density, profile, random);
            tasks.add(task(ids.get(i), deps, profile, random));
        }
        shuffle(tasks, random);
        return new RandomGraph(policy(profile, random), tasks);
    }

    /**
     * Checks a property on {@code runs} graphs. When one fails, smaller graphs are tried until none of them fails, and that
     * smallest one is reported.
     *
     * @throws AssertionError naming the seed and the smallest failing document
     */
    public static void forAll(int runs, long firstSeed, Profile profile, Property property) {
        for (long seed = firstSeed; seed < firstSeed + runs; seed++) {
            RandomGraph graph = graph(seed, profile);
            Throwable failure = failure(graph, property);
            if (failure != null) {
                report(seed, graph, failure, property);
            }
        }
    }

    private static void report(long seed, RandomGraph found, Throwable first, Property property) {
        RandomGraph smallest = found;
        Throwable failure = first;
        boolean shrunk = true;
        while (shrunk) {
            shrunk = false;
            for (RandomGraph candidate : smallest.smaller()) {
                Throwable again = failure(candidate, property);
                if (again != null) {
                    smallest = candidate;
                    failure = again;
                    shrunk = true;
                    break;
                }
            }
        }
        throw new AssertionError("seed " + seed + ", smallest failing document: " + smallest, failure);
    }

    private static @Nullable Throwable failure(RandomGraph graph, Property property) {
        try {
            property.check(graph);
            return null;
        } catch (Exception | AssertionError e) {
            return e;
        }
    }

    private static List<String> ids(int size, SplittableRandom random) {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            ids.add(String.format(Locale.ROOT, i % 3 == 0 ? "t%d-x" : i % 3 == 1 ? "t%d" : "T.%d", i));
        }
        shuffle(ids, random);
        return ids;
    }

    private static List<RandomGraph.Dep> deps(
            List<String> earlier, double density, Profile profile, SplittableRandom random) {
        List<RandomGraph.Dep> deps = new ArrayList<>();
        for (String source : earlier) {
            if (random.nextDouble() < density) {
                deps.add(new RandomGraph.Dep(source, null, null));
            }
        }
        shuffle(deps, random);
        if (profile.conditions()) {
            deps.replaceAll(dep -> decorated(dep, deps, random));
        }
        return deps;
    }

    private static RandomGraph.Dep decorated(
            RandomGraph.Dep dep, List<RandomGraph.Dep> siblings, SplittableRandom random) {
        RandomGraph.Dep other = siblings.get(random.nextInt(siblings.size()));
        return switch (random.nextInt(8)) {
            case 0 -> new RandomGraph.Dep(dep.task(), "yes", null);
            case 1 -> new RandomGraph.Dep(dep.task(), null, "output.n >= " + random.nextInt(10));
            case 2 ->
                new RandomGraph.Dep(
                        dep.task(), null, "tasks['" + other.task() + "'].state == 'completed' && output.n < 8");
            default -> dep;
        };
    }

    private static RandomGraph.Task task(
            String id, List<RandomGraph.Dep> deps, Profile profile, SplittableRandom random) {
        boolean fails = profile.failures() && random.nextInt(6) == 0;
        boolean ruled = profile.failures() && random.nextInt(3) == 0;
        boolean conditional = profile.conditions() && !deps.isEmpty() && random.nextInt(6) == 0;
        return new RandomGraph.Task(
                id,
                fails,
                random.nextInt(10),
                random.nextBoolean(),
                ruled ? RULES.get(random.nextInt(RULES.size())) : null,
                profile.failures() && random.nextInt(5) == 0,
                conditional
                        ? "tasks['" + deps.get(0).task() + "'].state != 'skipped' && " + random.nextInt(3) + " > 0"
                        : null,
                deps);
    }

    private static ObjectNode policy(Profile profile, SplittableRandom random) {
        ObjectNode policy = JsonNodeFactory.instance.objectNode();
        if (random.nextBoolean()) {
            policy.put("max_parallelism", 1 + random.nextInt(8));
        }
        if (random.nextBoolean()) {
            policy.put("scheduling", random.nextBoolean() ? "batch" : "dataflow");
        }
        if (profile.failures() && random.nextInt(3) > 0) {
            policy.put("on_failure", random.nextBoolean() ? "skip_dependents" : "finish_running");
        }
        return policy;
    }

    private static <T> void shuffle(List<T> list, SplittableRandom random) {
        for (int i = list.size() - 1; i > 0; i--) {
            int other = random.nextInt(i + 1);
            T moved = list.set(other, list.get(i));
            list.set(i, moved);
        }
    }
}
