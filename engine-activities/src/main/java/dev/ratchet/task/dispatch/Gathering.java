package dev.ratchet.task.dispatch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ratchet.document.Json;
import dev.ratchet.expression.Bindings;
import dev.ratchet.expression.Condition;
import dev.ratchet.expression.ExpressionException;
import dev.ratchet.expression.Root;
import dev.ratchet.run.Answer;
import dev.ratchet.run.Attempt;
import dev.ratchet.run.Decision;
import dev.ratchet.run.InlineAnswer;
import dev.ratchet.run.InlineJob;
import dev.ratchet.run.Part;
import dev.ratchet.run.TaskError;
import dev.ratchet.run.TaskKey;
import dev.ratchet.run.Value;
import dev.ratchet.task.blob.BlobException;
import dev.ratchet.task.blob.Values;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Puts together what the tasks of a body gave: of one turn or item, and of all of them. */
final class Gathering {
    /** Above so many leaves there is no output (contract, part 3). */
    private static final int MAX_LEAVES = 100;

    private final Scene scene;
    private final Values values;
    private final int allowance;

    Gathering(Scene scene, Values values, int allowance) {
        this.scene = scene;
        this.values = values;
        this.allowance = allowance;
    }

    /** What a turn gave, and whether there is another one. */
    InlineAnswer turn(InlineJob.Turn job) {
        Value output = output(job.key() + "[" + job.number() + "]", job.leaves());
        JsonNode condition = job.condition();
        if (condition == null) {
            return new InlineAnswer.Turned(job.key(), job.number(), new Part(output, null), null, List.of());
        }
        Answer answer = ask(job, condition, output);
        Boolean holds = answer.holds();
        Decision decision =
                new Decision(text(condition), holds == null ? null : Json.tree(holds), answer.error(), null);
        return new InlineAnswer.Turned(job.key(), job.number(), new Part(output, null), answer, List.of(decision));
    }

    /** What a whole run gave. */
    InlineAnswer whole(InlineJob.Whole job) {
        Part part = new Part(output(TaskKey.ROOT, job.leaves()), null);
        return new InlineAnswer.Turned(job.key(), 0, part, null, List.of());
    }

    private Value output(String path, List<String> leaves) {
        Value only = leaves.size() == 1 ? scene.value(new TaskKey(path, leaves.getFirst()).toString()) : null;
        return only == null ? values.keep(joined(path, leaves), allowance).value() : only;
    }

    private JsonNode joined(String path, List<String> leaves) {
        if (leaves.size() > MAX_LEAVES || leaves.size() == 1) {
            return NullNode.instance;
        }
        ObjectNode joined = JsonNodeFactory.instance.objectNode();
        for (String leaf : leaves) {
            Value output = scene.value(new TaskKey(path, leaf).toString());
            if (output != null) {
                joined.set(leaf, scene.load(output));
            }
        }
        return joined;
    }

    private Answer ask(InlineJob.Turn job, JsonNode condition, Value output) {
        try {
            Bindings.Builder names = Reading.bindings(
                    scene,
                    job.key().scope(),
                    Condition.parse(condition).reads().tasks(),
                    () -> Deciding.resolved(scene, job.key().scope(), job.input()));
            Turns.bind(names, scene, job.key().toString(), job.number());
            return Answers.test(
                    condition,
                    names.lazy(Root.OUTPUT, () -> values.load(output)).build());
        } catch (ExpressionException e) {
            return Answer.failed(e.text());
        } catch (BlobException e) {
            return Answer.failed(e.text());
        }
    }

    static String text(JsonNode condition) {
        try {
            return Condition.parse(condition).text();
        } catch (ExpressionException e) {
            return condition.toString();
        }
    }

    /** The attempt, with what all turns or items gave at hand. */
    Attempt whole(InlineJob.Gather job) {
        JsonNode whole = job.isList() ? list(job.parts()) : value(job.parts().getLast());
        return new Attempt(
                job.attempt().key(),
                job.attempt().task(),
                job.attempt().attempt(),
                job.attempt().delivery(),
                List.of(),
                List.of(),
                Value.of(whole));
    }

    private JsonNode list(List<Part> parts) {
        ArrayNode list = JsonNodeFactory.instance.arrayNode(parts.size());
        parts.forEach(part -> list.add(value(part)));
        return list;
    }

    private JsonNode value(Part part) {
        TaskError error = part.error();
        if (error != null) {
            ObjectNode failed = JsonNodeFactory.instance.objectNode();
            failed.putObject("error").put("code", error.code()).put("message", error.message());
            return failed;
        }
        @Nullable Value output = part.output();
        return output == null ? NullNode.instance : values.load(output, dev.ratchet.task.blob.BlobStore.MAX_BYTES);
    }
}
