package dev.ratchet.service.gateway;

import org.jspecify.annotations.Nullable;

/**
 * Who asks a run for something, and why: kept with the request.
 *
 * @param by a name
 * @param why what they say about it
 */
public record Signature(@Nullable String by, @Nullable String why) {}
