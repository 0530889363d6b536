package dev.ratchet.faults;

import java.util.EnumSet;
import java.util.Set;

/** What a campaign does to real processes, whom it hits, and for how long at least and at most. */
enum Fault {
    WORKER_KILLED(0, 4_000, Target.WORKER),
    WORKER_TERMINATED(0, 3_000, Target.WORKER),
    WORKER_FROZEN(1_000, 20_000, Target.WORKER),
    WORKER_WITH_A_CLOCK_OF_ITS_OWN(8_000, 20_000, Target.WORKER),
    SERVICE_KILLED(0, 4_000, Target.SERVICE),
    SERVICE_TERMINATED(0, 3_000, Target.SERVICE),
    SERVICE_FROZEN(1_000, 10_000, Target.SERVICE),
    TEMPORAL_KILLED(0, 4_000, Target.TEMPORAL),
    TEMPORAL_FROZEN(1_000, 10_000, Target.TEMPORAL),
    POWER_CUT(0, 3_000, Target.WORKER, Target.SERVICE, Target.TEMPORAL),
    DISK_FULL(2_000, 8_000, Target.WORKER, Target.SERVICE),
    LEDGER_SLOW(2_000, 8_000, Target.WAY_TO_LEDGER),
    LEDGER_CUT(500, 4_000, Target.WAY_TO_LEDGER),
    LEDGER_SILENT(1_000, 8_000, Target.WAY_TO_LEDGER),
    WAY_TO_TEMPORAL_SLOW(2_000, 8_000, Target.WAY_TO_TEMPORAL),
    WAY_TO_TEMPORAL_CUT(500, 6_000, Target.WAY_TO_TEMPORAL),
    WAY_TO_TEMPORAL_SILENT(1_000, 12_000, Target.WAY_TO_TEMPORAL);

    /** What one fault at a time may be done to. */
    enum Target {
        WORKER,
        SERVICE,
        TEMPORAL,
        WAY_TO_LEDGER,
        WAY_TO_TEMPORAL
    }

    private final int leastMs;
    private final int mostMs;
    private final Set<Target> targets;

    Fault(int leastMs, int mostMs, Target target, Target... more) {
        this.leastMs = leastMs;
        this.mostMs = mostMs;
        this.targets = EnumSet.of(target, more);
    }

    int leastMs() {
        return leastMs;
    }

    int mostMs() {
        return mostMs;
    }

    Set<Target> targets() {
        return targets;
    }
}
