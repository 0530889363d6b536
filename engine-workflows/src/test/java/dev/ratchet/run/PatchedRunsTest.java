package dev.ratchet.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.fasterxml.jackson.databind.node.NullNode;
import dev.ratchet.plan.PatchedPlan;
import dev.ratchet.plan.Plan;
import dev.ratchet.run.TaskCase.EdgeCase;
import dev.ratchet.testkit.Simulation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A run whose graph was changed where nothing had begun ends as if it had had that graph from the start. */
class PatchedRunsTest {
    private static final int RUNS = 5_000;
    private static final Value NOTHING = Value.of(NullNode.instance);

    private final AtomicInteger accepted = new AtomicInteger();

    @Test
    void shouldEndAsTheGraphWouldHaveThatItWasPatchedTo() {
        holds(run -> patched(run.withoutGroups(), 1));
        assertThat(accepted.get()).isGreaterThan(RUNS);
    }

    @Test
    void shouldCarryGroupsOver() {
        holds(run -> patched(run, 2));
        assertThat(accepted.get()).isGreaterThan(RUNS);
    }

    /** Up to three patches, at any moments. */
    private @Nullable String patched(RunCase first, long seed) {
        Random random = new Random(seed + first.hashCode());
        Plan original = first.plan();
        Simulation simulation = first.simulation(original, seed).withFaults(3).carrying();
        RunCase now = first;
        for (int patch = 0; patch < 3; patch++) {
            simulation.steps(1 + random.nextInt(4));
            RunCase other =
                    simulation.state().closing() == null && !simulation.state().isEnded()
                            ? new Draft(now, simulation, random).changed()
                            : now;
            if (!other.equals(now)) {
                String wrong = patch(simulation, now, other);
                if (wrong != null) {
                    return wrong;
                }
                now = other;
            }
        }
        simulation.toEnd();
        String audit = RunChecks.audit(original, simulation);
        return audit != null
                ? audit
                : RunChecks.same(RunChecks.results(now.simulation(seed).toEnd()), RunChecks.results(simulation));
    }

    private @Nullable String patch(Simulation simulation, RunCase from, RunCase to) {
        Set<String> touched = new HashSet<>();
        Map<String, TaskCase> known = new HashMap<>();
        from.tasks().forEach(task -> known.put(task.id(), task));
        to.tasks().stream().filter(task -> !task.equals(known.get(task.id()))).forEach(task -> touched.add(task.id()));
        Plan plan = PatchedPlan.of(simulation.state().plan(), to.plan(), touched);
        int base = simulation.state().revision();
        to.scripts().forEach((id, script) -> {
            if (touched.contains(id)) {
                simulation.script(id, script);
            }
        });
        simulation.request(new Request.Patch(base, plan, new Change("hash", NOTHING, NOTHING, null, 0)));
        accepted.incrementAndGet();
        return simulation.refusal() == null ? null : simulation.refusal().message();
    }

    /** Changes to a run where it has not begun. */
    private record Draft(RunCase run, Simulation simulation, Random random) {
        RunCase changed() {
            List<TaskCase> tasks = new ArrayList<>(run.tasks());
            if (random.nextBoolean()) {
                remove(tasks);
            }
            if (random.nextBoolean()) {
                change(tasks);
            }
            add(tasks);
            return run.withTasks(tasks);
        }

        private void add(List<TaskCase> tasks) {
            String id = "n" + random.nextInt(1_000);
            if (tasks.stream().anyMatch(task -> task.id().equals(id))) {
                return;
            }
            List<EdgeCase> edges = new ArrayList<>();
            for (TaskCase source : tasks) {
                if (random.nextInt(4) == 0) {
                    edges.add(edge(source.id()));
                }
            }
            tasks.add(random.nextInt(tasks.size() + 1), TaskCase.plain(id, edges));
        }

        private EdgeCase edge(String from) {
            return random.nextBoolean()
                    ? new EdgeCase(from, EdgeCase.Kind.PLAIN, Answer.YES)
                    : new EdgeCase(from, EdgeCase.Kind.LATE, Answer.of(random.nextBoolean()));
        }

        private void remove(List<TaskCase> tasks) {
            TaskCase gone = tasks.get(random.nextInt(tasks.size()));
            if (isOpen(gone) && tasks.size() > 1) {
                tasks.remove(gone);
                tasks.replaceAll(task -> task.withEdges(task.edges().stream()
                        .filter(edge -> !edge.from().equals(gone.id()))
                        .toList()));
            }
        }

        /** Fewer edges, and others from what has begun: no cycle comes of it. */
        private void change(List<TaskCase> tasks) {
            int index = random.nextInt(tasks.size());
            TaskCase task = tasks.get(index);
            if (!isOpen(task) || task.group() != null) {
                return;
            }
            List<EdgeCase> edges = new ArrayList<>();
            for (EdgeCase edge : task.edges()) {
                if (random.nextInt(3) > 0) {
                    edges.add(edge(edge.from()));
                }
            }
            for (TaskCase source : tasks) {
                boolean linked = edges.stream().anyMatch(edge -> edge.from().equals(source.id()));
                if (!linked && !isOpen(source) && random.nextInt(4) == 0) {
                    edges.add(edge(source.id()));
                }
            }
            tasks.set(index, TaskCase.plain(task.id(), edges));
        }

        private boolean isOpen(TaskCase task) {
            TaskView view = simulation.state().task(TaskKey.root(task.id()));
            return view == null || (view.phase() == Phase.PENDING && view.attempt() == 0 && !view.isInGroup());
        }
    }

    private static void holds(Function<RunCase, @Nullable String> check) {
        Function<RunCase, @Nullable String> safely = RunChecks.safely(check);
        LongStream.range(0, RUNS).parallel().forEach(seed -> {
            RunCase run = RunCases.of(seed);
            if (safely.apply(run) != null) {
                RunCase smallest = RunCases.shrink(run, safely);
                fail("Expected a patched run to end as its last graph would, but it does not for seed " + seed
                        + "; smallest: " + smallest + "\n" + safely.apply(smallest));
            }
        });
    }
}
