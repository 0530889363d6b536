package dev.ratchet.service.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.databind.JsonNode;
import dev.ratchet.run.Decision;
import dev.ratchet.run.Hold;
import dev.ratchet.run.TaskRecord;
import dev.ratchet.run.Value;
import dev.ratchet.service.gateway.RunId;
import dev.ratchet.workflow.ChildId;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * One task of a run (contract, part 9).
 *
 * @param childRun id of the run that carries it out, or did last; absent when none does
 */
public record TaskBody(
        String state,
        @JsonUnwrapped @Nullable Waiting waiting,
        @JsonUnwrapped @Nullable Skip skip,
        @Nullable ErrorBody error,
        @JsonUnwrapped @Nullable OutputBody output,
        @JsonUnwrapped Effort effort,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Decision> decisions,
        @Nullable Progress progress,
        @Nullable String childRun) {
    /** A task that the run has not touched. */
    public static final TaskBody PENDING = new TaskBody(
            "pending",
            null,
            null,
            null,
            null,
            new Effort(0, null, null, null, null, null, null),
            List.of(),
            null,
            null);

    /**
     * What a waiting task waits for, and until when at the latest.
     *
     * @param assignment what whoever is to answer is told; its reference where it is large
     * @param escalated whether the first did not answer in time
     */
    public record Waiting(
            String waitingFor,
            @Nullable Long dueAt,
            @Nullable JsonNode assignment,
            OutputBody.@Nullable Ref assignmentRef,
            @Nullable Boolean escalated) {}

    /** How far a task has come that repeats others: turns or items that ended, that failed, and that there are at most. */
    public record Progress(int done, int failed, int total) {
        static @Nullable Progress of(TaskRecord.@Nullable Progress progress) {
            return progress == null ? null : new Progress(progress.done(), progress.failed(), progress.total());
        }
    }

    /** Why a task was skipped, and by which tasks. */
    public record Skip(String reason, List<String> blockedBy) {}

    /**
     * What was done for a task, and what it used.
     *
     * @param kept whether an earlier run did it
     * @param revision number of the graph under which it began; absent while it is the submitted one
     */
    public record Effort(
            int attempts,
            @Nullable Long startedAt,
            @Nullable Long endedAt,
            @Nullable UsageBody usage,
            @Nullable Boolean simulated,
            @Nullable Boolean kept,
            @Nullable Integer revision) {}

    /**
     * @param run that the task belongs to
     * @param shown turns values into those that an answer shows
     */
    public static TaskBody of(TaskRecord task, RunId run, UnaryOperator<Value> shown) {
        return new TaskBody(
                task.state().wire(),
                waiting(task, shown),
                skip(task),
                ErrorBody.of(task.error()),
                task.output() == null ? null : OutputBody.of(shown.apply(task.output())),
                new Effort(
                        task.attempts(),
                        task.startedAt(),
                        task.endedAt(),
                        UsageBody.ofNullable(task.usage()),
                        task.simulated(),
                        task.kept(),
                        task.revision() > 1 ? task.revision() : null),
                task.decisions(),
                Progress.of(task.progress()),
                childOf(task, run));
    }

    private static @Nullable String childOf(TaskRecord task, RunId run) {
        return task.delegated() == null ? null : ChildId.of(run.workflowId(), run.id(), task.key(), task.attempts());
    }

    private static @Nullable Waiting waiting(TaskRecord task, UnaryOperator<Value> shown) {
        if (task.waitingFor() == null) {
            return null;
        }
        Hold hold = task.hold();
        if (hold == null) {
            return new Waiting(wire(task.waitingFor()), task.dueAt(), null, null, null);
        }
        OutputBody assignment = OutputBody.of(shown.apply(hold.assignment()));
        return new Waiting(
                wire(task.waitingFor()),
                task.dueAt(),
                assignment.output(),
                assignment.outputRef(),
                hold.escalated() ? true : null);
    }

    private static @Nullable Skip skip(TaskRecord task) {
        return task.reason() == null ? null : new Skip(wire(task.reason()), task.blockedBy());
    }

    private static String wire(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
