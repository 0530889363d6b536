package dev.ratchet.plan;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.ratchet.document.Documents;
import dev.ratchet.document.Json;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Plans as bytes. Equal plans made from the same document have the same bytes, and so the same hash. */
public final class Plans {
    private Plans() {}

    /** The plan's JSON in UTF-8: what is stored under its {@link #hash}. */
    public static byte[] toJson(Plan plan) {
        try {
            return Json.mapper().writeValueAsBytes(plan);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads what {@link #toJson} wrote. */
    public static Plan fromJson(byte[] json) {
        try {
            return Json.mapper().readValue(json, Plan.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** SHA-256 of the plan's JSON, in hex. */
    public static String hash(Plan plan) {
        return Documents.hash(toJson(plan));
    }
}
