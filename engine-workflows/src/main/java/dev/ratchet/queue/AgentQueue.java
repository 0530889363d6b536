package dev.ratchet.queue;

import dev.ratchet.queue.CarriedQueue.Entry;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The jobs of one queue, first come first served. A job that was leased keeps its place, so when its lease ends it is the
 * next again. Times are epoch milliseconds and come with each call. Not thread-safe.
 */
public final class AgentQueue {
    /** Announcements and withdrawals may overtake each other; those of so many jobs are told apart. */
    static final int REMEMBERED = 1_000;

    private final Map<String, Entry> entries = new LinkedHashMap<>();
    private final Set<String> withdrawn = new LinkedHashSet<>();
    private long leases;

    public AgentQueue() {}

    public AgentQueue(CarriedQueue carried) {
        carried.entries().forEach(entry -> entries.put(entry.job().id(), entry));
        withdrawn.addAll(carried.withdrawn());
        leases = carried.leases();
    }

    public CarriedQueue carried() {
        return new CarriedQueue(List.copyOf(entries.values()), List.copyOf(withdrawn), leases);
    }

    /** Takes a job in; one that is there already, or was withdrawn, changes nothing. */
    public void offer(QueuedJob job) {
        if (!withdrawn.contains(job.id())) {
            entries.putIfAbsent(job.id(), new Entry(job, 0, 0));
        }
    }

    /** Nobody needs the job any more, nor if it is yet to come. */
    public void withdraw(String id) {
        entries.remove(id);
        withdrawn.remove(id);
        withdrawn.add(id);
        if (withdrawn.size() > REMEMBERED) {
            Iterator<String> oldest = withdrawn.iterator();
            oldest.next();
            oldest.remove();
        }
    }

    /** How many jobs nobody has. */
    public int waiting(long now) {
        return (int)
                entries.values().stream().filter(entry -> isFree(entry, now)).count();
    }

    /** Gives at most so many jobs that nobody has, in order of arrival. */
    public List<Lease> lease(int most, long leaseMs, long now) {
        List<Lease> given = new ArrayList<>();
        for (Map.Entry<String, Entry> each : entries.entrySet()) {
            if (given.size() >= most) {
                break;
            }
            Entry entry = each.getValue();
            if (isFree(entry, now)) {
                leases++;
                each.setValue(new Entry(entry.job(), leases, now + leaseMs));
                given.add(new Lease(entry.job(), leases, now + leaseMs));
            }
        }
        return given;
    }

    /**
     * Whoever has the job works on it. A lease that ended goes on if nobody else has the job meanwhile.
     *
     * @param lease number of the lease; absent for whichever there is
     */
    public void renew(String id, @Nullable Long lease, long leaseMs, long now) {
        Entry entry = entries.get(id);
        if (entry == null || entry.lease() == 0) {
            return;
        }
        if (lease == null || lease == entry.lease()) {
            entries.put(id, new Entry(entry.job(), entry.lease(), Math.max(entry.until(), now + leaseMs)));
        }
    }

    /** Whoever has the job does not want it. */
    public void giveBack(String id, long lease) {
        Entry entry = entries.get(id);
        if (entry != null && entry.lease() == lease) {
            entries.put(id, new Entry(entry.job(), lease, 0));
        }
    }

    /** Number of the lease under which somebody has the job; absent when nobody does. */
    public @Nullable Long leaseOf(String id, long now) {
        Entry entry = entries.get(id);
        return entry == null || isFree(entry, now) ? null : (Long) entry.lease();
    }

    /** Workflow ids of runs that jobs are of, those of the oldest first. */
    public List<String> runs(int most) {
        return entries.values().stream()
                .map(entry -> entry.job().run())
                .distinct()
                .limit(most)
                .toList();
    }

    /** Drops the jobs of runs that have ended without a word. */
    public void drop(Collection<String> closedRuns) {
        Set<String> closed = new TreeSet<>(closedRuns);
        entries.values().removeIf(entry -> closed.contains(entry.job().run()));
    }

    public boolean isEmpty() {
        return entries.isEmpty();
    }

    private static boolean isFree(Entry entry, long now) {
        return entry.until() <= now;
    }
}
