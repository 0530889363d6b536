package dev.ratchet.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Rounds, one after the other, each with the seed after that of the one before, until the time is over. */
final class Campaign {
    private final long seed;
    private final Duration time;
    private final Appendable out;
    private final List<RoundResult> rounds = new ArrayList<>();

    /** @param time after which no further round begins; there is one in any case */
    Campaign(long seed, Duration time, Appendable out) {
        this.seed = seed;
        this.time = time;
        this.out = out;
    }

    /** Returns whether nothing was found. */
    boolean play() throws IOException {
        long end = System.nanoTime() + time.toNanos();
        do {
            RoundResult result = round(seed + rounds.size());
            rounds.add(result);
            tell(result);
        } while (System.nanoTime() < end);
        out.append(table());
        return rounds.stream().allMatch(RoundResult::isClean);
    }

    private static RoundResult round(long seed) throws IOException {
        Path folder = Files.createTempDirectory("ratchet-chaos-" + seed + "-");
        RoundResult result = new Round(seed).play(folder);
        if (result.isClean()) {
            try (Stream<Path> files = Files.walk(folder)) {
                files.sorted(Comparator.reverseOrder())
                        .forEach(file -> file.toFile().delete());
            }
        }
        return result;
    }

    private void tell(RoundResult round) throws IOException {
        out.append("round %d (seed %d): %d runs, %d faults, %d findings; %s%n"
                .formatted(
                        rounds.size(),
                        round.seed(),
                        round.runs(),
                        round.hits(),
                        round.findings().size(),
                        round.notes()));
        if (!round.isClean()) {
            for (Findings.Finding finding : round.findings()) {
                out.append("  %s %s: %s%n".formatted(finding.invariant(), finding.about(), finding.what()));
            }
            out.append("  %s%n  logs, ledger and documents: %s%n".formatted(round.schedule(), round.folder()));
        }
    }

    private String table() {
        Map<Fault, Integer> faults = new EnumMap<>(Fault.class);
        rounds.forEach(round -> round.faults().forEach((fault, times) -> faults.merge(fault, times, Integer::sum)));
        Map<String, Long> found = rounds.stream()
                .flatMap(round -> round.findings().stream())
                .collect(Collectors.groupingBy(Findings.Finding::invariant, TreeMap::new, Collectors.counting()));
        StringBuilder table = new StringBuilder("%n%-32s %6s%n".formatted("what", "times"));
        row(table, "rounds", rounds.size());
        row(table, "runs", rounds.stream().mapToInt(RoundResult::runs).sum());
        for (Fault fault : Fault.values()) {
            row(
                    table,
                    fault.name().toLowerCase(java.util.Locale.ROOT).replace('_', ' '),
                    faults.getOrDefault(fault, 0));
        }
        found.forEach((invariant, times) -> row(table, "FOUND: " + invariant, times));
        row(
                table,
                "findings",
                found.values().stream().mapToLong(Long::longValue).sum());
        return table.toString();
    }

    private static void row(StringBuilder table, String what, long times) {
        table.append("%-32s %6d%n".formatted(what, times));
    }
}
