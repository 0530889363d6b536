package dev.ratchet.workflow;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.ratchet.run.Attempt;
import dev.ratchet.run.RunContext;
import dev.ratchet.run.Source;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Attempts for one worker, to be carried out side by side.
 *
 * @param dispatch number of the dispatch within the run
 * @param sources settled tasks that the attempts read, by the text of their keys
 * @param inlineAllowance bytes of output that may come back inline, for each attempt; larger outputs are stored first
 * @param group a piece of the plan to fold; absent when the attempts stand alone
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record DispatchRequest(
        long dispatch,
        RunContext run,
        List<Attempt> attempts,
        Map<String, Source> sources,
        int inlineAllowance,
        @Nullable GroupPiece group) {
    public DispatchRequest {
        attempts = attempts == null ? List.of() : List.copyOf(attempts);
        sources = sources == null ? Map.of() : java.util.Collections.unmodifiableMap(sources);
    }
}
