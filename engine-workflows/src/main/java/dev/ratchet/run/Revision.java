package dev.ratchet.run;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * One accepted patch of a run.
 *
 * @param number of the graph that it made; 1 is the graph that was submitted, and has no entry
 * @param command id of the request
 * @param by who asked; absent when nobody said
 * @param why what they said about it
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Revision(
        int number,
        long at,
        String command,
        @Nullable String by,
        @Nullable String why,
        Change change) {}
