package dev.ratchet.workflow;

import dev.ratchet.document.ErrorCode;
import dev.ratchet.document.Json;
import dev.ratchet.plan.Plan;
import dev.ratchet.run.CarriedRun;
import dev.ratchet.run.Command;
import dev.ratchet.run.Commands;
import dev.ratchet.run.DecisionRules;
import dev.ratchet.run.RunEvent;
import dev.ratchet.run.RunFold;
import dev.ratchet.run.RunInput;
import dev.ratchet.run.RunState;
import dev.ratchet.run.TaskError;
import dev.ratchet.run.Value;
import io.temporal.workflow.Promise;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.unsafe.WorkflowUnsafe;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/**
 * The one loop of a run: waits, takes in what arrived, decides, and carries out what follows. What cannot be read fails the
 * workflow task, which is tried again. What the decider throws ends the run with {@code scheduler_error}: tried again it
 * would throw again, and wedge the run.
 */
final class RunLoop {
    private static final Logger LOG = Workflow.getLogger(RunLoop.class);

    private final RunStart start;
    private final Mailbox mailbox;
    private final Renewal renewal;
    private final Outgoing outgoing;
    private final DueTimer timer;
    private final Sealing sealing;
    private final Showing showing;
    private final Patches patches;
    private final Reset reset = new Reset();
    private final RunState state;
    private final RunFold fold;
    private boolean isReset;
    private final Telling telling;
    private @Nullable Snapshot result;

    RunLoop(RunStart start, PlanSource plans, Mailbox mailbox, DecisionRules rules, Renewal renewal) {
        this.start = start.packed();
        this.mailbox = mailbox;
        this.renewal = renewal;
        Carriage carriage = new Carriage(plans);
        this.timer = new DueTimer(mailbox);
        this.state = new RunState(plan(start.plan(), plans), start.run().engineVersion());
        this.fold = new RunFold(state, rules.decider());
        this.outgoing = new Outgoing(start, state, mailbox, carriage, renewal);
        this.sealing = new Sealing(state, mailbox);
        this.showing = new Showing(state);
        this.patches = new Patches(plans, mailbox, state, renewal);
        this.telling = new Telling(this.start, state, sealing, patches);
        takeUp(carriage);
    }

    private static Plan plan(PlanRef ref, PlanSource plans) {
        if (ref.inline() == null) {
            return WorkflowUnsafe.deadlockDetectorOff(() -> plans.byHash(ref.hash()));
        }
        return Json.mapper().convertValue(ref.inline(), Plan.class);
    }

    private void takeUp(Carriage carriage) {
        if (start.carried() == null) {
            begin();
        } else {
            CarriedLoop carried = carriage.unpack(start.carried());
            carried.run().restore(state);
            sealing.restore(carried.pages());
            outgoing.separate().restore(state.dispatches(), carried.lookAt());
            outgoing.add(Commands.again(state));
            if (state.startedAt() == null) {
                begin();
            }
            mailbox.wakeFromOutside();
        }
    }

    private void begin() {
        Command asked = start.asked();
        if (asked != null) {
            mailbox.putFromOutside(at -> new RunInput.Commanded(at, asked));
        }
        mailbox.putFromOutside(RunInput.Begin::new);
    }

    /** Runs until the run ended; or continues as a new execution, and does not return. */
    void untilEnd() {
        while (!state.isEnded()) {
            Workflow.await(() -> !mailbox.isEmpty());
            turn();
            if (!state.isEnded() && renewal.isDue(state, outgoing)) {
                renew();
            }
        }
        showing.refresh(false);
        outgoing.sayLastWords();
        Reporting.report(start, state, outgoing::now);
        sealing.finish();
        result = Carriage.pack(telling.whole());
        Workflow.await(Workflow::isEveryHandlerFinished);
    }

    /** What the end of a dispatch that goes on without this execution means to the run. */
    RunInput read(long at, DispatchEnd end) {
        return outgoing.read(at, end);
    }

    Patches patches() {
        return patches;
    }

    private void turn() {
        long now = state.notBefore(Workflow.currentTimeMillis());
        if (mailbox.takeOutside()) {
            outgoing.freshTurn(now);
            noticeReset();
        }
        List<RunInput> inputs = mailbox.drain(now);
        try {
            outgoing.add(Commands.of(state, decide(inputs, now)));
        } catch (RuntimeException e) {
            LOG.error("The run met an error that no task explains", e);
            outgoing.add(Commands.of(state, giveUp(now)));
        }
        outgoing.send(now);
        timer.ensure(state.nextDue(), now, DueReason.of(state, state.nextDue()));
        sealing.sealFullPages();
        showing.refresh(outgoing.worksLocally());
    }

    private void noticeReset() {
        if (!isReset && reset.isNoticed()) {
            isReset = true;
            mailbox.put(at -> new RunInput.Broken(at, Reset.error()));
        }
    }

    /** What the workflow ends with; of a run that was reset, what it had ended with, or stood at, before. */
    Snapshot result() {
        Snapshot own = Objects.requireNonNull(result, "Expected a run that has ended, but it goes on");
        Snapshot before = isReset || reset.isNoticed() ? Reset.before() : own;
        if (before == null) {
            return own;
        }
        showing.show(before.run());
        return before;
    }

    private List<RunEvent> decide(List<RunInput> inputs, long now) {
        List<RunEvent> events = new ArrayList<>();
        for (RunInput input : inputs) {
            events.addAll(fold.feed(renewal.holds(state, outgoing) ? asked(input) : input));
        }
        if (!renewal.holds(state, outgoing)) {
            events.addAll(fold.proceed(now));
        }
        return events;
    }

    /** What was done beyond that would start tasks, which a run that is about to renew itself does not. */
    private static RunInput asked(RunInput input) {
        return input instanceof RunInput.Answered in ? new RunInput.Answered(in.at(), in.answers()) : input;
    }

    private List<RunEvent> giveUp(long now) {
        List<RunEvent> events = new ArrayList<>(fold.feed(new RunInput.Broken(
                now,
                TaskError.of(
                        ErrorCode.SCHEDULER_ERROR,
                        "Expected the run to decide what is next, but it met an internal error; the log has it"))));
        events.addAll(fold.proceed(now));
        return events;
    }

    /**
     * A new execution knows nothing of what was still to be said. What arrives while the state is being stored wants a turn
     * first: it would not be in it.
     */
    private void renew() {
        Workflow.await(() -> !mailbox.isEmpty() || outgoing.isHeard());
        if (!mailbox.isEmpty()) {
            return;
        }
        while (sealing.isSealingRest()) {
            Workflow.await(() -> mailbox.hasMail() || sealing.isWritten());
            if (mailbox.hasMail()) {
                return;
            }
        }
        Promise<? extends Value> carried = Carriage.pack(new CarriedLoop(
                CarriedRun.of(state, outgoing.separate().started()),
                sealing.pages(),
                outgoing.separate().lookAt()));
        Workflow.await(() -> mailbox.hasMail() || (carried.isCompleted() && Workflow.isEveryHandlerFinished()));
        if (mailbox.hasMail()) {
            return;
        }
        Workflow.continueAsNew(new RunStart(
                start.run(),
                start.name(),
                patches.plan(start.plan()),
                start.document(),
                start.createdAt(),
                Promises.read(carried),
                start.rerunOf(),
                start.parent(),
                null));
    }

    Snapshot snapshot(SnapshotRequest request) {
        return telling.part(request);
    }

    @Nullable
    CommandVerdict verdict(String commandId) {
        if (!state.hasRead(commandId)) {
            return null;
        }
        TaskError refusal = state.refusal(commandId);
        return refusal == null
                ? new CommandVerdict(true, null, null)
                : new CommandVerdict(false, refusal.code(), refusal.message());
    }
}
