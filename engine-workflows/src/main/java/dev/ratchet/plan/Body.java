package dev.ratchet.plan;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** What a composite task repeats, and how. Each turn or item is a scope of its own. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "repeat")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Body.Loop.class, name = "loop"),
    @JsonSubTypes.Type(value = Body.Each.class, name = "each")
})
public sealed interface Body {
    Scope scope();

    /**
     * One turn after the other.
     *
     * @param condition in canonical JSON; asked after each turn
     * @param until whether the loop ends when it holds, rather than when it does not
     * @param maxIterations 1 to 1,000
     * @param goOnWhenExhausted whether a loop that may not go on completes
     * @param reads ids of the tasks around the loop that the condition reads
     */
    @JsonInclude(JsonInclude.Include.NON_DEFAULT)
    record Loop(
            Scope scope,
            JsonNode condition,
            boolean until,
            int maxIterations,
            boolean goOnWhenExhausted,
            List<String> reads)
            implements Body {
        public Loop {
            reads = reads == null ? List.of() : List.copyOf(reads);
        }
    }

    /**
     * Once for each item, side by side.
     *
     * @param maxParallelism how many items may be open at once
     * @param collect whether the others go on when one failed
     */
    @JsonInclude(JsonInclude.Include.NON_DEFAULT)
    record Each(Scope scope, int maxParallelism, boolean collect) implements Body {}
}
