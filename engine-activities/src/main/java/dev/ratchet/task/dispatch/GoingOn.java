package dev.ratchet.task.dispatch;

import dev.ratchet.document.Weight;
import dev.ratchet.run.Answer;
import dev.ratchet.run.InlineAnswer;
import dev.ratchet.run.InlineJob;
import dev.ratchet.run.Outcome;
import dev.ratchet.run.Source;
import dev.ratchet.run.TaskStatus;
import dev.ratchet.run.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Goes on with inline tasks that a run will most likely want next, each after the one before. Inline tasks are pure, so
 * what the run does not want after all has done nothing. Not thread-safe.
 */
final class GoingOn {
    /** After that nothing more is begun: requests and queries wait while local work goes on. */
    static final long BURST_MS = 100;

    private final Map<String, Source> sources;
    private final Function<InlineJob, InlineAnswer> hands;
    private final int allowance;
    private final long until;

    /**
     * @param sources what {@code hands} see of the run; outcomes are added to them
     * @param allowance bytes of output that may travel, of all that is done ahead
     * @param began {@link System#nanoTime} when the request was taken up
     */
    GoingOn(Map<String, Source> sources, Function<InlineJob, InlineAnswer> hands, int allowance, long began) {
        this.sources = sources;
        this.hands = hands;
        this.allowance = allowance;
        this.until = began + TimeUnit.MILLISECONDS.toNanos(BURST_MS);
    }

    List<InlineAnswer.Executed> after(InlineAnswer first, List<InlineJob.Execute> ahead) {
        List<InlineAnswer.Executed> done = new ArrayList<>();
        InlineAnswer last = first;
        long size = 0;
        for (InlineJob.Execute next : ahead) {
            Value output = outputThatLeadsOn(last);
            if (output == null || System.nanoTime() - until > 0) {
                break;
            }
            sources.put(last.key().toString(), new Source(TaskStatus.COMPLETED.wire(), output, null));
            last = hands.apply(next);
            size += inlineSize(last);
            if (!(last instanceof InlineAnswer.Executed executed) || size > allowance) {
                break;
            }
            done.add(executed);
        }
        return done;
    }

    /** The output of a task that completed and whose edges are all live, as far as that is known here. */
    private static @Nullable Value outputThatLeadsOn(InlineAnswer answer) {
        return answer instanceof InlineAnswer.Executed(Outcome outcome)
                        && outcome.result() instanceof Outcome.Completed completed
                        && completed.answers().stream().allMatch(Answer::isYes)
                ? completed.output()
                : null;
    }

    private static long inlineSize(InlineAnswer answer) {
        return answer instanceof InlineAnswer.Executed(Outcome outcome)
                        && outcome.result()
                                instanceof Outcome.Completed(Value.Inline output, var answers, var decisions)
                ? Weight.of(output.json())
                : 0;
    }
}
