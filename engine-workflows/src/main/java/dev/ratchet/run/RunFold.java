package dev.ratchet.run;

import dev.ratchet.plan.Plan;
import java.util.ArrayList;
import java.util.List;
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
            case RunInput.Returned in
            when state.isGroup(in.dispatch()) -> new GroupReplay(this).feed(in.dispatch(), in.steps(), in);
            case RunInput.Lost in
            when state.isGroup(in.dispatch()) -> new GroupReplay(this).feed(in.dispatch(), in.steps(), in);
            case RunInput.Answered in when !in.ahead().isEmpty() -> feedAhead(in);
            default -> decideAndApply(input);
        };
    }

    /**
     * Each outcome ahead is read once the run itself has started its task; the first that it has not ends the reading, and so
     * does a task that a patch has changed since: what was done was another one.
     */
    private List<RunEvent> feedAhead(RunInput.Answered in) {
        List<InlineAnswer.Executed> ahead = in.ahead().stream()
                .takeWhile(answer -> isOfThisGraph(answer, in.answers()))
                .toList();
        List<RunEvent> events = new ArrayList<>(decideAndApply(new RunInput.Answered(in.at(), in.answers())));
        for (InlineAnswer.Executed answer : ahead) {
            events.addAll(proceed(in.at()));
            TaskView task = state.task(answer.key());
            if (task == null || task.phase() != Phase.EXECUTING) {
                return events;
            }
            events.addAll(decideAndApply(new RunInput.Answered(in.at(), List.of(answer))));
        }
        return events;
    }

    /** Whether a task is as it was when the work was asked for that the first answer is about. */
    private boolean isOfThisGraph(InlineAnswer.Executed ahead, List<InlineAnswer> asked) {
        TaskView task = state.task(ahead.key());
        TaskView first = asked.isEmpty() ? null : state.task(asked.getFirst().key());
        return task != null
                && first != null
                && state.taskState(task.key()).revision <= state.taskState(first.key()).revision;
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

    List<RunEvent> decideAndApply(RunInput input) {
        List<RunEvent> events = decider.apply(state, input);
        events.forEach(state::apply);
        return events;
    }
}
