package dev.ratchet.run;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;

/**
 * What a run knows of the requests that it has read.
 *
 * @param entries oldest first
 * @param dropped how many more there were
 */
@JsonInclude(JsonInclude.Include.NON_DEFAULT)
public record Audit(List<AuditEntry> entries, long dropped) {
    public static final Audit NONE = new Audit(List.of(), 0);

    public Audit {
        entries = entries == null ? List.of() : List.copyOf(entries);
    }
}
