package dev.ratchet.service.api;

import dev.ratchet.run.TaskRecord;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The attempts of a task, in order. */
public record AttemptsBody(List<Attempt> attempts) {
    /**
     * One attempt.
     *
     * @param deliveries how often it was handed to a worker
     * @param lost how many of those never reported
     */
    public record Attempt(
            int attempt,
            String state,
            int deliveries,
            int lost,
            @Nullable Long startedAt,
            @Nullable Long endedAt,
            @Nullable ErrorBody error,
            @Nullable UsageBody usage) {}

    /** A task with one attempt and one delivery has no log: its own fields say it all. */
    public static AttemptsBody of(TaskRecord task) {
        if (!task.log().isEmpty()) {
            return new AttemptsBody(task.log().stream().map(AttemptsBody::of).toList());
        }
        return new AttemptsBody(task.attempts() == 0 ? List.of() : List.of(only(task)));
    }

    private static Attempt of(TaskRecord.AttemptRecord attempt) {
        return new Attempt(
                attempt.attempt(),
                attempt.state(),
                attempt.deliveries(),
                attempt.lost(),
                attempt.startedAt(),
                attempt.endedAt(),
                ErrorBody.of(attempt.error()),
                UsageBody.ofNullable(attempt.usage()));
    }

    private static Attempt only(TaskRecord task) {
        return new Attempt(
                1,
                task.state().wire(),
                1,
                0,
                task.startedAt(),
                task.endedAt(),
                ErrorBody.of(task.error()),
                UsageBody.ofNullable(task.usage()));
    }
}
