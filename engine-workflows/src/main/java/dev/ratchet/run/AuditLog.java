package dev.ratchet.run;

import java.util.ArrayList;
import java.util.List;

/**
 * Keeps the requests that a run has read, the last of them: they travel over continue-as-new and in answers, both of which
 * have a size. Answers to tasks go first, for a run may wait for thousands of them, and each shows on its task.
 */
final class AuditLog {
    static final int MOST = 500;

    /** Of names, reasons and refusals together. */
    static final int MOST_CHARACTERS = 64_000;

    private final List<AuditEntry> entries = new ArrayList<>();
    private int characters;
    private long dropped;

    void note(RunEvent.CommandRead event) {
        add(AuditEntry.of(event));
        while (entries.size() > MOST || characters > MOST_CHARACTERS) {
            AuditEntry gone = entries.remove(leastWorth());
            characters -= gone.characters();
            dropped++;
        }
    }

    private void add(AuditEntry entry) {
        entries.add(entry);
        characters += entry.characters();
    }

    private int leastWorth() {
        for (int i = 0; i < entries.size(); i++) {
            if (entries.get(i).request() == AuditEntry.Asked.ANSWER) {
                return i;
            }
        }
        return 0;
    }

    Audit audit() {
        return entries.isEmpty() ? Audit.NONE : new Audit(entries, dropped);
    }

    void restore(Audit earlier) {
        earlier.entries().forEach(this::add);
        dropped += earlier.dropped();
    }
}
