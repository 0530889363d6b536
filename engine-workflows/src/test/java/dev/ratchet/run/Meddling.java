package dev.ratchet.run;

import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.NullNode;
import dev.ratchet.document.ErrorCode;
import dev.ratchet.plan.PatchedPlan;
import dev.ratchet.plan.Plan;
import dev.ratchet.plan.Policies.TriggerRule;
import dev.ratchet.testkit.PlanBuilder;
import dev.ratchet.testkit.Turmoil;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Asks for anything, of any task: one that has not begun, that ended, whose turn closes, that is nowhere. */
final class Meddling implements Turmoil.Asking {
    private static final Value NOTHING = Value.of(NullNode.instance);

    private DrawnRun graph;
    private @Nullable DrawnRun proposed;
    private int proposedFor;
    private int added;

    Meddling(DrawnRun graph) {
        this.graph = graph;
    }

    @Override
    public Request anything(RunState state, Random random) {
        int kind = random.nextInt(100);
        if (kind < 9) {
            return new Request.Pause();
        } else if (kind < 22) {
            return new Request.Resume();
        } else if (kind < 40) {
            return new Request.Skip(someTask(state, random));
        } else if (kind < 66) {
            return new Request.Retry(someTask(state, random));
        } else if (kind < 83) {
            return give(someTask(state, random), random);
        } else if (kind < 88) {
            return new Request.RaiseBudget(PlanBuilder.usd(TaskCase.cents(random.nextInt(90))));
        } else if (kind < 97) {
            return patch(state, random);
        }
        return kind < 99 ? new Request.Rerun("another") : new Request.Abort();
    }

    @Override
    public @Nullable Request answer(RunState state, Random random) {
        List<TaskKey> waiting = new ArrayList<>();
        for (TaskRecord record : state.records(0)) {
            TaskView task = state.task(record.key());
            if (task != null && task.phase() == Phase.PARKED && task.parkedFor() != WaitingFor.TIMER) {
                waiting.add(record.key());
            }
        }
        return waiting.isEmpty() ? null : give(waiting.get(random.nextInt(waiting.size())), random);
    }

    /** Failed tasks more often than others, and sometimes one that is not there. */
    private static TaskKey someTask(RunState state, Random random) {
        List<TaskKey> keys = new ArrayList<>();
        boolean failed = random.nextInt(3) > 0;
        state.records(0).stream()
                .filter(task -> !failed || task.state() == TaskStatus.FAILED || task.state() == TaskStatus.WAITING)
                .forEach(task -> keys.add(task.key()));
        if (keys.isEmpty() || random.nextInt(4) == 0) {
            state.plan().root().nodes().forEach(node -> {
                keys.add(TaskKey.root(node.id()));
                if (node.body() != null) {
                    String first = node.body().scope().node(0).id();
                    keys.add(new TaskKey(node.id() + "[" + random.nextInt(3) + "]", first));
                }
            });
        }
        return keys.get(random.nextInt(keys.size()));
    }

    private static Request give(TaskKey key, Random random) {
        int which = random.nextInt(3);
        Usage used = random.nextBoolean() ? null : new Usage(10, 5, PlanBuilder.usd(TaskCase.cents(which)));
        Given given = which == 0
                ? new Given(
                        "no", null, TaskError.of(ErrorCode.EXECUTION_FAILED, "Expected an answer, but not this"), used)
                : new Given("yes-" + which, Value.of(IntNode.valueOf(which)), null, used);
        return new Request.Give(key, given);
    }

    private Request patch(RunState state, Random random) {
        if (proposed != null && state.revision() > proposedFor) {
            graph = proposed;
        }
        List<DrawnTask> tasks = new ArrayList<>(graph.tasks());
        DrawnTask some = tasks.get(random.nextInt(tasks.size()));
        Set<String> touched = new TreeSet<>();
        switch (random.nextInt(tasks.size() == 1 ? 2 : 3)) {
            case 0 -> {
                List<DrawnTask.Dep> deps =
                        List.of(new DrawnTask.Dep(some.id(), TaskCase.EdgeCase.Kind.PLAIN, Answer.YES));
                String id = (random.nextBoolean() ? "a" : "z") + added++;
                tasks.add(DrawnTask.plain(id, deps));
                touched.add(id);
            }
            case 2 -> {
                tasks.remove(some);
                touched.add(some.id());
                tasks.replaceAll(task -> {
                    List<DrawnTask.Dep> rest = task.deps().stream()
                            .filter(dep -> !dep.from().equals(some.id()))
                            .toList();
                    if (rest.size() < task.deps().size()) {
                        touched.add(task.id());
                    }
                    return task.withDeps(rest);
                });
            }
            default -> {
                TriggerRule rule = TriggerRule.values()[random.nextInt(TriggerRule.values().length)];
                tasks.replaceAll(task -> task == some ? task.withRule(rule) : task);
                touched.add(some.id());
            }
        }
        proposed = graph.withTasks(tasks);
        proposedFor = state.revision();
        Plan plan = PatchedPlan.of(state.plan(), proposed.plan(), touched);
        int base = random.nextInt(10) == 0 ? proposedFor + 1 : proposedFor;
        return new Request.Patch(base, plan, new Change("hash", NOTHING, NOTHING, null, 0));
    }
}
