package dev.ratchet.service.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.databind.JsonNode;
import dev.ratchet.plan.Edge;
import dev.ratchet.plan.Node;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A task for whoever asks for it alone: how it is, and what it is. */
public record OneTaskBody(
        String id,
        @JsonUnwrapped @Nullable Definition definition,
        @JsonUnwrapped TaskBody task) {
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

    /** @param node absent when the task is none of the top level */
    public static OneTaskBody of(String key, @Nullable Node node, TaskBody task) {
        return new OneTaskBody(key, node == null ? null : Definition.of(node), task);
    }
}
