package dev.ratchet.workflow;

import dev.ratchet.run.InlineAnswer;
import dev.ratchet.run.RunCommand;
import dev.ratchet.run.RunInput;
import dev.ratchet.run.RunState;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.util.Collection;
import java.util.List;

/** What a run has others do: keeps what is to be sent, and gives each piece to whom it concerns. */
final class Outgoing {
    /** An aborted run is over after ten seconds, eight of which its tasks may have had; queues look for what is left. */
    private static final long LAST_WORDS_MS = 2_000;

    private final RunState state;
    private final Mailbox mailbox;
    private final Turn turn = new Turn();
    private final Outbox outbox = new Outbox(turn);
    private final Sending sending;
    private final Assigning assigning;
    private final Delegating delegating;
    private final Searching searching;
    private final SeparateDispatches separate;
    private final Allowance allowance;
    private boolean pausing;

    Outgoing(RunStart start, RunState state, Mailbox mailbox, Carriage carriage, Renewal renewal) {
        this.state = state;
        this.mailbox = mailbox;
        this.separate = new SeparateDispatches(start.run().workflowId(), mailbox, renewal.lookMs());
        this.sending = new Sending(start.run(), mailbox, carriage, renewal, separate, turn);
        this.assigning = new Assigning(start.run(), mailbox, turn);
        this.delegating = new Delegating(start, state, mailbox, turn);
        this.searching = new Searching(start.run(), mailbox);
        this.allowance = new Allowance(state);
    }

    /** A new workflow task began, or one that only now hears from outside. */
    void freshTurn(long now) {
        turn.begin(now);
        pausing = false;
    }

    void add(Collection<RunCommand> commands) {
        outbox.add(commands);
    }

    /** Whether all of it was sent, and what is under way goes on without this execution; what is said again may wait. */
    boolean mayRenew() {
        return outbox.isEmpty() && assigning.hasSaid() && delegating.hasSaid() && state.isQuietBut(separate.started());
    }

    /** What goes on without this execution. */
    SeparateDispatches separate() {
        return separate;
    }

    /** What the end of a dispatch means to the run. */
    RunInput read(long at, DispatchEnd end) {
        return sending.read(at, end);
    }

    /** Whether local work goes on: its answers come within the same workflow task. */
    boolean worksLocally() {
        return turn.worksLocally();
    }

    /** Does short work at once, when nothing else goes on. */
    InlineAnswer now(RunCommand.Inline command) {
        return sending.now(command, allowance.perTask());
    }

    /** Sends as much as one turn may; the rest in turns of its own. */
    void send(long now) {
        sending.sendStored();
        for (RunCommand command = outbox.poll(now); command != null; command = outbox.poll(now)) {
            switch (command) {
                case RunCommand.Inline inline ->
                    sending.inline(inline, allowance.perTask(), allowance.perPreparation());
                case RunCommand.Dispatch dispatch ->
                    sending.dispatch(
                            dispatch,
                            allowance.perTask(
                                    dispatch.dispatch(), dispatch.attempts().size()));
                case RunCommand.DispatchGroup group ->
                    sending.dispatch(
                            group,
                            allowance.perTask(
                                    group.dispatch(), group.piece().root().size()));
                case RunCommand.External external -> sending.external(external);
                case RunCommand.Announce announce -> assigning.announce(announce);
                case RunCommand.Withdraw withdraw -> assigning.withdraw(withdraw);
                case RunCommand.StartChild child -> delegating.start(child);
                case RunCommand.StopChild child -> delegating.stop(child);
                case RunCommand.SeekWorker seek -> searching.seek(seek);
                case RunCommand.CancelDispatches cancel -> {
                    List<RunCommand> unsent = outbox.withdraw();
                    sending.cancel(unsent);
                    outbox.add(lastWords(unsent));
                }
                case RunCommand.CancelSome some ->
                    sending.cancelSome(some.dispatches(), outbox.withdraw(some.dispatches()));
            }
        }
        assigning.goOn();
        delegating.goOn();
        if (!pausing && needsAnotherTurn(now)) {
            pausing = true;
            sending.nextTurn();
        }
        sending.closed(state.dispatches());
        separate.lookAfter(now);
    }

    private boolean needsAnotherTurn(long now) {
        return outbox.needsAnotherTurn(now) || assigning.isHeldUp() || delegating.isHeldUp();
    }

    /** The end of a workflow drops what is under way, and nobody should begin or go on with work that is void. */
    void sayLastWords() {
        long deadline = Workflow.currentTimeMillis() + LAST_WORDS_MS;
        outbox.add(lastWords(outbox.withdraw()));
        while (!areHeard() && isTurn(deadline)) {
            long now = Workflow.currentTimeMillis();
            if (mailbox.takeOutside()) {
                freshTurn(now);
            }
            send(now);
        }
    }

    private boolean areHeard() {
        return outbox.isEmpty() && isHeard();
    }

    /** Waits until there is something to do about the last words; false when the time for them is over before. */
    private boolean isTurn(long deadline) {
        long now = Workflow.currentTimeMillis();
        boolean unsent = !outbox.isEmpty() && !pausing;
        return unsent
                || (now < deadline
                        && Workflow.await(Duration.ofMillis(deadline - now), () -> mailbox.isOutside() || areHeard()));
    }

    /** Whether everybody who is to stop, or not to begin, was told so. */
    boolean isHeard() {
        return assigning.isSettled() && delegating.isSettled();
    }

    private static List<RunCommand> lastWords(List<RunCommand> commands) {
        return commands.stream()
                .filter(command -> command instanceof RunCommand.Withdraw || command instanceof RunCommand.StopChild)
                .toList();
    }
}
