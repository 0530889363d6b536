package dev.ratchet.service.bench;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One line of the table: the same graphs, so many times, so many at once, on the plain SDK and on Ratchet.
 *
 * @param shape what the plain SDK runs
 * @param task what the tasks are on Ratchet
 * @param group the group of all tasks on Ratchet; absent when they stand alone
 * @param runs how many runs one measurement makes
 * @param atOnce how many of them at the same time
 * @param measure what is compared: time (less is better) or throughput (more is better)
 * @param target the ratio to reach
 */
record Workload(
        String name,
        String text,
        Shape shape,
        Documents.Task task,
        @Nullable String group,
        int runs,
        int atOnce,
        Measure measure,
        double target) {

    /** What of a measurement is compared. */
    enum Measure {
        MS_PER_TASK,
        SECONDS_PER_RUN,
        MS_PER_RUN,
        RUNS_PER_SECOND;

        boolean moreIsBetter() {
            return this == RUNS_PER_SECOND;
        }
    }

    /** Tasks between root and join of the widest graph: with them it has the 10,000 that a document may have. */
    static final int WIDE = 9_998;

    private static final Documents.Task FUNCTION = Documents.Task.FUNCTION;

    /** What makes the JVM compile both sides before anything is measured: remote chains and local ones, many at once. */
    static List<Workload> warmUps() {
        Shape chain = Shape.chain(50);
        return List.of(
                new Workload("remote", "remote chains", chain, FUNCTION, null, 8, 8, Measure.RUNS_PER_SECOND, 0),
                new Workload(
                        "local",
                        "local chains",
                        chain.locally(),
                        Documents.Task.TRANSFORM,
                        null,
                        8,
                        8,
                        Measure.RUNS_PER_SECOND,
                        0));
    }

    /** The table of the project's performance goals. */
    static List<Workload> all() {
        Shape chain = Shape.chain(100);
        Shape diamond = Shape.diamond();
        return List.of(
                new Workload("W1", "chain of 100", chain, FUNCTION, null, 3, 1, Measure.MS_PER_TASK, 1.10),
                new Workload("W1g", "chain of 100, one group", chain, FUNCTION, "g", 3, 1, Measure.MS_PER_TASK, 0.06),
                new Workload(
                        "W1p",
                        "chain of 100 transform",
                        chain.locally(),
                        Documents.Task.TRANSFORM,
                        null,
                        5,
                        1,
                        Measure.MS_PER_TASK,
                        1.2),
                new Workload(
                        "W2", "root, 200, join", Shape.fan(200), FUNCTION, null, 5, 1, Measure.SECONDS_PER_RUN, 0.25),
                new Workload(
                        "W3",
                        "diamond, 200 runs, 20 at once",
                        diamond,
                        FUNCTION,
                        null,
                        200,
                        20,
                        Measure.RUNS_PER_SECOND,
                        0.95),
                new Workload(
                        "W3g", "the same, one group", diamond, FUNCTION, "g", 200, 20, Measure.RUNS_PER_SECOND, 1.7),
                new Workload(
                        "W3i",
                        "the same, inline",
                        diamond.locally(),
                        Documents.Task.TRANSFORM,
                        null,
                        200,
                        20,
                        Measure.RUNS_PER_SECOND,
                        0.95),
                new Workload(
                        "W3x",
                        "diamond, 2,000 runs, 20 at once",
                        diamond,
                        FUNCTION,
                        null,
                        2_000,
                        20,
                        Measure.RUNS_PER_SECOND,
                        0.95),
                new Workload("W5", "diamond, one at a time", diamond, FUNCTION, null, 30, 1, Measure.MS_PER_RUN, 1.1),
                new Workload(
                        "W6",
                        "root, 9,998, join",
                        Shape.fan(WIDE),
                        FUNCTION,
                        null,
                        1,
                        1,
                        Measure.SECONDS_PER_RUN,
                        0.08));
    }
}
