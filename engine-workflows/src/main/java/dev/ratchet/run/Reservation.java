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
            Money amount = unreserved(task);
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
        return events;
    }

    /** In a batch nothing starts before all of it is known: what is refused depends on earlier batches only. */
    static boolean mayStart(LaneView lane) {
        return lane.scheduling() == Scheduling.DATAFLOW || lane.undecided() == 0;
    }

    /** The money that must be set aside before the next attempt; absent when none, or when it already is. */
    static @Nullable Money unreserved(TaskView task) {
        Estimate estimate = task.estimate();
        return estimate == null || task.reserved() != null ? null : estimate.cost();
    }

    private static @Nullable RunEvent refuse(
            RunView view, LaneView lane, TaskView task, Money amount, Ledger ledger, long at) {
        boolean firstOfBatch = lane.scheduling() == Scheduling.BATCH && task.ownAttempts() == 0;
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
