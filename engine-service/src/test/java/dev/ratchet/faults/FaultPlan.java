package dev.ratchet.faults;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;

/**
 * Which faults hit when: one or two at a time, and never two on the same target. A seed gives the same plan again.
 *
 * @param hits in the order of their times
 */
record FaultPlan(List<Hit> hits) {
    /** Before the first, so that there is something to hit. */
    private static final int LEAD_MS = 3_000;

    /**
     * One of them.
     *
     * @param atMs since the round began
     * @param lastsMs until it is healed
     * @param choice what else is left to chance: which worker, which way a clock is off
     */
    record Hit(Fault fault, int atMs, int lastsMs, int choice) {
        int endMs() {
            return atMs + lastsMs;
        }
    }

    FaultPlan {
        hits = List.copyOf(hits);
    }

    /** @param possible on this host */
    static FaultPlan draw(Random random, int forMs, Set<Fault> possible) {
        List<Fault> faults = possible.stream().sorted().toList();
        List<Hit> hits = new ArrayList<>();
        for (int at = LEAD_MS; at < forMs; at += 1_500 + random.nextInt(5_000)) {
            Fault fault = faults.get(random.nextInt(faults.size()));
            int lasts = fault.leastMs() + random.nextInt(fault.mostMs() - fault.leastMs() + 1);
            Hit hit = new Hit(fault, at, lasts, random.nextInt(1_000));
            if (fits(hit, hits)) {
                hits.add(hit);
            }
        }
        return new FaultPlan(hits);
    }

    private static boolean fits(Hit hit, List<Hit> before) {
        List<Hit> under =
                before.stream().filter(other -> other.endMs() > hit.atMs()).toList();
        return under.size() < 2
                && under.stream()
                        .allMatch(other -> Collections.disjoint(
                                other.fault().targets(), hit.fault().targets()));
    }
}
