package dev.ratchet.run;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What local work means, once it came back. Pure. */
final class Answers {
    private Answers() {}

    static List<RunEvent> read(RunView view, RunInput.Answered in) {
        List<RunEvent> events = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (InlineAnswer answer : in.answers()) {
            TaskView task = view.task(answer.key());
            if (task != null && isWanted(view, task, answer) && seen.add(about(answer))) {
                events.addAll(read(view, task, answer, in.at()));
            }
        }
        return events;
    }

    /** A task is asked about one thing at a time, but one that repeats others about each turn or item. */
    private static String about(InlineAnswer answer) {
        return answer instanceof InlineAnswer.Turned turned
                ? ScopePath.of(turned.key(), turned.number())
                : answer.key().toString();
    }

    private static List<RunEvent> read(RunView view, TaskView task, InlineAnswer answer, long at) {
        return switch (answer) {
            case InlineAnswer.Decided decided -> List.of(new RunEvent.Decided(at, decided));
            case InlineAnswer.Prepared prepared ->
                List.of(new RunEvent.Prepared(at, prepared.key(), prepared.estimate(), prepared.payload()));
            case InlineAnswer.Parked parked -> park(view, task, parked, at);
            case InlineAnswer.Unrolled unrolled ->
                List.of(new RunEvent.RepeatBegan(at, unrolled.key(), unrolled.total(), unrolled.items()));
            case InlineAnswer.Turned turned -> turned(view, task, turned, at);
            case InlineAnswer.Rejected rejected ->
                List.of(new RunEvent.Failed(at, rejected.key(), null, null, rejected.error(), null));
            case InlineAnswer.Executed executed -> Settlement.settle(view, at, List.of(executed.outcome()));
        };
    }

    private static List<RunEvent> turned(RunView view, TaskView task, InlineAnswer.Turned turned, long at) {
        List<RunEvent> events = new ArrayList<>();
        for (RunEvent event : Repeating.turned(view, task, turned, at)) {
            events.add(event);
            RunEvent after = event instanceof RunEvent.ScopeEnded ended ? Repeating.givesUp(task, ended) : null;
            if (after != null) {
                events.add(after);
            }
        }
        return events;
    }

    /** Doubled and late answers are no-ops; so is, in a run that ends, what would let a task begin. */
    private static boolean isWanted(RunView view, TaskView task, InlineAnswer answer) {
        boolean open = !view.isStopping(task.key()) || view.isFolding();
        return switch (answer) {
            case InlineAnswer.Decided decided -> open && task.phase() == Phase.DECIDING;
            case InlineAnswer.Prepared prepared -> open && task.phase() == Phase.PREPARING;
            case InlineAnswer.Parked parked -> open && task.phase() == Phase.PREPARING;
            case InlineAnswer.Unrolled unrolled -> open && task.phase() == Phase.PREPARING;
            case InlineAnswer.Turned turned -> task.phase() == Phase.REPEATING && view.closing() == null;
            case InlineAnswer.Rejected rejected ->
                task.phase() == Phase.EXECUTING
                        || (open && (task.phase() == Phase.PREPARING || task.phase() == Phase.DECIDING));
            case InlineAnswer.Executed executed -> true;
        };
    }

    /** A time that has come already is not waited for. */
    private static List<RunEvent> park(RunView view, TaskView task, InlineAnswer.Parked parked, long at) {
        Long dueAt = dueAt(parked, at);
        RunEvent wait = new RunEvent.Parked(at, parked.key(), parked.waitingFor(), dueAt, parked.hold());
        Given early = task.given();
        if (early != null) {
            return concat(wait, Giving.take(view, task, early, at));
        }
        if (parked.hold() != null) {
            return List.of(mayBeHandedOut(view, task) ? wait : new RunEvent.Queued(at, parked.key()));
        }
        return dueAt != null && dueAt <= at ? List.of(wait, wokenUp(parked.key(), at)) : List.of(wait);
    }

    /** Nobody is asked while the run is paused, nor before there is money for it: it is prepared again when its turn comes. */
    private static boolean mayBeHandedOut(RunView view, TaskView task) {
        return !view.isPaused() && task.unreserved() == null && !Reservation.isBound(view, task);
    }

    private static List<RunEvent> concat(RunEvent first, List<RunEvent> rest) {
        List<RunEvent> all = new ArrayList<>(List.of(first));
        all.addAll(rest);
        return all;
    }

    private static @Nullable Long dueAt(InlineAnswer.Parked parked, long at) {
        Long delay = parked.delayMs();
        return delay != null ? (Long) (at + delay) : parked.untilMs();
    }

    /** A timer that came to its end: the task's output is an empty object. */
    static RunEvent wokenUp(TaskKey key, long at) {
        return new RunEvent.Completed(
                at,
                key,
                0,
                at,
                new Outcome.Completed(Value.of(JsonNodeFactory.instance.objectNode()), List.of(), List.of()),
                null,
                false);
    }
}
