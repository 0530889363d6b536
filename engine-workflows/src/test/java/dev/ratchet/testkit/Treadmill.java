package dev.ratchet.testkit;

import dev.ratchet.plan.Plan;
import dev.ratchet.run.Commands;
import dev.ratchet.run.InlineAnswer;
import dev.ratchet.run.Outcome;
import dev.ratchet.run.RunCommand;
import dev.ratchet.run.RunEvent;
import dev.ratchet.run.RunFold;
import dev.ratchet.run.RunInput;
import dev.ratchet.run.RunState;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.function.Function;

/**
 * Carries out a run with one answer for each wake-up, in the order in which things were asked for, and does next to nothing
 * beside: for tests of what a run costs. Knows no groups, people or children.
 */
public final class Treadmill {
    private final Actors actors = new Actors();
    private final Queue<RunCommand> open = new ArrayDeque<>();
    private final RunFold fold;
    private long now = 1_700_000_000_000L;
    private long events;
    private long wakeUps;

    public Treadmill(Plan plan) {
        this(plan, RunFold::new);
    }

    /** Folds otherwise. */
    public Treadmill(Plan plan, Function<RunState, RunFold> folding) {
        fold = folding.apply(new RunState(plan));
    }

    public Treadmill script(String id, Script script) {
        actors.play(id, script);
        return this;
    }

    /** Walks until the run ended. */
    public Treadmill toEnd() {
        wakeUp(new RunInput.Begin(now));
        while (!state().isEnded()) {
            RunCommand command = open.remove();
            now++;
            wakeUp(answer(command));
        }
        return this;
    }

    public RunState state() {
        return fold.state();
    }

    /** Events so far. */
    public long events() {
        return events;
    }

    /** Inputs so far. */
    public long wakeUps() {
        return wakeUps;
    }

    private void wakeUp(RunInput input) {
        wakeUps++;
        List<RunEvent> made = new ArrayList<>(fold.feed(input));
        made.addAll(fold.proceed(now));
        events += made.size();
        open.addAll(Commands.of(state(), made));
    }

    private RunInput answer(RunCommand command) {
        if (command instanceof RunCommand.Inline work) {
            List<InlineAnswer> answers = work.jobs().stream()
                    .map(job -> actors.answer(job, work.sources(), now))
                    .toList();
            return new RunInput.Answered(now, answers);
        }
        if (command instanceof RunCommand.Dispatch dispatch) {
            List<Outcome> outcomes = dispatch.attempts().stream()
                    .map(attempt -> actors.outcome(attempt, now))
                    .toList();
            return new RunInput.Returned(now, dispatch.dispatch(), outcomes, List.of(), List.of());
        }
        throw new AssertionError("Expected local work or a dispatch, but it is " + command);
    }
}
