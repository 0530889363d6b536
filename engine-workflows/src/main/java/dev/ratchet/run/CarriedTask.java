package dev.ratchet.run;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.ratchet.document.Money;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A task's state as it travels: over continue-as-new, or with a group to a worker. What is settled and sealed travels as
 * its phase, the answers that tasks to come will read, and its output as long as somebody may want it.
 */
@JsonInclude(JsonInclude.Include.NON_DEFAULT)
public record CarriedTask(
        TaskKey key,
        Phase phase,
        int attempt,
        int earlierAttempts,
        int attemptsWithin,
        @Nullable EdgeMarks edgeMarks,
        int delivery,
        int lostDeliveries,
        boolean redelivery,
        boolean unpolled,
        long handedAt,
        long version,
        int revision,
        @Nullable Long startedAt,
        @Nullable Long endedAt,
        @Nullable Long dueAt,
        @Nullable WaitingFor parkedFor,
        @Nullable Hold hold,
        @Nullable Given given,
        boolean announced,
        @Nullable Errand errand,
        @Nullable CarriedRepetition repetition,
        @Nullable Value output,
        @Nullable TaskError error,
        @Nullable SkipReason reason,
        List<String> blockedBy,
        @Nullable Usage usage,
        @Nullable Usage attemptUsage,
        boolean simulated,
        List<Decision> decisions,
        List<Answer> answers,
        List<Answer> lateAnswers,
        @Nullable Answer whenAnswer,
        @Nullable Estimate estimate,
        @Nullable Value payload,
        @Nullable Money reserved,
        List<TaskRecord.AttemptRecord> log,
        boolean sealed,
        boolean kept,
        @Nullable KeptItems keptItems) {
    public CarriedTask {
        revision = Math.max(1, revision);
        blockedBy = blockedBy == null ? List.of() : List.copyOf(blockedBy);
        decisions = decisions == null ? List.of() : List.copyOf(decisions);
        answers = answers == null ? List.of() : List.copyOf(answers);
        lateAnswers = lateAnswers == null ? List.of() : List.copyOf(lateAnswers);
        log = log == null ? List.of() : List.copyOf(log);
    }

    /** @param mayGoOn whether a task that repeats others may do so again although it has completed */
    static CarriedTask of(TaskState task, boolean mayGoOn) {
        Repetition repetition = task.repetition;
        if (repetition == null) {
            return of(task, null);
        }
        return of(task, task.phase.isSettled() && !mayGoOn ? repetition.carriedCounts() : repetition.carried());
    }

    static CarriedTask of(TaskState task, @Nullable CarriedRepetition repetition) {
        return new CarriedTask(
                task.key,
                task.phase,
                task.attempt,
                task.earlierAttempts,
                task.attemptsWithin,
                task.edgeMarks,
                task.delivery,
                task.lostDeliveries,
                task.redelivery,
                task.unpolled,
                task.handedAt,
                task.version,
                task.revision,
                task.startedAt,
                task.endedAt,
                task.dueAt,
                task.parkedFor,
                task.hold,
                task.given,
                task.announced,
                task.errand,
                repetition,
                task.output,
                task.error,
                task.reason,
                task.blockedBy,
                task.usage.isNone() ? null : task.usage,
                task.sealed || task.attemptUsage.isNone() ? null : task.attemptUsage,
                task.simulated,
                task.decisions,
                task.answers,
                task.lateAnswers,
                task.whenAnswer,
                task.estimate,
                task.payload,
                task.reserved,
                task.log,
                task.sealed,
                task.kept,
                task.keptItems);
    }

    /** A task that an earlier run settled. */
    static CarriedTask kept(TaskRecord task) {
        return new CarriedTask(
                task.key(),
                task.state() == TaskStatus.COMPLETED ? Phase.COMPLETED : Phase.SKIPPED,
                0,
                0,
                0,
                null,
                0,
                0,
                false,
                false,
                0,
                task.version(),
                1,
                task.startedAt(),
                task.endedAt(),
                null,
                null,
                null,
                null,
                false,
                null,
                null,
                task.output(),
                null,
                task.reason(),
                task.blockedBy(),
                null,
                null,
                task.simulated() != null,
                task.decisions(),
                List.of(),
                List.of(),
                null,
                null,
                null,
                null,
                List.of(),
                false,
                task.kept() != null,
                null);
    }

    /** A map that is yet to begin, of which an earlier run has completed items. */
    static CarriedTask begun(TaskKey key, KeptItems items) {
        return new CarriedTask(
                key,
                Phase.PENDING,
                0,
                0,
                0,
                null,
                0,
                0,
                false,
                false,
                0,
                0,
                1,
                null,
                null,
                null,
                null,
                null,
                null,
                false,
                null,
                null,
                null,
                null,
                null,
                List.of(),
                null,
                null,
                false,
                List.of(),
                List.of(),
                List.of(),
                null,
                null,
                null,
                null,
                List.of(),
                false,
                false,
                items);
    }

    /** Puts the task back where it was; everything that follows from its phase follows. */
    void restore(RunState run) {
        TaskState task = run.taskState(key);
        fill(task);
        if (phase == Phase.PENDING) {
            return;
        }
        run.scope(key.scope()).move(task, phase);
        run.agenda.set(task, dueAt);
        if (phase == Phase.DELEGATED) {
            run.delegated.add(key);
        }
        if (phase.isSettled() && !sealed) {
            run.unsealed.add(key);
        }
    }

    private void fill(TaskState task) {
        task.attempt = attempt;
        task.earlierAttempts = earlierAttempts;
        task.attemptsWithin = attemptsWithin;
        task.edgeMarks = edgeMarks;
        task.delivery = delivery;
        task.lostDeliveries = lostDeliveries;
        task.redelivery = redelivery;
        task.unpolled = unpolled;
        task.handedAt = handedAt;
        task.version = version;
        task.revision = revision;
        task.startedAt = startedAt;
        task.endedAt = endedAt;
        task.parkedFor = parkedFor;
        task.hold = hold;
        task.given = given;
        task.announced = announced;
        task.errand = errand;
        if (repetition != null) {
            task.repetition = repetition.restore(Objects.requireNonNull(task.node.body()));
        }
        task.output = output;
        task.error = error;
        task.reason = reason;
        task.blockedBy = blockedBy;
        task.usage = usage == null ? Usage.NONE : usage;
        task.attemptUsage = attemptUsage == null ? Usage.NONE : attemptUsage;
        task.simulated = simulated;
        task.decisions = decisions;
        task.answers = answers;
        task.lateAnswers = lateAnswers;
        task.whenAnswer = whenAnswer;
        task.estimate = estimate;
        task.payload = payload;
        task.reserved = reserved;
        task.log = log;
        task.sealed = sealed;
        task.kept = kept;
        task.keptItems = keptItems;
    }
}
