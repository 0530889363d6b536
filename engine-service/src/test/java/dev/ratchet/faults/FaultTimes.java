package dev.ratchet.faults;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** When faults really hit and were healed. Thread-safe. */
final class FaultTimes {
    /** Lost deliveries are noticed late, and programs that were away need time to come back. */
    private static final long SHADOW_MS = 40_000;

    private final List<Time> times = new CopyOnWriteArrayList<>();

    private record Time(Fault fault, long from, long to) {}

    void add(Fault fault, long from, long to) {
        times.add(new Time(fault, from, to));
    }

    /** Whether a fault or what it leaves behind lay in that time (epoch milliseconds). */
    boolean lieIn(long from, long to) {
        return times.stream().anyMatch(time -> time.from() <= to && time.to() + SHADOW_MS >= from);
    }

    Map<Fault, Integer> counts() {
        Map<Fault, Integer> counts = new EnumMap<>(Fault.class);
        times.forEach(time -> counts.merge(time.fault(), 1, Integer::sum));
        return counts;
    }
}
