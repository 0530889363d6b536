package dev.ratchet.workflow;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * What a run made of a command.
 *
 * @param accepted whether it took effect
 * @param code why not: an error code of the contract
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record CommandVerdict(
        boolean accepted, @Nullable String code, @Nullable String message) {}
