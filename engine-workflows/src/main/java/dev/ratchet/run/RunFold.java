package dev.ratchet.run;

import dev.ratchet.document.ErrorCode;
import dev.ratchet.plan.Plan;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.BiFunction;

/**
 * Folds inputs into a state: decide, apply, decide again. The run's workflow, a worker that has a group, and tests all
 * fold with this. Not thread-safe.
 */
public final class RunFold {
    private final RunState state;
    private final BiFunction<RunView, RunInput, List<RunEvent>> decider;

    public RunFold(RunState state) {
        this(state, DecisionRules.TODAY.decider());
    }

    /** Decides by other rules. */
    public RunFold(RunState state, BiFunction<RunView, RunInput, List<RunEvent>> decider) {
        this.state = state;
        this.decider = decider;
    }

    public RunState state() {
        return state;
    }

    /** Takes one input in; returns the events it made. What follows from them waits for {@link #proceed}. */
    public List<RunEvent> feed(RunInput input) {
        return switch (input) {
            case RunInput.Returned in when state.isGroup(in.dispatch()) -> feedGroup(in.dispatch(), in.steps(), in);
            case RunInput.Lost in when state.isGroup(in.dispatch()) -> feedGroup(in.dispatch(), in.steps(), in);
            case RunInput.Answered in when !in.ahead().isEmpty() -> feedAhead(in);
            default -> decideAndApply(input);
        };
    }

    /** Each outcome ahead is read once the run itself has started its task; the first that it has not ends the reading. */
    private List<RunEvent> feedAhead(RunInput.Answered in) {
        List<RunEvent> events = new ArrayList<>(decideAndApply(new RunInput.Answered(in.at(), in.answers())));
        for (InlineAnswer.Executed answer : in.ahead()) {
            events.addAll(proceed(in.at()));
            TaskView task = state.task(answer.key());
            if (task == null || task.phase() != Phase.EXECUTING) {
                return events;
            }
            events.addAll(decideAndApply(new RunInput.Answered(in.at(), List.of(answer))));
        }
        return events;
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

    /**
     * A fold for the worker that has a group: its first {@link #proceed} starts what can start at once. What the worker
     * feeds into it are the steps that it returns.
     *
     * @param piece the members, and the settled tasks outside that they need
     * @param settled the state of the latter
     * @param engineVersion the version of the run's rules
     */
    public static RunFold ofGroup(
            Plan piece, List<CarriedTask> settled, String group, long dispatch, int slots, int engineVersion, long at) {
        RunState state = new RunState(piece, engineVersion);
        settled.forEach(task -> task.restore(state));
        state.apply(new RunEvent.GroupQueued(at, TaskKey.ROOT, group));
        state.apply(new RunEvent.GroupHandedOver(at, dispatch, TaskKey.ROOT, group, slots));
        RunFold fold = new RunFold(state);
        fold.foldGroup(dispatch);
        return fold;
    }

    /** Folds in the lane of a group from now on, as a worker that has it does. */
    public void foldGroup(long dispatch) {
        state.fold(dispatch);
    }

    /** Whether nothing is asked, executed or owed: a group can then go on only by a delay or a decision of the run. */
    public boolean isIdle() {
        return state.tally.asked == 0
                && state.tally.executing == 0
                && state.dispatches().stream()
                        .allMatch(dispatch -> state.owed(dispatch).isEmpty());
    }

    /**
     * Repeats what a worker folded. Its inputs are facts; the events are this run's own. Like the worker it starts what
     * can start at once, so a delivery counts even when nothing was heard of it.
     */
    private List<RunEvent> feedGroup(long dispatch, List<RunInput> folded, RunInput end) {
        long handedAt = Objects.requireNonNull(state.open.groupLane(dispatch)).handedAt();
        List<RunInput> steps = WorkerClock.inTimeOfRun(folded, handedAt, end.at());
        state.fold(dispatch);
        List<RunEvent> events = new ArrayList<>(proceed(handedAt));
        boolean fits = true;
        for (RunInput step : steps) {
            fits = fits && fits(step);
            if (fits) {
                events.addAll(decideAndApply(asked(step)));
                events.addAll(proceed(step.at()));
            }
        }
        state.fold(null);
        if (!fits) {
            events.addAll(decideAndApply(new RunInput.Broken(end.at(), contradiction(dispatch))));
        }
        events.addAll(decideAndApply(end));
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
            default -> false;
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

    private List<RunEvent> decideAndApply(RunInput input) {
        List<RunEvent> events = decider.apply(state, input);
        events.forEach(state::apply);
        return events;
    }
}
