package dev.ratchet.run;

import dev.ratchet.document.ErrorCode;
import dev.ratchet.plan.Body;
import dev.ratchet.plan.Policies.OnConditionError;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What follows for the tasks that repeat others: turns and items begin, end, stop. Pure. */
final class Repeating {
    /** Task instances that a run may have (contract, part 10). */
    static final int MAX_INSTANCES = 100_000;

    private Repeating() {}

    /** One step; empty when nothing follows before another input. */
    static List<RunEvent> step(RunView view, long at) {
        for (TaskKey key : view.repetitionsDue()) {
            TaskView task = view.task(key);
            RepetitionView repetition = task == null ? null : task.repetition();
            if (task != null && repetition != null) {
                List<RunEvent> events = step(view, task, repetition, at);
                if (!events.isEmpty()) {
                    return events;
                }
            }
        }
        return List.of();
    }

    private static List<RunEvent> step(RunView view, TaskView task, RepetitionView repetition, long at) {
        List<RunEvent> events = new ArrayList<>();
        for (int number : repetition.due()) {
            look(view, task, number, at, events);
        }
        if (!events.isEmpty()) {
            return events;
        }
        if (view.isStopping(task.key())) {
            return List.of();
        }
        if (repetition.failure() != null) {
            return repetition.open().isEmpty() ? List.of(failed(task, repetition.failure(), at)) : List.of();
        }
        return switch (repetition.body()) {
            case Body.Loop loop -> turn(view, task, repetition, loop, at);
            case Body.Each each -> items(view, task, repetition, each, at);
        };
    }

    /** What becomes of one open turn or item. */
    private static void look(RunView view, TaskView task, int number, long at, List<RunEvent> events) {
        String path = ScopePath.of(task.key(), number);
        ScopeView scope = view.scope(path);
        ScopeLife due = scope.due(view.plan().policy().onFailure());
        if (scope.unsettled() == 0) {
            RunEvent end = settled(view, task, scope, number, at);
            events.add(end);
            RunEvent after = end instanceof RunEvent.ScopeEnded ended ? givesUp(task, ended) : null;
            if (after != null && events.stream().noneMatch(RunEvent.RepeatGivenUp.class::isInstance)) {
                events.add(after);
            }
        } else if (due.compareTo(scope.life()) > 0) {
            boolean cancels = due == ScopeLife.CANCELLING;
            events.add(new RunEvent.ScopeClosing(at, path, cancels));
            if (cancels) {
                recall(view, path, at, events);
            }
        } else if (scope.life().isStopping() && scope.isQuiet()) {
            Ending.settleRest(view, path, SkipReason.RUN_FAILED, at, events);
        }
    }

    private static void recall(RunView view, String path, long at, List<RunEvent> events) {
        for (TaskView task : view.topological(path)) {
            Errand errand = task.errand();
            if (errand != null && !errand.recalled()) {
                events.add(new RunEvent.Recalled(at, task.key(), null));
            }
        }
    }

    /** A map need not look at what its only leaf gave. */
    private static RunEvent settled(RunView view, TaskView task, ScopeView scope, int number, long at) {
        RepetitionView repetition = Objects.requireNonNull(task.repetition());
        TaskError error = scope.firstError();
        if (repetition.failure() != null || error != null || view.isStopping(task.key())) {
            TaskError shown = error == null ? repetition.failure() : error;
            return new RunEvent.ScopeEnded(at, task.key(), number, new Part(null, shown), false, List.of());
        }
        if (repetition.body() instanceof Body.Each && scope.leaves().size() == 1) {
            Part part = new Part(scope.leaves().getFirst().output(), null);
            return new RunEvent.ScopeEnded(at, task.key(), number, part, true, List.of());
        }
        return new RunEvent.ScopeAsked(at, task.key(), number);
    }

    private static List<RunEvent> turn(
            RunView view, TaskView task, RepetitionView repetition, Body.Loop loop, long at) {
        if (!repetition.open().isEmpty()) {
            return List.of();
        }
        if (repetition.begun() == 0) {
            return begin(view, task, 0, 1, at);
        }
        Part last = repetition.parts().getLast();
        if (last.error() != null) {
            return List.of(failed(task, last.error(), at));
        }
        if (!repetition.goesOn()) {
            return List.of(new RunEvent.Gathering(at, task.key()));
        }
        if (repetition.begun() < loop.maxIterations()) {
            return begin(view, task, repetition.begun(), repetition.begun() + 1, at);
        }
        return List.of(
                loop.goOnWhenExhausted()
                        ? new RunEvent.Gathering(at, task.key())
                        : failed(task, exhausted(task, loop), at));
    }

    private static TaskError exhausted(TaskView task, Body.Loop loop) {
        return TaskError.of(
                ErrorCode.LOOP_EXHAUSTED,
                "Expected the loop " + task.key() + " to end within " + loop.maxIterations()
                        + " turns, but its condition says to go on");
    }

    private static List<RunEvent> items(
            RunView view, TaskView task, RepetitionView repetition, Body.Each each, long at) {
        int free = each.maxParallelism() - repetition.open().size();
        int until = Math.min(repetition.total(), repetition.begun() + free);
        long needs = repetition.total() * each.scope().instances();
        if (repetition.begun() == 0 && view.instances() + view.promised() + needs > MAX_INSTANCES) {
            return List.of(tooMany(task, at));
        }
        if (repetition.begun() < until) {
            return begin(view, task, repetition.begun(), until, at);
        }
        boolean done = repetition.open().isEmpty() && repetition.begun() == repetition.total();
        return done ? List.of(new RunEvent.Gathering(at, task.key())) : List.of();
    }

    private static List<RunEvent> begin(RunView view, TaskView task, int from, int until, long at) {
        Body body = task.node().body();
        int size = body == null ? 0 : body.scope().size();
        if (view.instances() + (until - from) * size > MAX_INSTANCES) {
            return List.of(tooMany(task, at));
        }
        List<RunEvent> events = new ArrayList<>();
        for (int number = from; number < until; number++) {
            events.add(new RunEvent.ScopeBegan(at, task.key(), number));
        }
        return events;
    }

    private static RunEvent tooMany(TaskView task, long at) {
        TaskError error = TaskError.of(
                ErrorCode.LIMIT_EXCEEDED,
                "Expected a run of at most " + MAX_INSTANCES + " task instances, but " + task.key() + " needs more");
        return new RunEvent.RepeatGivenUp(at, task.key(), error);
    }

    /** What the look at a turn or an item came to. */
    static List<RunEvent> turned(RunView view, TaskView task, InlineAnswer.Turned turned, long at) {
        RepetitionView repetition = task.repetition();
        if (repetition == null || view.life(ScopePath.of(task.key(), turned.number())) != ScopeLife.EVALUATED) {
            return List.of();
        }
        Answer answer = turned.goesOn();
        TaskError error = turned.part().error() == null
                ? undecided(view, task, answer)
                : turned.part().error();
        Part part = error == null ? turned.part() : new Part(null, error);
        boolean goesOn = error == null
                && repetition.body() instanceof Body.Loop loop
                && answer != null
                && answer.error() == null
                && answer.isYes() != loop.until();
        return List.of(new RunEvent.ScopeEnded(at, task.key(), turned.number(), part, goesOn, turned.decisions()));
    }

    private static @Nullable TaskError undecided(RunView view, TaskView task, @Nullable Answer answer) {
        boolean strict = view.plan().policy().onConditionError() == OnConditionError.FAIL;
        return answer == null || answer.error() == null || !strict
                ? null
                : TaskError.of(
                        ErrorCode.CONDITION_FAILED,
                        "Expected the condition of the loop " + task.key() + " to be decided, but " + answer.error());
    }

    /** One failed item is enough for a map that does not collect. */
    static @Nullable RunEvent givesUp(TaskView task, RunEvent.ScopeEnded ended) {
        RepetitionView repetition = task.repetition();
        TaskError error = ended.part().error();
        return error != null
                        && repetition != null
                        && repetition.failure() == null
                        && repetition.body() instanceof Body.Each each
                        && !each.collect()
                ? new RunEvent.RepeatGivenUp(ended.at(), task.key(), error)
                : null;
    }

    private static RunEvent failed(TaskView task, TaskError error, long at) {
        Long began = task.startedAt();
        return new RunEvent.Failed(at, task.key(), began, at, error, null);
    }
}
