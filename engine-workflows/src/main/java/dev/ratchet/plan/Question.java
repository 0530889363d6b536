package dev.ratchet.plan;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/**
 * What out-edges want to know about an output. Whoever has the output answers, so that large values never enter the
 * workflow.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "q")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Question.Port.class, name = "port"),
    @JsonSubTypes.Type(value = Question.Holds.class, name = "holds"),
    @JsonSubTypes.Type(value = Question.Took.class, name = "took")
})
public sealed interface Question {
    /** Is the field present in the output object? Null, false, 0 and "" are present. */
    record Port(String name) implements Question {}

    /** Does the condition hold? {@code condition} is the canonical JSON of a condition of the expression package. */
    record Holds(JsonNode condition) implements Question {}

    /** Did the branch take the way to this task, and does the edge's own condition hold, when it has one? */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Took(String id, @Nullable JsonNode condition) implements Question {}
}
