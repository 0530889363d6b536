package dev.ratchet.run;

import dev.ratchet.document.Money;
import dev.ratchet.money.Ledger;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What a run has used and paid: its ledger, its usage, and the share of each task. Bookkeeping only. */
final class Books {
    Ledger ledger;
    Usage usage = Usage.NONE;
    /** Types of tasks that have cost something for which nothing was set aside. */
    final TreeSet<String> costly = new TreeSet<>();

    Books(Ledger ledger) {
        this.ledger = ledger;
    }

    void reserve(TaskState task, Money amount) {
        task.reserved = amount;
        ledger = ledger.reserve(amount);
    }

    void release(TaskState task) {
        ledger = ledger.release(task.reserved);
        task.reserved = null;
    }

    /** Books what an attempt reported, which may be nothing. */
    void pay(TaskState task, @Nullable Usage used) {
        boolean secured = task.reserved != null;
        release(task);
        if (used != null) {
            if (!secured && used.isPriced()) {
                costly.add(task.node.task().type());
            }
            ledger = ledger.settle(used.cost(), used.presumed());
            task.usage = task.usage.plus(used);
            task.attemptUsage = task.attemptUsage.plus(used);
            usage = usage.plus(used);
        }
    }

    /** Books what an attempt that never reported is presumed to have cost: its reservation. */
    void presume(TaskState task) {
        pay(task, Usage.presumed(task.reserved));
    }

    void raiseTo(Money limit) {
        ledger = ledger.raiseTo(limit);
    }
}
