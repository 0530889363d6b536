package dev.ratchet.queue;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;

/**
 * A queue as it goes on after continue-as-new.
 *
 * @param entries in order of arrival
 * @param withdrawn ids of jobs that were withdrawn lately
 * @param leases how many were given so far
 * @param parts references of queues that hold the entries instead, in order; none when they are here
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record CarriedQueue(List<Entry> entries, List<String> withdrawn, long leases, List<String> parts) {
    public CarriedQueue {
        entries = entries == null ? List.of() : List.copyOf(entries);
        withdrawn = withdrawn == null ? List.of() : List.copyOf(withdrawn);
        parts = parts == null ? List.of() : List.copyOf(parts);
    }

    /** A queue that has its entries with it. */
    public CarriedQueue(List<Entry> entries, List<String> withdrawn, long leases) {
        this(entries, withdrawn, leases, List.of());
    }

    /** The entries in queues of at most so many bytes, or of one entry. */
    public List<CarriedQueue> parts(long maxBytes, ToLongFunction<Entry> size) {
        List<CarriedQueue> cut = new ArrayList<>();
        List<Entry> part = new ArrayList<>();
        long bytes = 0;
        for (Entry entry : entries) {
            long more = size.applyAsLong(entry);
            if (!part.isEmpty() && bytes + more > maxBytes) {
                cut.add(new CarriedQueue(part, List.of(), 0));
                part.clear();
                bytes = 0;
            }
            part.add(entry);
            bytes += more;
        }
        cut.add(new CarriedQueue(part, List.of(), 0));
        return cut;
    }

    /** What travels once the parts are stored. */
    public CarriedQueue storedAs(List<String> refs) {
        return new CarriedQueue(List.of(), withdrawn, leases, refs);
    }

    /** The queue with the entries of its parts. */
    public CarriedQueue with(List<CarriedQueue> read) {
        List<Entry> all = new ArrayList<>(entries);
        read.forEach(part -> all.addAll(part.entries()));
        return new CarriedQueue(all, withdrawn, leases);
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
