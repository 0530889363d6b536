package dev.ratchet.run;

import dev.ratchet.document.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Repeats in a run what a worker folded that had a group of it. */
final class GroupReplay {
    private final RunFold fold;
    private final RunState state;

    GroupReplay(RunFold fold) {
        this.fold = fold;
        this.state = fold.state();
    }

    /**
     * Repeats what a worker folded. Its inputs are facts; the events are this run's own. Like the worker it starts what
     * can start at once, so a delivery counts even when nothing was heard of it.
     */
    List<RunEvent> feed(long dispatch, List<RunInput> folded, RunInput end) {
        long handedAt = Objects.requireNonNull(state.open.groupLane(dispatch)).handedAt();
        List<RunInput> steps = WorkerClock.inTimeOfRun(folded, handedAt, end.at());
        state.fold(dispatch);
        List<RunEvent> events = new ArrayList<>(fold.proceed(handedAt));
        boolean fits = true;
        for (RunInput step : steps) {
            fits = fits && fits(step);
            if (fits) {
                events.addAll(fold.decideAndApply(asked(step)));
                events.addAll(fold.proceed(step.at()));
            }
        }
        state.fold(null);
        if (!fits) {
            events.addAll(fold.decideAndApply(new RunInput.Broken(end.at(), contradiction(dispatch))));
        }
        events.addAll(fold.decideAndApply(end));
        return events;
    }

    /** Whether what a worker says it did is what this run would have done: no attempt that was never handed out. */
    private boolean fits(RunInput step) {
        return switch (step) {
            case RunInput.Reported reported -> reported.outcomes().stream().allMatch(this::fits);
            case RunInput.Answered answered ->
                answered.answers().stream()
                        .allMatch(answer -> state.task(answer.key()) != null
                                && (!(answer instanceof InlineAnswer.Executed executed) || fits(executed.outcome())));
            case RunInput.Proceed again -> true;
            case RunInput.Begin other -> false;
            case RunInput.Returned other -> false;
            case RunInput.Lost other -> false;
            case RunInput.Commanded other -> false;
            case RunInput.Elapsed other -> false;
            case RunInput.GaveBack other -> false;
            case RunInput.Announced other -> false;
            case RunInput.ChildStarted other -> false;
            case RunInput.Broken other -> false;
            case RunInput.Untaken other -> false;
            case RunInput.QueueSeen other -> false;
        };
    }

    private boolean fits(Outcome outcome) {
        TaskView task = state.task(outcome.key());
        return task != null && outcome.attempt() <= task.attempt();
    }

    /** A worker that stopped attempts which this run did not want stopped owes them: its dispatch's end says so. */
    private RunInput asked(RunInput step) {
        if (!(step instanceof RunInput.Reported reported) || isStopping()) {
            return step;
        }
        return new RunInput.Reported(
                reported.at(),
                reported.outcomes().stream()
                        .filter(outcome -> !(outcome.result() instanceof Outcome.Cancelled))
                        .toList());
    }

    private boolean isStopping() {
        LaneView lane = state.folding();
        return state.closing() != null || (lane != null && Ending.stops(state.policy(), lane));
    }

    private static TaskError contradiction(long dispatch) {
        return TaskError.of(
                ErrorCode.SCHEDULER_ERROR,
                "Expected the group of dispatch " + dispatch
                        + " to be scheduled as the run would have, but its worker did otherwise");
    }
}
