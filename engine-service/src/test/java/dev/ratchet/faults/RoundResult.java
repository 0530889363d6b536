package dev.ratchet.faults;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What a round gave.
 *
 * @param faults how often each was done
 * @param schedule what was done when
 * @param folder where logs, ledger and documents are
 */
record RoundResult(
        long seed,
        int runs,
        Map<Fault, Integer> faults,
        List<Findings.Finding> findings,
        String notes,
        String schedule,
        Path folder) {
    RoundResult {
        faults = Map.copyOf(faults);
        findings = List.copyOf(findings);
    }

    boolean isClean() {
        return findings.isEmpty();
    }

    int hits() {
        return faults.values().stream().mapToInt(Integer::intValue).sum();
    }
}
