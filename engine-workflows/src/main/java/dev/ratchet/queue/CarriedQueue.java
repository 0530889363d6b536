package dev.ratchet.queue;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;

/**
 * A queue as it goes on after continue-as-new.
 *
 * @param entries in order of arrival
 * @param withdrawn ids of jobs that were withdrawn lately
 * @param leases how many were given so far
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record CarriedQueue(List<Entry> entries, List<String> withdrawn, long leases) {
    public CarriedQueue {
        entries = entries == null ? List.of() : List.copyOf(entries);
        withdrawn = withdrawn == null ? List.of() : List.copyOf(withdrawn);
    }

    /**
     * A job and who has it.
     *
     * @param lease number of the latest lease; 0 before the first
     * @param until when that lease ends, epoch milliseconds
     */
    @JsonInclude(JsonInclude.Include.NON_DEFAULT)
    public record Entry(QueuedJob job, long lease, long until) {}
}
