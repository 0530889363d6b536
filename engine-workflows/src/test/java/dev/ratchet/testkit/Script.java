package dev.ratchet.testkit;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import dev.ratchet.document.ErrorCode;
import dev.ratchet.document.Money;
import dev.ratchet.run.Answer;
import dev.ratchet.run.Attempt;
import dev.ratchet.run.Estimate;
import dev.ratchet.run.Hold;
import dev.ratchet.run.InlineAnswer;
import dev.ratchet.run.Outcome;
import dev.ratchet.run.TaskError;
import dev.ratchet.run.TaskKey;
import dev.ratchet.run.Usage;
import dev.ratchet.run.Value;
import dev.ratchet.run.WaitingFor;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How one task behaves in a {@link Simulation}, attempt by attempt. Immutable: each method returns another script.
 *
 * @param tries one for each attempt; the last one repeats
 * @param cost what each attempt uses; absent when nothing
 * @param estimate what preparation says an attempt may cost
 * @param when the answer to the task's own condition
 * @param late answers to its late edge conditions; yes where the list is too short
 * @param preparation what preparation comes to instead of an estimate
 */
public record Script(
        List<Try> tries,
        @Nullable Money cost,
        @Nullable Money estimate,
        Answer when,
        List<Answer> late,
        @Nullable Preparation preparation) {
    /** How one attempt ends. */
    public sealed interface Try {
        /** With a value, and answers to the questions of the out-edges; yes where the list is too short. */
        record Completes(List<Answer> answers) implements Try {}

        /** With an error. */
        record Fails(
                ErrorCode code, boolean retryable, @Nullable Long retryAfterMs) implements Try {}

        /** Stopped, although nobody asked for it. */
        record Stops() implements Try {}
    }

    /** What preparing a task comes to when it is no estimate. */
    public sealed interface Preparation {
        /** It waits: for so long, or until somebody answers. */
        record Parks(WaitingFor waitingFor, @Nullable Long delayMs) implements Preparation {}

        /** It waits for a person or an agent. */
        record Holds(WaitingFor waitingFor, @Nullable Long deadlineMs, Hold hold) implements Preparation {}

        /** So many items. */
        record Unrolls(int items) implements Preparation {}

        /** It cannot be prepared. */
        record IsRefused(ErrorCode code) implements Preparation {}
    }

    public static final Script COMPLETES =
            new Script(List.of(new Try.Completes(List.of())), null, null, Answer.YES, List.of(), null);

    /** Completes, and answers the questions of its out-edges so. */
    public static Script completes(Answer... answers) {
        return COMPLETES.tries(new Try.Completes(List.of(answers)));
    }

    /** Fails each time, and may not be retried. */
    public static Script fails() {
        return COMPLETES.tries(new Try.Fails(ErrorCode.EXECUTION_FAILED, false, null));
    }

    /** Fails so many times in a way that may be retried, then completes. */
    public static Script failsFirst(int times) {
        Try[] tries = new Try[times + 1];
        java.util.Arrays.fill(tries, new Try.Fails(ErrorCode.EXECUTION_FAILED, true, null));
        tries[times] = new Try.Completes(List.of());
        return COMPLETES.tries(tries);
    }

    /** Waits that long, then completes with an empty object. */
    public static Script waits(Duration delay) {
        return COMPLETES.prepared(new Preparation.Parks(WaitingFor.TIMER, delay.toMillis()));
    }

    public Script tries(Try... each) {
        return new Script(List.of(each), cost, estimate, when, late, preparation);
    }

    public Script costing(String usd) {
        return new Script(tries, PlanBuilder.usd(usd), estimate, when, late, preparation);
    }

    public Script estimated(String usd) {
        return new Script(tries, cost, PlanBuilder.usd(usd), when, late, preparation);
    }

    public Script when(Answer answer) {
        return new Script(tries, cost, estimate, answer, late, preparation);
    }

    public Script late(Answer... answers) {
        return new Script(tries, cost, estimate, when, List.of(answers), preparation);
    }

    public Script prepared(Preparation instead) {
        return new Script(tries, cost, estimate, when, late, instead);
    }

    /** How an attempt ends at a time. */
    Outcome outcome(Attempt attempt, long at) {
        Outcome.Result result = result(
                attempt.key(),
                attempt.attempt(),
                Value.of(JsonNodeFactory.instance.textNode("of " + attempt.key())),
                attempt.task().questions());
        return new Outcome(attempt.key(), attempt.attempt(), attempt.delivery(), at, at, result, usage(), false);
    }

    Outcome.Result result(TaskKey key, int attempt, Value output, List<?> questions) {
        Try now = tries.get(Math.min(attempt, tries.size()) - 1);
        return switch (now) {
            case Try.Completes completes ->
                new Outcome.Completed(output, padded(completes.answers(), questions.size()), List.of());
            case Try.Fails fails ->
                new Outcome.Failed(
                        TaskError.of(fails.code(), "Expected " + key + " to work, but it is told to fail"),
                        fails.retryable(),
                        fails.retryAfterMs());
            case Try.Stops stops -> new Outcome.Cancelled();
        };
    }

    @Nullable
    Usage usage() {
        return cost == null ? null : new Usage(10, 5, cost);
    }

    InlineAnswer prepare(TaskKey key) {
        return switch (preparation) {
            case null -> new InlineAnswer.Prepared(key, new Estimate(10, 5, estimate), Value.of(NullNode.instance));
            case Preparation.Unrolls unrolls ->
                new InlineAnswer.Unrolled(key, unrolls.items(), Value.of(JsonNodeFactory.instance.arrayNode()));
            case Preparation.Holds holds ->
                new InlineAnswer.Parked(key, holds.waitingFor(), holds.deadlineMs(), null, holds.hold());
            case Preparation.Parks parks -> new InlineAnswer.Parked(key, parks.waitingFor(), parks.delayMs(), null);
            case Preparation.IsRefused refused ->
                new InlineAnswer.Rejected(
                        key,
                        TaskError.of(refused.code(), "Expected " + key + " to be sound, but it is told not to be"));
        };
    }

    /** The answers, filled up with yes. */
    static List<Answer> padded(List<Answer> answers, int size) {
        List<Answer> all = new java.util.ArrayList<>(answers);
        while (all.size() < size) {
            all.add(Answer.YES);
        }
        return all;
    }
}
