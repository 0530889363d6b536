package dev.ratchet.workflow;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.ratchet.run.Change;
import org.jspecify.annotations.Nullable;

/**
 * A patch as it is sent to a run. The plan that it makes is stored under its hash before.
 *
 * @param id of the request; one seen before changes nothing and has the same answer
 * @param by who asked
 * @param why what they said about it
 * @param base number of the graph that the patch was made from
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record PatchRequest(
        String id, @Nullable String by, @Nullable String why, int base, Change change) {}
