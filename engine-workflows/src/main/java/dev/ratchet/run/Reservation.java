package dev.ratchet.run;

import dev.ratchet.document.ErrorCode;
import dev.ratchet.document.Money;
import dev.ratchet.money.Ledger;
import dev.ratchet.plan.Policies.OnBudget;
import dev.ratchet.plan.Policies.Scheduling;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Sets money aside, one task after the other in id order, so that tasks side by side never overcommit together. Pure. */
final class Reservation {
    private Reservation() {}

    static List<RunEvent> reserve(RunView view, LaneView lane, long at) {
        List<RunEvent> events = new ArrayList<>();
        if (!mayStart(lane)) {
            return events;
        }
        Ledger ledger = view.ledger();
        for (int index : lane.unpaid()) {
            TaskView task = view.task(lane, index);
            Money amount = task.unreserved();
            if (amount == null) {
                continue;
            }
            if (ledger.admits(amount)) {
                ledger = ledger.reserve(amount);
                events.add(new RunEvent.Reserved(at, task.key(), amount));
            } else {
                RunEvent refusal = refuse(view, lane, task, amount, ledger, at);
                if (refusal != null) {
                    events.add(refusal);
                }
            }
        }
        if (!ledger.isSpent()) {
            events.addAll(unbound(view, lane, at));
        }
        return events;
    }

    /** What waited because all was spent, and for which nothing is to be set aside, may go on. */
    private static List<RunEvent> unbound(RunView view, LaneView lane, long at) {
        return lane.awaitingBudget().stream()
                .map(index -> view.task(lane, index))
                .filter(task -> task.unreserved() == null)
                .map(task -> (RunEvent) new RunEvent.Queued(at, task.key()))
                .toList();
    }

    /**
     * What becomes of a task that is to be handed out although all is spent, for which nothing was set aside and which will
     * cost something, as it or its like did before; absent when it may go.
     */
    static @Nullable RunEvent refuseUnannounced(RunView view, TaskView task, long at) {
        if (view.isFolding() || !isBound(view, task)) {
            return null;
        }
        if (view.plan().policy().onBudget() == OnBudget.PAUSE) {
            return new RunEvent.BudgetAwaited(at, task.key());
        }
        TaskError error = TaskError.of(
                ErrorCode.BUDGET_EXCEEDED,
                "Expected " + task.key() + " to cost nothing more, because "
                        + text(view.ledger().spent())
                        + " is spent of a limit of " + view.ledger().limit() + ", but "
                        + (task.usage().isPriced()
                                ? "it"
                                : "a " + task.node().task().type() + " of this run")
                        + " has cost something before");
        return new RunEvent.Failed(at, task.key(), null, null, error, null);
    }

    /** Whether all is spent, and a task cost something before, or its like did, and nobody knows what it will. */
    static boolean isBound(RunView view, TaskView task) {
        return view.ledger().isSpent() && costsUnannounced(view, task);
    }

    private static boolean costsUnannounced(RunView view, TaskView task) {
        Money secured = task.reserved();
        Estimate estimate = task.estimate();
        boolean isUnknown = estimate == null || estimate.cost() == null;
        return (secured == null || secured.isZero())
                && (task.usage().isPriced()
                        || (isUnknown && view.isCostly(task.node().task().type())));
    }

    /** In a batch nothing starts before all of it is known: what is refused depends on earlier batches only. */
    static boolean mayStart(LaneView lane) {
        return lane.scheduling() == Scheduling.DATAFLOW || lane.undecided() == 0;
    }

    private static @Nullable RunEvent refuse(
            RunView view, LaneView lane, TaskView task, Money amount, Ledger ledger, long at) {
        boolean firstOfBatch = lane.scheduling() == Scheduling.BATCH && task.attempt() == 0;
        boolean waits =
                view.plan().policy().onBudget() == OnBudget.PAUSE || (!firstOfBatch && ledger.hasReservations());
        if (!waits) {
            return new RunEvent.Failed(at, task.key(), null, null, tooDear(task, amount, ledger), null);
        }
        return task.phase() == Phase.AWAITING_BUDGET ? null : new RunEvent.BudgetAwaited(at, task.key());
    }

    private static TaskError tooDear(TaskView task, Money amount, Ledger ledger) {
        return TaskError.of(
                ErrorCode.BUDGET_EXCEEDED,
                "Expected the next attempt of " + task.key() + " to fit the limit of " + ledger.limit()
                        + ", but its estimate is " + amount + ", with " + text(ledger.spent()) + " spent and "
                        + text(ledger.reserved()) + " reserved");
    }

    private static String text(@Nullable Money amount) {
        return amount == null ? "nothing" : amount.toString();
    }
}
