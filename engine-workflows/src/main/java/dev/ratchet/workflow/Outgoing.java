package dev.ratchet.workflow;

import dev.ratchet.run.InlineAnswer;
import dev.ratchet.run.RunCommand;
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
    private final Outbox outbox = new Outbox();
    private final Sending sending;
    private final Assigning assigning;
    private final Delegating delegating;
    private final Elsewhere elsewhere;
    private final Allowance allowance;
    private boolean pausing;

    Outgoing(RunStart start, RunState state, Mailbox mailbox, Carriage carriage) {
        this.state = state;
        this.sending = new Sending(start.run(), mailbox, carriage);
        this.assigning = new Assigning(start.run(), mailbox);
        this.delegating = new Delegating(start, state, mailbox);
        this.elsewhere = new Elsewhere(mailbox);
        this.allowance = new Allowance(state);
    }

    /** A new workflow task began, or one that only now hears from outside. */
    void freshTurn(long now) {
        outbox.freshTurn(now);
        pausing = false;
    }

    void add(Collection<RunCommand> commands) {
        outbox.add(commands);
    }

    /** Whether all of it was sent. */
    boolean isEmpty() {
        return outbox.isEmpty();
    }

    /** Whether local work goes on: its answers come within the same workflow task. */
    boolean worksLocally() {
        return sending.worksLocally();
    }

    /** Does short work at once, when nothing else goes on. */
    InlineAnswer now(RunCommand.Inline command) {
        return sending.now(command, allowance.perTask());
    }

    /** Sends as much as one turn may; the rest in turns of its own. */
    void send(long now) {
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
        sending.closed(state.dispatches());
    }

    private void external(RunCommand.External command) {
        sending.external(command.dispatch(), elsewhere.start(command));
    }

    /** The end of a workflow drops what is under way, and nobody should begin or go on with work that is void. */
    void sayLastWords() {
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
        if (isHeard()) {
            return true;
        }
        long left = deadline - Workflow.currentTimeMillis();
        return left > 0 && Workflow.await(Duration.ofMillis(left), this::isHeard);
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
