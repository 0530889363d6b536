package dev.ratchet.testkit;

import dev.ratchet.plan.Plan;
import dev.ratchet.run.Answer;
import java.util.Arrays;
import java.util.stream.IntStream;

/** Runs of many turns and items side by side, inside each other, and of as many tasks without. */
public final class WideShapes {
    private WideShapes() {}

    /** A map of so many items, each a chain of tasks, so many items at a time. */
    public static Treadmill map(int items, int chain, int width) {
        return items(items, new Treadmill(mapPlan(PlanBuilder.chain(ids("c", chain)), width)));
    }

    /** A map of items side by side, each of them a loop of turns of two tasks. */
    public static Treadmill loopsInAMap(int items, int turns) {
        Plan plan = mapPlan(looping(turns), items);
        return looped(items(items, new Treadmill(plan)), turns);
    }

    /** The plan of {@link #map}, over any body. */
    public static Plan mapPlan(PlanBuilder body, int width) {
        PlanBuilder plan = new PlanBuilder().maxParallelism(width).tasksPerActivity(1);
        plan.task("m").each(body, width, true);
        return plan.build();
    }

    /** A body that is one loop of turns of two tasks. */
    public static PlanBuilder looping(int turns) {
        PlanBuilder body = new PlanBuilder();
        body.task("l").loop(PlanBuilder.chain("a", "b"), turns, true);
        return body;
    }

    /** Says how many items the map has. */
    public static Treadmill items(int items, Treadmill run) {
        return run.script("m", Script.COMPLETES.prepared(new Script.Preparation.Unrolls(items)));
    }

    /** Says how many turns the loop has. */
    public static Treadmill looped(Treadmill run, int turns) {
        Answer[] more = new Answer[turns - 1];
        Arrays.fill(more, Answer.YES);
        return run.script("l", Script.COMPLETES.late(more));
    }

    /** As many chains side by side, without a map around them. */
    public static Plan chains(int chains, int length, int width) {
        PlanBuilder plan = new PlanBuilder()
                .maxParallelism(width)
                .tasksPerActivity(1)
                .scheduling(dev.ratchet.plan.Policies.Scheduling.DATAFLOW);
        for (int i = 0; i < chains; i++) {
            for (int k = 0; k < length; k++) {
                plan.task(id(i, k));
                if (k > 0) {
                    plan.task(id(i, k)).after(id(i, k - 1));
                }
            }
        }
        return plan.build();
    }

    /** Tasks in groups of two, each group with three edges from the groups before it. */
    public static Plan groups(int groups) {
        PlanBuilder plan = new PlanBuilder();
        for (int i = 0; i < groups; i++) {
            plan.task(id(i, 0)).group("g" + i);
            plan.task(id(i, 1)).group("g" + i).after(id(i, 0));
            for (int before = Math.max(0, i - 3); before < i; before++) {
                plan.task(id(i, 0)).after(id(before, 1));
            }
        }
        return plan.build();
    }

    private static String id(int i, int k) {
        return "t%05d_%d".formatted(i, k);
    }

    private static String[] ids(String name, int count) {
        return IntStream.range(0, count).mapToObj(i -> name + i).toArray(String[]::new);
    }
}
