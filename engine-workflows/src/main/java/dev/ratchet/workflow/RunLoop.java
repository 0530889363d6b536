package dev.ratchet.workflow;

import dev.ratchet.document.ErrorCode;
import dev.ratchet.document.Json;
import dev.ratchet.plan.Plan;
import dev.ratchet.run.CarriedRun;
import dev.ratchet.run.Commands;
import dev.ratchet.run.RunCommand;
import dev.ratchet.run.RunEvent;
import dev.ratchet.run.RunFold;
import dev.ratchet.run.RunInput;
import dev.ratchet.run.RunState;
import dev.ratchet.run.TaskError;
import dev.ratchet.run.TaskRecord;
import dev.ratchet.run.Value;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.unsafe.WorkflowUnsafe;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;

/**
 * The one loop of a run: waits, takes in what arrived, decides, and carries out what follows. Whatever library code
 * throws in here ends the run with {@code scheduler_error}: an unexpected exception would wedge it instead.
 */
final class RunLoop {
    private static final Logger LOG = Workflow.getLogger(RunLoop.class);

    /** An aborted run is over after ten seconds, eight of which its tasks may have had; queues look for what is left. */
    private static final long LAST_WORDS_MS = 2_000;

    private final RunStart start;
    private final Mailbox mailbox;
    private final Outbox outbox = new Outbox();
    private final Sending sending;
    private final Assigning assigning;
    private final Delegating delegating;
    private final Elsewhere elsewhere;
    private final DueTimer timer;
    private final Allowance allowance;
    private final Sealing sealing;
    private final Showing showing;
    private final Patches patches;
    private final RunState state;
    private final RunFold fold;
    private boolean pausing;

    RunLoop(RunStart start, PlanSource plans, Mailbox mailbox) {
        this.start = start.packed();
        this.mailbox = mailbox;
        Carriage carriage = new Carriage(plans);
        this.sending = new Sending(start.run(), mailbox, carriage);
        this.elsewhere = new Elsewhere(mailbox);
        this.assigning = new Assigning(start.run(), mailbox);
        this.delegating = new Delegating(
                start.run(), start.parent() == null ? 0 : start.parent().depth(), mailbox);
        this.timer = new DueTimer(mailbox);
        this.state = new RunState(plan(start.plan(), plans));
        this.fold = new RunFold(state);
        this.allowance = new Allowance(state);
        this.sealing = new Sealing(state, mailbox);
        this.showing = new Showing(state);
        this.patches = new Patches(plans, mailbox, state);
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
            mailbox.putFromOutside(RunInput.Begin::new);
        } else {
            CarriedLoop carried = carriage.unpack(start.carried());
            carried.run().restore(state);
            sealing.restore(carried.pages());
            outbox.add(Commands.again(state));
            if (state.startedAt() == null) {
                mailbox.putFromOutside(RunInput.Begin::new);
            }
            mailbox.wakeFromOutside();
        }
    }

    /** Runs until the run ended; or continues as a new execution, and does not return. */
    void untilEnd() {
        while (!state.isEnded()) {
            Workflow.await(() -> !mailbox.isEmpty());
            turn();
            if (!state.isEnded() && Renewal.isDue(state, outbox)) {
                renew();
            }
        }
        showing.refresh(false);
        sayLastWords();
        Reporting.report(start, state, sending, allowance);
        sealing.finish();
        Workflow.await(Workflow::isEveryHandlerFinished);
    }

    Patches patches() {
        return patches;
    }

    /** The end of a workflow drops what is under way, and nobody should begin or go on with work that is void. */
    private void sayLastWords() {
        long deadline = Workflow.currentTimeMillis() + LAST_WORDS_MS;
        outbox.add(lastWords(outbox.withdraw()));
        while (areHeard(deadline) && !outbox.isEmpty()) {
            long now = Workflow.currentTimeMillis();
            outbox.freshTurn(now);
            send(now);
        }
    }

    /** False when the time was over before. */
    private boolean areHeard(long deadline) {
        if (assigning.isSettled() && delegating.isSettled()) {
            return true;
        }
        long left = deadline - Workflow.currentTimeMillis();
        return left > 0
                && Workflow.await(Duration.ofMillis(left), () -> assigning.isSettled() && delegating.isSettled());
    }

    private static List<RunCommand> lastWords(List<RunCommand> commands) {
        return commands.stream()
                .filter(command -> command instanceof RunCommand.Withdraw || command instanceof RunCommand.StopChild)
                .toList();
    }

    private void turn() {
        long now = Workflow.currentTimeMillis();
        if (mailbox.takeOutside()) {
            outbox.freshTurn(now);
            pausing = false;
        }
        try {
            outbox.add(Commands.of(state, decide(now)));
        } catch (RuntimeException e) {
            LOG.error("The run met an error that no task explains", e);
            outbox.add(Commands.of(state, giveUp(now)));
        }
        send(now);
        sending.closed(state.dispatches());
        timer.ensure(state.nextDue(), now, DueReason.of(state, state.nextDue()));
        sealing.sealFullPages();
        showing.refresh(sending.worksLocally());
    }

    private List<RunEvent> decide(long now) {
        List<RunEvent> events = new ArrayList<>();
        for (RunInput input : mailbox.drain(now)) {
            events.addAll(fold.feed(Renewal.holds(state, outbox) ? asked(input) : input));
        }
        if (!Renewal.holds(state, outbox)) {
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

    private void send(long now) {
        for (RunCommand command = outbox.poll(now); command != null; command = outbox.poll(now)) {
            switch (command) {
                case RunCommand.Inline inline -> sending.inline(inline, allowance.perTask());
                case RunCommand.Dispatch dispatch ->
                    outbox.weigh(sending.dispatch(
                            dispatch,
                            allowance.perTask(
                                    dispatch.dispatch(), dispatch.attempts().size())));
                case RunCommand.DispatchGroup group ->
                    outbox.weigh(sending.dispatch(
                            group,
                            allowance.perTask(
                                    group.dispatch(), group.piece().root().size())));
                case RunCommand.External external -> external(external);
                case RunCommand.Announce announce -> assigning.announce(announce);
                case RunCommand.Withdraw withdraw -> assigning.withdraw(withdraw);
                case RunCommand.StartChild child -> delegating.start(child);
                case RunCommand.StopChild child -> delegating.stop(child);
                case RunCommand.CancelDispatches cancel -> {
                    List<RunCommand> unsent = outbox.withdraw();
                    sending.cancel(unsent);
                    outbox.add(lastWords(unsent));
                }
                case RunCommand.CancelSome some ->
                    sending.cancelSome(some.dispatches(), outbox.withdraw(some.dispatches()));
            }
        }
        if (!outbox.isEmpty() && !pausing) {
            pausing = true;
            sending.nextTurn();
        }
    }

    private void external(RunCommand.External command) {
        sending.external(command.dispatch(), elsewhere.start(command));
    }

    /** What arrives while the state is being stored wants a turn first: it would not be in it. */
    private void renew() {
        sealing.sealAll();
        Value carried = Carriage.pack(new CarriedLoop(CarriedRun.of(state), sealing.pages()));
        Workflow.await(() -> mailbox.hasMail() || Workflow.isEveryHandlerFinished());
        if (mailbox.hasMail()) {
            return;
        }
        Workflow.continueAsNew(new RunStart(
                start.run(),
                start.name(),
                patches.plan(start.plan()),
                start.document(),
                start.createdAt(),
                carried,
                start.rerunOf(),
                start.parent()));
    }

    /** Readers come often and mostly have the plan already. */
    private PlanRef planFor(SnapshotRequest request) {
        PlanRef plan = patches.plan(start.plan());
        return plan.hash().equals(request.knownPlan()) ? new PlanRef(plan.hash(), null) : plan;
    }

    Snapshot snapshot(SnapshotRequest request) {
        List<TaskRecord> tasks = request.tasks() ? state.records(request.since()) : List.of();
        List<Snapshot.Page> pages = request.tasks() ? sealing.pages() : List.of();
        return new Snapshot(
                state.record(),
                tasks,
                pages.stream().filter(page -> page.version() > request.since()).toList(),
                planFor(request),
                new Snapshot.RunFacts(
                        start.run().id(),
                        start.run().organization(),
                        start.name(),
                        start.run().labels(),
                        start.createdAt(),
                        start.document(),
                        start.rerunOf(),
                        start.parent()),
                request.revisions() ? state.revisions() : List.of(),
                request.audit() && !state.audit().entries().isEmpty() ? state.audit() : null);
    }

    @org.jspecify.annotations.Nullable
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
