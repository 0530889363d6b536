package dev.ratchet.run;

import dev.ratchet.document.Money;
import dev.ratchet.money.Ledger;
import org.jspecify.annotations.Nullable;

/** What a run has used and paid: its ledger, its usage, and the share of each task. Bookkeeping only. */
final class Books {
    Ledger ledger;
    Usage usage = Usage.NONE;

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
        release(task);
        if (used != null) {
            ledger = ledger.settle(used.cost());
            count(task, used);
        }
    }

    /** Books what an attempt that never reported is presumed to have cost: its reservation. */
    void presume(TaskState task) {
        Money amount = task.reserved;
        release(task);
        if (amount != null) {
            ledger = ledger.presume(amount);
            count(task, new Usage(0, 0, amount));
        }
    }

    void raiseTo(Money limit) {
        ledger = ledger.raiseTo(limit);
    }

    private void count(TaskState task, Usage used) {
        task.usage = task.usage.plus(used);
        usage = usage.plus(used);
    }
}
