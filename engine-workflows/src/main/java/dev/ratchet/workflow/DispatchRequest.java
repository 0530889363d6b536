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
 * @param stored where the whole request is, when it is too large to travel: then attempts, sources and group are not here
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record DispatchRequest(
        long dispatch,
        RunContext run,
        List<Attempt> attempts,
        Map<String, Source> sources,
        int inlineAllowance,
        @Nullable GroupPiece group,
        @Nullable String stored) {
    public DispatchRequest {
        attempts = attempts == null ? List.of() : List.copyOf(attempts);
        sources = sources == null ? Map.of() : java.util.Collections.unmodifiableMap(sources);
    }

    /** A request that travels whole. */
    public DispatchRequest(
            long dispatch,
            RunContext run,
            List<Attempt> attempts,
            Map<String, Source> sources,
            int inlineAllowance,
            @Nullable GroupPiece group) {
        this(dispatch, run, attempts, sources, inlineAllowance, group, null);
    }

    /** What travels instead of this request once it is stored. */
    DispatchRequest storedAs(String ref) {
        return new DispatchRequest(dispatch, run, List.of(), Map.of(), inlineAllowance, null, ref);
    }
}
