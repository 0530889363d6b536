package dev.ratchet.task.dispatch;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ratchet.expression.Bindings;
import dev.ratchet.expression.Condition;
import dev.ratchet.expression.ConditionEvaluator;
import dev.ratchet.expression.ExpressionException;
import dev.ratchet.plan.Question;
import dev.ratchet.run.Answer;
import dev.ratchet.task.blob.Values;
import java.util.List;

/** Answers what the out-edges of a task want to know of its output, while the whole output is at hand. */
final class Answers {
    private static final ConditionEvaluator CONDITIONS = new ConditionEvaluator();

    private Answers() {}

    /**
     * One answer for each question, in their order.
     *
     * @param size of the output's JSON in bytes
     * @param bindings what conditions of edges may name: the output, the run's input, the run
     */
    static List<Answer> of(List<Question> questions, JsonNode output, long size, Bindings bindings) {
        if (questions.isEmpty()) {
            return List.of();
        }
        return questions.stream()
                .map(each -> answer(each, output, size, bindings))
                .toList();
    }

    private static Answer answer(Question question, JsonNode output, long size, Bindings bindings) {
        return switch (question) {
            case Question.Port port -> Answer.of(output.isObject() && output.has(port.name()));
            case Question.Holds holds -> holds(holds.condition(), size, bindings);
            case Question.Took took -> took(took, output, size, bindings);
        };
    }

    private static Answer took(Question.Took took, JsonNode output, long size, Bindings bindings) {
        for (JsonNode id : output.path("took")) {
            if (id.asText().equals(took.id())) {
                return took.condition() == null ? Answer.YES : holds(took.condition(), size, bindings);
            }
        }
        return Answer.NO;
    }

    private static Answer holds(JsonNode condition, long size, Bindings bindings) {
        return size > Values.EXPRESSION_BYTES
                ? Answer.failed("Expected an output of at most " + Values.EXPRESSION_BYTES
                        + " bytes to decide on, but it has " + size)
                : test(condition, bindings);
    }

    /** Whether a condition, in canonical JSON, holds. */
    static Answer test(JsonNode condition, Bindings bindings) {
        try {
            return Answer.of(CONDITIONS.test(Condition.parse(condition), bindings));
        } catch (ExpressionException e) {
            return Answer.failed(e.text());
        }
    }
}
