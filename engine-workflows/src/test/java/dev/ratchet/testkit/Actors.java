package dev.ratchet.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import dev.ratchet.run.Answer;
import dev.ratchet.run.Attempt;
import dev.ratchet.run.InlineAnswer;
import dev.ratchet.run.InlineJob;
import dev.ratchet.run.Outcome;
import dev.ratchet.run.Part;
import dev.ratchet.run.Source;
import dev.ratchet.run.TaskKey;
import dev.ratchet.run.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** Does what the scripts say, as workers would. */
final class Actors {
    private final Map<String, Script> scripts = new HashMap<>();
    private Function<TaskKey, Script> otherwise = key -> Script.COMPLETES;
    private final Set<TaskKey> children = new HashSet<>();

    /** Another run carries it out from now on. */
    void delegate(TaskKey key) {
        children.add(key);
    }

    void play(String id, Script script) {
        scripts.put(id, script);
    }

    /** Says how tasks behave that have no script of their own: one turn may do otherwise than the next. */
    void playOtherwise(Function<TaskKey, Script> casting) {
        otherwise = casting;
    }

    Script script(TaskKey key) {
        Script script = scripts.get(key.id());
        return script == null ? otherwise.apply(key) : script;
    }

    Outcome outcome(Attempt attempt, long at) {
        return script(attempt.key()).outcome(attempt, at);
    }

    /** An attempt that was told to stop, and did. */
    Outcome stopped(Attempt attempt, long at) {
        return new Outcome(
                attempt.key(),
                attempt.attempt(),
                attempt.delivery(),
                at,
                at,
                new Outcome.Cancelled(),
                script(attempt.key()).usage(),
                false);
    }

    InlineAnswer answer(InlineJob job, Map<String, Source> sources, long at) {
        return switch (job) {
            case InlineJob.Decide decide -> decide(decide, sources);
            case InlineJob.Prepare prepare -> script(prepare.key()).prepare(prepare.key());
            case InlineJob.Execute execute -> new InlineAnswer.Executed(executed(execute.attempt(), at));
            case InlineJob.Turn turn -> turn(turn);
            case InlineJob.Whole whole ->
                new InlineAnswer.Turned(whole.key(), 0, new Part(Value.of(IntNode.valueOf(0)), null), null, List.of());
            case InlineJob.Gather gather -> new InlineAnswer.Executed(outcome(gather.attempt(), at));
        };
    }

    /** What a run used that carried the task out was paid when it ended. */
    private Outcome executed(Attempt attempt, long at) {
        Outcome outcome = outcome(attempt, at);
        return children.contains(attempt.key())
                ? new Outcome(
                        outcome.key(), outcome.attempt(), outcome.delivery(), at, at, outcome.result(), null, false)
                : outcome;
    }

    /** A loop goes on as often as its script has late answers that say so. */
    private InlineAnswer turn(InlineJob.Turn job) {
        Script script = script(job.key());
        boolean more = job.number() < script.late().size()
                && script.late().get(job.number()).isYes();
        return new InlineAnswer.Turned(
                job.key(),
                job.number(),
                new Part(Value.of(IntNode.valueOf(job.number())), null),
                job.condition() == null ? null : Answer.of(more),
                List.of());
    }

    private InlineAnswer decide(InlineJob.Decide job, Map<String, Source> sources) {
        Script script = script(job.key());
        List<Answer> late =
                new ArrayList<>(Script.padded(script.late(), job.late().size()));
        for (int i = 0; i < job.late().size(); i++) {
            JsonNode entry = job.late().get(i);
            Source source = sources.get(entry.path("from").asText());
            if (source == null || !source.state().equals("completed")) {
                late.set(i, Answer.NO);
            }
        }
        return new InlineAnswer.Decided(
                job.key(), late.subList(0, job.late().size()), job.when() == null ? null : script.when(), List.of());
    }
}
