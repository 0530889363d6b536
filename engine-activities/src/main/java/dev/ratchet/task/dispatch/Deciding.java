package dev.ratchet.task.dispatch;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import dev.ratchet.expression.Bindings;
import dev.ratchet.expression.Condition;
import dev.ratchet.expression.ExpressionException;
import dev.ratchet.expression.Names;
import dev.ratchet.expression.Root;
import dev.ratchet.expression.Templates;
import dev.ratchet.plan.Question;
import dev.ratchet.run.Answer;
import dev.ratchet.run.Decision;
import dev.ratchet.run.InlineAnswer;
import dev.ratchet.run.InlineJob;
import dev.ratchet.task.blob.BlobException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Answers what must be known before a verdict: conditions over settled tasks, and the task's own. */
final class Deciding {
    private final InlineJob.Decide job;
    private final Scene scene;
    private final Memo<JsonNode> args;
    private final List<Decision> decisions = new ArrayList<>();

    Deciding(InlineJob.Decide job, Scene scene) {
        this.job = job;
        this.scene = scene;
        this.args = new Memo<>(this::resolvedInput);
    }

    InlineAnswer.Decided decide() {
        List<Answer> late = new ArrayList<>();
        for (JsonNode entry : job.late()) {
            late.add(late(entry));
        }
        JsonNode when = job.when();
        Answer own = when == null ? null : answer(when, null);
        if (when != null && own != null) {
            record(when, own, own.holds() == null ? null : own.isYes() ? "run" : "skip");
        }
        return new InlineAnswer.Decided(job.key(), late, own, decisions);
    }

    private Answer late(JsonNode entry) {
        Scene.Seen source = scene.find(job.key().scope(), entry.path("from").asText());
        if (source == null || !source.isCompleted()) {
            return Answer.NO;
        }
        Answer asked = ofOutput(entry, source);
        JsonNode condition = entry.get("condition");
        if (!asked.isYes() || condition == null) {
            return asked;
        }
        Answer answer = answer(condition, Reading.limited(source));
        record(condition, answer, null);
        return answer;
    }

    /** What edges ask of an output that came before they were there. */
    private static Answer ofOutput(JsonNode entry, Scene.Seen source) {
        List<Question> questions = new ArrayList<>();
        if (entry.has("port")) {
            questions.add(new Question.Port(entry.path("port").asText()));
        }
        if (entry.has("took")) {
            questions.add(new Question.Took(entry.path("took").asText(), null));
        }
        if (questions.isEmpty()) {
            return Answer.YES;
        }
        try {
            Supplier<JsonNode> output = Reading.limited(source);
            JsonNode value = output == null ? NullNode.instance : output.get();
            return Answer.of(Answers.of(questions, value, 0, Bindings.builder().build()).stream()
                    .allMatch(Answer::isYes));
        } catch (BlobException e) {
            return Answer.failed(e.text());
        }
    }

    private Answer answer(JsonNode condition, @Nullable Supplier<JsonNode> output) {
        try {
            Bindings.Builder bindings = Reading.bindings(
                    scene, job.key().scope(), Condition.parse(condition).reads().tasks(), args);
            if (output != null) {
                bindings.lazy(Root.OUTPUT, output);
            }
            return Answers.test(condition, bindings.build());
        } catch (ExpressionException e) {
            return Answer.failed(e.text());
        } catch (BlobException e) {
            return Answer.failed(e.text());
        }
    }

    private void record(JsonNode condition, Answer answer, @Nullable String took) {
        Boolean holds = answer.holds();
        decisions.add(new Decision(
                Gathering.text(condition), holds == null ? null : BooleanNode.valueOf(holds), answer.error(), took));
    }

    private JsonNode resolvedInput() {
        return resolved(scene, job.key().scope(), job.input());
    }

    /** An input as {@code args} in a condition, templates resolved. */
    static JsonNode resolved(Scene scene, String scope, @Nullable JsonNode written) {
        if (written == null) {
            return JsonNodeFactory.instance.objectNode();
        }
        Bindings.Builder names = Reading.bindings(scene, scope, tasksReadBy(written), () -> {
            throw new ExpressionException(
                    ExpressionException.FAILED, "Expected an input that does not read args, but it does");
        });
        return Templates.resolve(written, names.build());
    }

    private static Iterable<String> tasksReadBy(JsonNode input) {
        return Templates.check(input, JsonPointer.empty(), Names.any(), (pointer, message) -> {})
                .tasks();
    }
}
