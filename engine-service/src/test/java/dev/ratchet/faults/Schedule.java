package dev.ratchet.faults;

import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The chance and the course of one test: a seed that makes its choices again, and what was done when. Both are told with a
 * failure; {@code -Dfaults.seed=…} repeats the choices. Thread-safe.
 */
final class Schedule {
    private static final long SEED = Long.getLong("faults.seed", System.nanoTime() & 0xffff_ffffL);

    private final long began = System.nanoTime();
    private final long seed;
    private final String again;
    private final Random random;
    private final List<String> steps = new CopyOnWriteArrayList<>();

    Schedule() {
        this(SEED, "-Dfaults.seed=" + SEED);
    }

    /** @param again what makes the same choices again, for whoever reads of a failure */
    Schedule(long seed, String again) {
        this.seed = seed;
        this.again = again;
        this.random = new Random(seed);
    }

    /** A choice below {@code bound}, noted under its name. */
    int choose(String what, int bound) {
        int chosen = random.nextInt(bound);
        note(what + " = " + chosen);
        return chosen;
    }

    void note(String step) {
        steps.add("%+8.3f s  %s".formatted((System.nanoTime() - began) / 1e9, step));
    }

    @Override
    public String toString() {
        return "seed " + seed + " (" + again + "), schedule:\n  " + String.join("\n  ", steps);
    }
}
