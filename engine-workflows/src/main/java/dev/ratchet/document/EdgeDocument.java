package dev.ratchet.document;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/**
 * A dependency as written: an entry of {@code deps}, or of {@code edges}.
 *
 * @param pointer to the whole entry
 * @param from id of the source, which need not exist
 * @param to id of the target, which need not exist
 * @param port field of the source's output that it carries; absent for all of it
 * @param toInput input field that it feeds, {@code name} or {@code name[]}; absent when it only orders
 * @param condition in any spelling of a condition; absent when there is none
 */
public record EdgeDocument(
        String pointer,
        Located<String> from,
        Located<String> to,
        @Nullable Located<String> port,
        @Nullable Located<String> toInput,
        @Nullable Located<JsonNode> condition) {}
