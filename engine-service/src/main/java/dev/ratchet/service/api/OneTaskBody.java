package dev.ratchet.service.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.databind.JsonNode;
import dev.ratchet.plan.Edge;
import dev.ratchet.plan.Node;
import dev.ratchet.plan.Plan;
import dev.ratchet.run.TaskRecord;
import dev.ratchet.service.gateway.Damage;
import dev.ratchet.service.gateway.RunReading;
import dev.ratchet.service.gateway.ShownValues;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A task for whoever asks for it alone: how it is, and what it is. */
public record OneTaskBody(
        String id,
        @JsonUnwrapped @Nullable Definition definition,
        @JsonUnwrapped TaskBody task,
        @JsonUnwrapped DegradedBody degraded) {
    /** What the document says of it. */
    public record Definition(
            String type,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> deps,
            @Nullable String group,
            @Nullable JsonNode metadata) {
        static Definition of(Node node) {
            return new Definition(
                    node.task().type(),
                    node.edges().stream().map(Edge::from).distinct().toList(),
                    node.group(),
                    node.task().metadata());
        }
    }

    /** @param record absent while nothing has happened to it */
    public static OneTaskBody of(RunReading.Told run, String key, @Nullable TaskRecord record, ShownValues shown) {
        TaskBody task = record == null ? TaskBody.PENDING : TaskBody.of(record, run.run(), shown);
        Node node = node(run.plan(), key);
        List<Damage> problems = Stream.concat(
                        run.problems().stream().filter(damage -> damage.kind() == Damage.Kind.PLAN),
                        shown.problems().stream())
                .toList();
        return new OneTaskBody(key, node == null ? null : Definition.of(node), task, DegradedBody.of(problems));
    }

    /** Absent when the task is none of the top level, or nobody knows. */
    private static @Nullable Node node(@Nullable Plan plan, String key) {
        int index = plan == null ? -1 : plan.root().indexOf(key);
        return plan == null || index < 0 ? null : plan.root().node(index);
    }
}
