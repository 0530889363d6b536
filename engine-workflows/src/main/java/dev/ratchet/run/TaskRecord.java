package dev.ratchet.run;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that a reader learns of one task: what snapshots, sealed pages and results carry.
 *
 * @param version number of the run's event that changed the task last
 * @param attempts how many attempts were handed out
 * @param log attempts in order; left out while there is one attempt with one delivery, which the other fields describe
 * @param blockedBy ids, sorted
 * @param kept whether it was carried out in an earlier run, and cost nothing here
 * @param progress of a task that repeats others
 * @param hold what is asked of whom, while it waits for a person or an agent
 * @param delegated whether another run carries out its last attempt; absent when none does
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record TaskRecord(
        TaskKey key,
        TaskStatus state,
        long version,
        int revision,
        @Nullable WaitingFor waitingFor,
        @Nullable Long dueAt,
        int attempts,
        @Nullable Long startedAt,
        @Nullable Long endedAt,
        @Nullable Value output,
        @Nullable TaskError error,
        @Nullable SkipReason reason,
        List<String> blockedBy,
        @Nullable Usage usage,
        @Nullable Boolean simulated,
        List<Decision> decisions,
        List<AttemptRecord> log,
        @Nullable Hold hold,
        @Nullable Boolean kept,
        @Nullable Progress progress,
        @Nullable Boolean delegated) {
    public TaskRecord {
        blockedBy = blockedBy == null ? List.of() : List.copyOf(blockedBy);
        decisions = decisions == null ? List.of() : List.copyOf(decisions);
        log = log == null ? List.of() : List.copyOf(log);
    }

    /** Whether it has begun, as far as readers can tell; the run knows better. */
    public boolean hasBegun() {
        return switch (state) {
            case PENDING -> attempts > 0;
            case WAITING -> attempts > 0 || waitingFor != WaitingFor.BUDGET;
            case RUNNING, COMPLETED, FAILED, SKIPPED, CANCELLED -> true;
        };
    }

    /**
     * How far a task has come that repeats others.
     *
     * @param done turns or items that ended
     * @param failed those of them that failed
     * @param total how many there will be, at most
     */
    @JsonInclude(JsonInclude.Include.NON_DEFAULT)
    public record Progress(int done, int failed, int total) {}

    /**
     * One attempt.
     *
     * @param deliveries how often it was handed to a worker
     * @param lost how many of those never reported
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record AttemptRecord(
            int attempt,
            int deliveries,
            int lost,
            @Nullable Long startedAt,
            @Nullable Long endedAt,
            String state,
            @Nullable TaskError error,
            @Nullable Usage usage) {}
}
