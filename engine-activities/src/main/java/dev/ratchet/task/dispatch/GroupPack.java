package dev.ratchet.task.dispatch;

import dev.ratchet.plan.Policies.OnFailure;
import dev.ratchet.run.Attempt;
import dev.ratchet.run.Commands;
import dev.ratchet.run.InlineAnswer;
import dev.ratchet.run.InlineJob;
import dev.ratchet.run.LaneView;
import dev.ratchet.run.Outcome;
import dev.ratchet.run.RunCommand;
import dev.ratchet.run.RunEvent;
import dev.ratchet.run.RunFold;
import dev.ratchet.run.RunInput;
import dev.ratchet.run.TaskKey;
import dev.ratchet.workflow.DispatchResult;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * A piece of the plan that this worker carries on its own: the run's decider folds here what happens here, and the run
 * repeats it. Ends when nothing can go on without a delay or a decision of the run. Its state belongs to the thread that
 * calls {@link #carryOut}; whoever works for it only puts what came of it into the queue.
 */
final class GroupPack {
    private final RunFold fold;
    private final GroupHands hands;
    private final Draining draining;
    private final Heartbeat heartbeat;
    private final BlockingQueue<Arrival> arrivals = new LinkedBlockingQueue<>();
    private final List<RunningAttempt> running = new ArrayList<>();
    private final TreeSet<TaskKey> handedBack = new TreeSet<>();
    private final List<RunInput> steps = new ArrayList<>();
    private boolean shutsDown;
    private int awaited;
    private long now;

    /** What comes back from the threads that work for the group. */
    private sealed interface Arrival {
        /** An attempt ended. */
        record Ended(Ending ending) implements Arrival {}

        /** Short work is done. */
        record Answered(List<InlineAnswer> answers) implements Arrival {}

        /** The worker's grace is over. */
        record Interrupted() implements Arrival {}
    }

    GroupPack(RunFold fold, GroupHands hands, Draining draining, Lifeline lifeline) {
        this.fold = fold;
        this.hands = hands;
        this.draining = draining;
        this.heartbeat = new Heartbeat(lifeline);
    }

    /** Folds until nothing is on its way, and returns what was folded, in order. */
    DispatchResult carryOut() {
        try (Draining.Registration registration = draining.onInterrupt(() -> arrivals.add(new Arrival.Interrupted()))) {
            obey(fold.proceed(tick()));
            while (awaited > 0) {
                goOn();
            }
        } finally {
            stopAll(Stop.SHUTDOWN);
        }
        return new DispatchResult(List.of(), List.copyOf(handedBack), steps);
    }

    private void goOn() {
        try {
            Arrival first = arrivals.poll(heartbeat.nanosLeft(), TimeUnit.NANOSECONDS);
            if (first != null) {
                takeIn(first);
            }
            if (heartbeat.hearsCancel(this::soFar)) {
                stopAll(Stop.CANCELLED);
            }
        } catch (InterruptedException e) {
            stopAll(Stop.SHUTDOWN);
        }
    }

    /** Takes in all that has arrived by now: outcomes together, because the decider settles them in the order of their ids. */
    private void takeIn(Arrival first) {
        List<Outcome> outcomes = new ArrayList<>();
        List<InlineAnswer> answers = new ArrayList<>();
        for (Arrival next = first; next != null; next = arrivals.poll()) {
            switch (next) {
                case Arrival.Answered each -> answers.addAll(each.answers());
                case Arrival.Ended(Ending.Settled settled) -> outcomes.add(settled.outcome());
                case Arrival.Ended(Ending.HandedBack back) -> handedBack.add(back.key());
                case Arrival.Interrupted graceOver -> stopAll(Stop.SHUTDOWN);
            }
            awaited -= next instanceof Arrival.Interrupted ? 0 : 1;
        }
        tick();
        if (!outcomes.isEmpty()) {
            step(new RunInput.Reported(now, outcomes));
        }
        if (!answers.isEmpty()) {
            step(new RunInput.Answered(now, answers));
        }
    }

    private void step(RunInput input) {
        steps.add(input);
        List<RunEvent> events = new ArrayList<>(fold.feed(input));
        events.addAll(fold.proceed(now));
        if (failsFast()) {
            stopAll(Stop.CANCELLED);
        }
        obey(events);
    }

    private boolean failsFast() {
        LaneView lane = fold.state().folding();
        return fold.state().policy().onFailure() == OnFailure.FAIL_FAST && lane != null && lane.hasFailed();
    }

    private void obey(List<RunEvent> events) {
        for (RunCommand command : Commands.of(fold.state(), events)) {
            switch (command) {
                case RunCommand.Dispatch dispatch -> start(dispatch);
                case RunCommand.Inline inline -> answer(inline);
                case RunCommand.CancelDispatches cancel -> stopAll(Stop.CANCELLED);
                case RunCommand.CancelSome some -> stopAll(Stop.CANCELLED);
                case RunCommand.External outside ->
                    throw notInGroup(outside.attempt().key());
                case RunCommand.StartChild outside -> throw notInGroup(outside.key());
                case RunCommand.StopChild outside -> throw notInGroup(outside.key());
                case RunCommand.Announce outside -> throw notInGroup(outside.key());
                case RunCommand.Withdraw outside -> throw notInGroup(outside.key());
                case RunCommand.SeekWorker outside -> {
                    // a worker has it
                }
                case RunCommand.DispatchGroup inner ->
                    throw new IllegalStateException("Expected no group inside a group, but got " + inner.group());
            }
        }
    }

    private static IllegalStateException notInGroup(TaskKey key) {
        return new IllegalStateException("Expected nothing that waits for others in a group, but got " + key);
    }

    private void start(RunCommand.Dispatch dispatch) {
        for (Attempt attempt : dispatch.attempts()) {
            if (shutsDown || draining.hasBegun()) {
                handedBack.add(attempt.key());
            } else {
                awaited++;
                RunningAttempt each = hands.start(attempt, dispatch.sources());
                running.add(each);
                each.onEnding(ending -> arrivals.add(new Arrival.Ended(ending)));
            }
        }
    }

    private void answer(RunCommand.Inline inline) {
        awaited++;
        List<InlineJob> jobs = inline.jobs();
        hands.answer(jobs, inline.sources(), answers -> arrivals.add(new Arrival.Answered(answers)));
    }

    private DispatchResult soFar() {
        return new DispatchResult(List.of(), List.of(), MessageSize.fitting(steps));
    }

    /** The time of the next step; the fold's clock never goes back. */
    private long tick() {
        now = Math.max(now, hands.now());
        return now;
    }

    private void stopAll(Stop why) {
        shutsDown |= why == Stop.SHUTDOWN;
        running.forEach(each -> each.stop(why));
    }
}
