package dev.ratchet.run;

import dev.ratchet.plan.Plan;
import dev.ratchet.testkit.Treadmill;
import dev.ratchet.testkit.WideShapes;
import java.lang.management.ManagementFactory;
import java.util.function.Supplier;

/**
 * Prints what a run costs the engine's heart, decider, commands and bookkeeping, in CPU of this thread: for people who
 * change it. Times are no promise of the build; what {@link LinearityTest} counts is.
 */
final class CostOfShapes {
    private CostOfShapes() {}

    public static void main(String[] arguments) {
        int rounds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 2;
        for (int round = 0; round < rounds; round++) {
            measure("chains 2000 x 5, flat, 500 wide", () -> new Treadmill(WideShapes.chains(2_000, 5, 500)));
            measure("map 2000 x chain of 5, 16 wide", () -> WideShapes.map(2_000, 5, 16));
            measure("map 2000 x chain of 5, 500 wide", () -> WideShapes.map(2_000, 5, 500));
            measure("map of 50 loops of 20 turns x 2", () -> WideShapes.loopsInAMap(50, 20));
            measure("map of 500 loops of 20 turns x 2", () -> WideShapes.loopsInAMap(500, 20));
            groups(5_000);
        }
    }

    private static void measure(String shape, Supplier<Treadmill> runs) {
        Treadmill run = runs.get();
        long before = cpu();
        run.toEnd();
        long micros = (cpu() - before) / 1_000;
        System.out.printf(
                "%-36s %,9d events %,9d ms %8.1f us/event%n",
                shape, run.events(), micros / 1_000, (double) micros / run.events());
    }

    private static void groups(int count) {
        Plan plan = WideShapes.groups(count);
        long before = cpu();
        RunState state = new RunState(plan);
        System.out.printf(
                "%-36s %,9d tasks  %,9d ms%n", count + " groups of 2", state.size(), (cpu() - before) / 1_000_000);
    }

    private static long cpu() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }
}
