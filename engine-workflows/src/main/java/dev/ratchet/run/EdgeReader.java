package dev.ratchet.run;

import dev.ratchet.plan.Edge;
import dev.ratchet.verdict.EdgeStatus;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads edges from recorded answers. Pure. */
final class EdgeReader {
    private static final Answer UNANSWERED = Answer.failed("it was never answered");

    private EdgeReader() {}

    static EdgeReading read(TaskView source, TaskView target, Edge edge) {
        return switch (source.phase()) {
            case COMPLETED -> completed(source, target, edge);
            case FAILED, CANCELLED -> new EdgeReading(edge, EdgeStatus.FAILED, null);
            case SKIPPED -> new EdgeReading(edge, ofSkipped(source.reason()), null);
            default ->
                throw new IllegalStateException(
                        "Expected " + source.key() + " to be settled, but it is " + source.phase());
        };
    }

    private static EdgeReading completed(TaskView source, TaskView target, Edge edge) {
        if (edge.portQuestion() >= 0
                && !at(source.answers(), edge.portQuestion()).isYes()) {
            return new EdgeReading(edge, EdgeStatus.UNTAKEN, null);
        }
        Answer atSource = edge.conditionQuestion() < 0 ? Answer.YES : at(source.answers(), edge.conditionQuestion());
        Answer late = edge.lateCondition() < 0 ? Answer.YES : at(target.lateAnswers(), edge.lateCondition());
        Answer decisive = atSource.isYes() ? late : atSource;
        return new EdgeReading(edge, decisive.isYes() ? EdgeStatus.LIVE : EdgeStatus.UNTAKEN, decisive.error());
    }

    private static Answer at(List<Answer> answers, int index) {
        return index < answers.size() ? answers.get(index) : UNANSWERED;
    }

    private static EdgeStatus ofSkipped(@Nullable SkipReason reason) {
        return reason == SkipReason.UPSTREAM_FAILURE ? EdgeStatus.FAILED : EdgeStatus.UNTAKEN;
    }
}
