package dev.ratchet.service.live;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Waits for the end of runs: one long poll for each run, shared by all who wait. Asks no worker. Thread-safe.
 */
public final class EndWatchers {
    private final RunHistory history;
    private final Map<String, Watch> watches = new ConcurrentHashMap<>();

    public EndWatchers(RunHistory history) {
        this.history = history;
    }

    /**
     * Waits for the end of a run.
     *
     * @param deadline of {@code System.nanoTime}
     * @return false when the deadline has passed
     * @throws RuntimeException what reading its history throws
     */
    public boolean await(String workflowId, long deadline) throws InterruptedException {
        CompletableFuture<Void> end = join(workflowId, deadline);
        try {
            end.get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
            return true;
        } catch (TimeoutException late) {
            return false;
        } catch (ExecutionException failed) {
            throw failed.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(failed);
        }
    }

    private CompletableFuture<Void> join(String workflowId, long deadline) {
        CompletableFuture<Void> end = new CompletableFuture<>();
        watches.compute(workflowId, (id, present) -> {
            Watch watch = present == null ? new Watch() : present;
            watch.join(end, deadline);
            if (present == null) {
                Thread.ofVirtual().name("await " + id).start(() -> follow(id, watch));
            }
            return watch;
        });
        return end;
    }

    private void follow(String workflowId, Watch watch) {
        try {
            RunHistory.@Nullable Position position = null;
            do {
                RunHistory.Page page = history.end(workflowId, position);
                position = page.position();
                if (page.ended()) {
                    leave(workflowId);
                    watch.end.complete(null);
                    return;
                }
            } while (isWanted(workflowId));
        } catch (RuntimeException failed) {
            leave(workflowId);
            watch.end.completeExceptionally(failed);
        }
    }

    /** Whether somebody still waits; the watch leaves the map in the same step when nobody does. */
    private boolean isWanted(String workflowId) {
        return watches.computeIfPresent(
                        workflowId, (id, watch) -> watch.lastDeadline - System.nanoTime() > 0 ? watch : null)
                != null;
    }

    private void leave(String workflowId) {
        watches.remove(workflowId);
    }

    /** Those who wait for one run; {@code lastDeadline} is guarded by the map's entry. */
    private static final class Watch {
        private final CompletableFuture<Void> end = new CompletableFuture<>();
        private long lastDeadline = Long.MIN_VALUE;
        private boolean first = true;

        void join(CompletableFuture<Void> waiter, long deadline) {
            lastDeadline = first || deadline - lastDeadline > 0 ? deadline : lastDeadline;
            first = false;
            end.whenComplete((nothing, error) -> {
                if (error == null) {
                    waiter.complete(null);
                } else {
                    waiter.completeExceptionally(error);
                }
            });
        }
    }
}
