package dev.ratchet.workflow;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * What a run made of a patch.
 *
 * @param revision number of the graph that it made; absent when it was refused
 * @param code why it was refused: an error code of the contract
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record PatchVerdict(
        @Nullable Integer revision,
        @Nullable String code,
        @Nullable String message) {
    /** The run ended before it read the patch. */
    public static final String ENDED = "run_ended";
}
