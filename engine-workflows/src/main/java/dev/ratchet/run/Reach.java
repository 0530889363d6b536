package dev.ratchet.run;

import dev.ratchet.plan.Body;
import org.jspecify.annotations.Nullable;

/** Whether a request can do anything for a task, by the life of the run and of the turns and items that it is in. */
sealed interface Reach {
    /** All of them go on. */
    record Within() implements Reach {}

    /** Its item of a map that collects has failed, and can be opened again. */
    record OfFailedItem(TaskView map, int number) implements Reach {}

    /** Nothing can be done there. {@code why} goes on after "but". */
    record Beyond(String why) implements Reach {}

    static Reach of(RunView view, TaskKey key) {
        if (view.closing() != null || view.isEnded()) {
            return new Beyond("the run comes to its end");
        }
        return key.scope().isEmpty() ? new Within() : of(view, key.scope());
    }

    private static Reach of(RunView view, String path) {
        return switch (view.life(path)) {
            case WAITING, OPEN -> around(view, path, new Within());
            case FINISHING, CANCELLING -> new Beyond(path + " comes to its end; ask again when it has");
            case EVALUATED -> new Beyond("what " + path + " gave is being looked at; ask again after that");
            case ENDED -> around(view, path, ofEnded(view, path));
        };
    }

    /** What is around a turn or an item must go on too. */
    private static Reach around(RunView view, String path, Reach within) {
        return switch (of(view, ScopePath.composite(path))) {
            case Within goesOn -> within;
            case OfFailedItem(TaskView map, int number) ->
                new Beyond(ScopePath.of(map.key(), number) + " around it has ended; try again what failed in that one");
            case Beyond beyond -> beyond;
        };
    }

    private static Reach ofEnded(RunView view, String path) {
        TaskKey key = ScopePath.composite(path);
        TaskView map = view.task(key);
        RepetitionView repetition = map == null ? null : map.repetition();
        if (map == null || !(map.node().body() instanceof Body.Each each && each.collect())) {
            return new Beyond(path + " has ended; try " + key + " again, once it has failed");
        }
        String why = whyNot(view, map, repetition, path);
        return why == null ? new OfFailedItem(map, ScopePath.number(path)) : new Beyond(why);
    }

    private static @Nullable String whyNot(
            RunView view, TaskView map, @Nullable RepetitionView repetition, String path) {
        String ofMap = ofMap(view, map, repetition);
        if (ofMap != null) {
            return ofMap;
        }
        int number = ScopePath.number(path);
        if (repetition != null && (number >= repetition.begun() || !repetition.hasFailed(number))) {
            return path + " has not failed";
        }
        return view.isKept(path) ? null : "the run has kept nothing of " + path + " but its error; retry the run";
    }

    private static @Nullable String ofMap(RunView view, TaskView map, @Nullable RepetitionView repetition) {
        return switch (map.phase()) {
            case REPEATING ->
                repetition == null || repetition.failure() == null ? null : map.key() + " is being given up";
            case COMPLETED -> {
                TaskView begun = Dependants.begun(view, map);
                yield begun == null ? null : begun.key() + " has begun with what " + map.key() + " gave";
            }
            case EXECUTING -> "what " + map.key() + " gave is being put together; ask again after that";
            case FAILED,
                    CANCELLED,
                    SKIPPED,
                    PENDING,
                    DECIDING,
                    DECIDED,
                    PREPARING,
                    QUEUED,
                    AWAITING_BUDGET,
                    GROUPED,
                    RUNNING,
                    DELEGATED,
                    BACKING_OFF,
                    PARKED ->
                "all of " + map.key() + " is " + map.phase().status().wire();
        };
    }
}
