package dev.ratchet.service.gateway;

import dev.ratchet.queue.Lease;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Lets all who wait for a job of one queue share their questions: one asks for all of them, and only while there is a job
 * somebody takes it out. So fifty waiting agents cost Temporal as much as one. First come, first served. Thread-safe.
 */
final class QueuePolls {
    private static final long SHORTEST_PAUSE_MS = 50;
    private static final long LONGEST_PAUSE_MS = 250;

    /** What the polls stand on. Both may throw what Temporal throws. */
    interface Source {
        /** How many jobs nobody has. */
        int waiting(String queue);

        /** At most so many of them; fewer when others were faster. */
        List<Lease> lease(String queue, int jobs, long leaseMs);

        /** Nobody is there any more who wanted it. */
        void giveBack(String queue, Lease lease);
    }

    private final Source source;
    private final Map<String, Waiting> queues = new ConcurrentHashMap<>();

    QueuePolls(Source source) {
        this.source = source;
    }

    /** Completes with a job, or empty when none came in time; asked once at least. */
    CompletableFuture<Optional<Lease>> next(String queue, long leaseMs, long waitMs) {
        Poll poll =
                new Poll(leaseMs, System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(waitMs), new CompletableFuture<>());
        queues.compute(queue, (id, present) -> {
            Waiting waiting = present == null ? new Waiting() : present;
            waiting.polls.add(poll);
            waiting.news = true;
            if (present == null) {
                waiting.asker = Thread.ofVirtual().name("queue " + id).start(() -> ask(id));
            } else {
                LockSupport.unpark(waiting.asker);
            }
            return waiting;
        });
        return poll.job;
    }

    private void ask(String queue) {
        long pause = SHORTEST_PAUSE_MS;
        while (true) {
            try {
                serve(queue);
            } catch (RuntimeException failed) {
                take(queue, Integer.MAX_VALUE, null).forEach(poll -> poll.job.completeExceptionally(failed));
            }
            if (dismiss(queue)) {
                return;
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(SHORTEST_PAUSE_MS));
            pause = isNews(queue) ? SHORTEST_PAUSE_MS : Math.min(2 * pause, LONGEST_PAUSE_MS);
            if (pause > SHORTEST_PAUSE_MS) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(pause - SHORTEST_PAUSE_MS));
            }
        }
    }

    private void serve(String queue) {
        int there = source.waiting(queue);
        Long leaseMs = there == 0 ? null : firstLease(queue);
        if (leaseMs == null) {
            return;
        }
        List<Poll> served = take(queue, there, leaseMs);
        Iterator<Lease> leases;
        try {
            leases = source.lease(queue, served.size(), leaseMs).iterator();
        } catch (RuntimeException failed) {
            served.forEach(poll -> poll.job.completeExceptionally(failed));
            return;
        }
        List<Poll> unserved = new ArrayList<>();
        for (Poll poll : served) {
            if (!leases.hasNext()) {
                unserved.add(poll);
            } else {
                poll.job.complete(Optional.of(leases.next()));
            }
        }
        leases.forEachRemaining(lease -> source.giveBack(queue, lease));
        putBack(queue, unserved);
    }

    private @Nullable Long firstLease(String queue) {
        Long[] first = new Long[1];
        queues.computeIfPresent(queue, (id, waiting) -> {
            Poll poll = waiting.polls.peek();
            first[0] = poll == null ? null : (Long) poll.leaseMs;
            return waiting;
        });
        return first[0];
    }

    private List<Poll> take(String queue, int most, @Nullable Long leaseMs) {
        List<Poll> taken = new ArrayList<>();
        queues.computeIfPresent(queue, (id, waiting) -> {
            for (Iterator<Poll> polls = waiting.polls.iterator(); polls.hasNext() && taken.size() < most; ) {
                Poll poll = polls.next();
                if (leaseMs == null || poll.leaseMs == leaseMs) {
                    taken.add(poll);
                    polls.remove();
                }
            }
            return waiting;
        });
        return taken;
    }

    private void putBack(String queue, List<Poll> unserved) {
        queues.computeIfPresent(queue, (id, waiting) -> {
            unserved.reversed().forEach(waiting.polls::addFirst);
            return waiting;
        });
    }

    /** Sends those away whose time is over; true when nobody is left. */
    private boolean dismiss(String queue) {
        List<Poll> over = new ArrayList<>();
        Waiting left = queues.computeIfPresent(queue, (id, waiting) -> {
            long now = System.nanoTime();
            waiting.polls.removeIf(poll -> poll.deadline - now <= 0 && over.add(poll));
            return waiting.polls.isEmpty() ? null : waiting;
        });
        over.forEach(poll -> poll.job.complete(Optional.empty()));
        return left == null;
    }

    private boolean isNews(String queue) {
        boolean[] news = new boolean[1];
        queues.computeIfPresent(queue, (id, waiting) -> {
            news[0] = waiting.news;
            waiting.news = false;
            return waiting;
        });
        return news[0];
    }

    /** Somebody who waits. */
    private record Poll(long leaseMs, long deadline, CompletableFuture<Optional<Lease>> job) {}

    /** All who wait for one queue; guarded by the map's entry. */
    private static final class Waiting {
        private final ArrayDeque<Poll> polls = new ArrayDeque<>();
        private @Nullable Thread asker;
        private boolean news;
    }
}
