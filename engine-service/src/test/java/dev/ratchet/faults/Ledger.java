package dev.ratchet.faults;

import dev.ratchet.document.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the ledger says, as it was read; immutable. */
final class Ledger {
    private final List<LedgerEntry> entries;
    private final Map<String, List<LedgerEntry>> byKey;

    Ledger(List<LedgerEntry> entries) {
        this.entries = List.copyOf(entries);
        this.byKey = this.entries.stream().collect(Collectors.groupingBy(LedgerEntry::key));
    }

    List<LedgerEntry> entries() {
        return entries;
    }

    /** Reads the file as far as its last whole line. */
    static Ledger read(Path file) {
        try {
            String text = Files.readString(file, StandardCharsets.UTF_8);
            return new Ledger(text.substring(0, text.lastIndexOf('\n') + 1)
                    .lines()
                    .map(line -> Json.read(line, LedgerEntry.class))
                    .toList());
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** Only the lines of one run. */
    Ledger of(String runKey) {
        return new Ledger(entries.stream()
                .filter(entry -> entry.key().startsWith(runKey + "/"))
                .toList());
    }

    Set<String> keys() {
        return new TreeSet<>(byKey.keySet());
    }

    List<LedgerEntry> all(LedgerEntry.Kind kind) {
        return entries.stream().filter(entry -> entry.kind() == kind).toList();
    }

    List<LedgerEntry> all(LedgerEntry.Kind kind, String key) {
        return ofKey(key).filter(entry -> entry.kind() == kind).toList();
    }

    /** How often a call of that key arrived. */
    int deliveries(String key) {
        return all(LedgerEntry.Kind.DELIVERED, key).size();
    }

    int applied(String key) {
        return all(LedgerEntry.Kind.APPLIED, key).size();
    }

    /** Calls that have neither an answer nor lost their caller. */
    long live() {
        return all(LedgerEntry.Kind.DELIVERED).size()
                - all(LedgerEntry.Kind.ANSWERED).size()
                - all(LedgerEntry.Kind.HUNG_UP).size();
    }

    /** When that happened first, on the ledger's monotonic clock; {@link Long#MAX_VALUE} if it did not. */
    long first(LedgerEntry.Kind kind, String key) {
        return ofKey(key)
                .filter(entry -> entry.kind() == kind)
                .mapToLong(LedgerEntry::nanos)
                .min()
                .orElse(Long.MAX_VALUE);
    }

    Ledger sorted() {
        return new Ledger(entries.stream()
                .sorted(Comparator.comparingLong(LedgerEntry::nanos))
                .toList());
    }

    private Stream<LedgerEntry> ofKey(String key) {
        return byKey.getOrDefault(key, List.of()).stream();
    }
}
