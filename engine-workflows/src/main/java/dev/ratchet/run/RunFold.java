package dev.ratchet.run;

import dev.ratchet.document.ErrorCode;
import java.util.ArrayList;
import java.util.List;

/**
 * Folds inputs into a state: decide, apply, decide again. The run's workflow, a worker that has a group, and tests all
 * fold with this. Not thread-safe.
 */
public final class RunFold {
    private final RunState state;

    public RunFold(RunState state) {
        this.state = state;
    }

    public RunState state() {
        return state;
    }

    /** Takes one input in; returns the events it made. What follows from them waits for {@link #proceed}. */
    public List<RunEvent> feed(RunInput input) {
        return switch (input) {
            case RunInput.Returned in when !in.steps().isEmpty() -> feedGroup(in.dispatch(), in.steps(), in);
            case RunInput.Lost in when !in.steps().isEmpty() -> feedGroup(in.dispatch(), in.steps(), in);
            default -> decideAndApply(input);
        };
    }

    /** Decides what follows from the state, until nothing does. */
    public List<RunEvent> proceed(long at) {
        List<RunEvent> all = new ArrayList<>();
        List<RunEvent> step = decideAndApply(new RunInput.Proceed(at));
        while (!step.isEmpty()) {
            all.addAll(step);
            step = decideAndApply(new RunInput.Proceed(at));
        }
        return all;
    }

    /** Folds in the lane of a group from now on, as a worker that has it does. */
    public void foldGroup(long dispatch) {
        state.fold(dispatch);
    }

    /** Repeats what a worker folded. Its inputs are facts; the events are this run's own. */
    private List<RunEvent> feedGroup(long dispatch, List<RunInput> steps, RunInput end) {
        List<RunEvent> events = new ArrayList<>();
        if (!state.dispatches().contains(dispatch)) {
            return events;
        }
        state.fold(dispatch);
        for (RunInput step : steps) {
            if (!fits(step)) {
                state.fold(null);
                events.addAll(decideAndApply(new RunInput.Broken(end.at(), contradiction(dispatch))));
                return events;
            }
            events.addAll(decideAndApply(step));
            events.addAll(proceed(step.at()));
        }
        state.fold(null);
        events.addAll(decideAndApply(end));
        return events;
    }

    /** Whether what a worker says it did is what this run would have done. */
    private boolean fits(RunInput step) {
        return !(step instanceof RunInput.Reported reported)
                || reported.outcomes().stream().allMatch(outcome -> {
                    TaskView task = state.task(outcome.key());
                    return task != null
                            && (task.phase().isInFlight() || task.phase().isSettled());
                });
    }

    private static TaskError contradiction(long dispatch) {
        return TaskError.of(
                ErrorCode.SCHEDULER_ERROR,
                "Expected the group of dispatch " + dispatch
                        + " to be scheduled as the run would have, but its worker did otherwise");
    }

    private List<RunEvent> decideAndApply(RunInput input) {
        List<RunEvent> events = Decider.decide(state, input);
        events.forEach(state::apply);
        return events;
    }
}
