package dev.ratchet.testkit;

import dev.ratchet.document.Money;
import dev.ratchet.run.RunEvent;
import dev.ratchet.run.TaskKey;
import dev.ratchet.run.Usage;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Keeps the books of a run a second time, from its events alone. */
final class AuditOfMoney {
    private final List<String> broken;
    private final Map<TaskKey, BigDecimal> reserved = new HashMap<>();
    private final Set<TaskKey> delegated = new HashSet<>();
    private @Nullable BigDecimal limit;
    private BigDecimal spent = BigDecimal.ZERO;
    private BigDecimal aboveEstimates = BigDecimal.ZERO;

    AuditOfMoney(@Nullable Money limit, List<String> broken) {
        this.limit = limit == null ? null : limit.amount();
        this.broken = broken;
    }

    void read(RunEvent event) {
        switch (event) {
            case RunEvent.Reserved e -> reserve(e);
            case RunEvent.Completed e -> settle(e.key(), e.usage());
            case RunEvent.AttemptFailed e -> settle(e.key(), e.usage());
            case RunEvent.Failed e -> settle(e.key(), e.usage());
            case RunEvent.Skipped e -> skip(e.key());
            case RunEvent.Delegated e -> delegated.add(e.key());
            case RunEvent.AnswerTaken e -> take(e);
            case RunEvent.Reopened e -> settle(e.key(), null);
            case RunEvent.Cancelled e -> {
                if (e.presumed()) {
                    presume(e.key());
                } else {
                    settle(e.key(), e.usage());
                }
            }
            case RunEvent.DeliveryLost e -> presume(e.key());
            case RunEvent.DeliveryUnheard e -> presume(e.key());
            case RunEvent.HandedBack e -> {
                if (e.begun()) {
                    settle(e.key(), e.usage());
                }
            }
            case RunEvent.BudgetRaised e -> limitTo(e.limit().amount());
            default -> {
                // no money in it
            }
        }
    }

    /** What was admitted before stays admitted, also under a lower limit. */
    private void limitTo(BigDecimal other) {
        limit = other;
        BigDecimal committed = reserved.values().stream().reduce(spent, BigDecimal::add);
        aboveEstimates = aboveEstimates.max(committed.subtract(other));
    }

    private void reserve(RunEvent.Reserved event) {
        check(reserved.put(event.key(), event.amount().amount()) == null, "money is reserved once: " + event);
        BigDecimal committed = reserved.values().stream().reduce(spent, BigDecimal::add);
        check(limit == null || committed.compareTo(limit) <= 0, "nothing is admitted above the limit: " + event);
    }

    private void settle(TaskKey key, @Nullable Usage usage) {
        delegated.remove(key);
        BigDecimal estimate = reserved.remove(key);
        Money cost = usage == null ? null : usage.cost();
        if (cost != null) {
            spent = spent.add(cost.amount());
            BigDecimal above = cost.amount().subtract(estimate == null ? BigDecimal.ZERO : estimate);
            aboveEstimates = aboveEstimates.add(above.max(BigDecimal.ZERO));
        }
    }

    /** A failure that was given is paid when the task fails of it. */
    private void take(RunEvent.AnswerTaken event) {
        delegated.remove(event.key());
        if (event.given().value() != null) {
            settle(event.key(), event.given().usage());
        }
    }

    /** What a run used that carried out a task which is done without now, nobody says. */
    private void skip(TaskKey key) {
        if (delegated.remove(key)) {
            presume(key);
        } else {
            settle(key, null);
        }
    }

    private void presume(TaskKey key) {
        BigDecimal estimate = reserved.remove(key);
        spent = estimate == null ? spent : spent.add(estimate);
    }

    void atTheEnd() {
        check(reserved.isEmpty(), "nothing stays reserved at the end, but " + reserved);
        check(
                limit == null || spent.compareTo(limit.add(aboveEstimates)) <= 0,
                "spend passes the limit only by what was reported above estimates, but " + spent);
    }

    BigDecimal spent() {
        return spent;
    }

    private void check(boolean kept, String promise) {
        if (!kept) {
            broken.add(promise);
        }
    }
}
