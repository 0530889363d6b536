package dev.ratchet.service.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ratchet.document.Json;
import dev.ratchet.service.problem.ProblemCode;
import dev.ratchet.service.problem.ProblemException;
import dev.ratchet.service.problem.StorageProblems;
import dev.ratchet.task.blob.BlobException;
import java.time.Duration;
import java.util.Locale;

/**
 * A stored value that a reading had to do without.
 *
 * @param code {@code storage_damaged}; {@code overloaded} while the store does not answer
 * @param kind what the run keeps there
 * @param ref of the blob
 */
public record Damage(ProblemCode code, Kind kind, String ref, String message) {
    private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

    /** What a run keeps outside of itself. */
    public enum Kind {
        PLAN,
        /** A page of settled tasks. */
        TASKS,
        OUTPUT,
        /** What whoever is to answer a task is told. */
        ASSIGNMENT,
        /** The operations of a patch. */
        OPERATIONS,
        /** What an execution goes on with. */
        STATE,
        /** Something else that the run cannot go on without, such as a result. */
        VALUE
    }

    static Damage of(Kind kind, String ref, BlobException failed) {
        return new Damage(StorageProblems.code(failed), kind, ref, failed.text());
    }

    /** As answers tell it. */
    public JsonNode json() {
        return Json.mapper()
                .createObjectNode()
                .put("code", code.wire())
                .put("kind", kind.name().toLowerCase(Locale.ROOT))
                .put("ref", ref)
                .put("message", message);
    }

    /** For a request that cannot be answered without it. */
    ProblemException refusal() {
        return code == ProblemCode.OVERLOADED
                ? ProblemException.passing(code, message, RETRY_AFTER, null)
                : ProblemException.of(code, message);
    }
}
