package dev.ratchet.service.problem;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** The closed set of codes that answers carry, each with its HTTP status (contract, part 8). */
public enum ProblemCode {
    INVALID_INPUT(400),
    UNAUTHENTICATED(401),
    FORBIDDEN(403),
    RUN_NOT_FOUND(404),
    TASK_NOT_FOUND(404),
    /** No such route. */
    NOT_FOUND(404),
    METHOD_NOT_ALLOWED(405),
    NOT_ACCEPTABLE(406),
    /** The body came too slowly. */
    REQUEST_TIMEOUT(408),
    RUN_EXISTS(409),
    RUN_COMPLETED(409),
    RUN_ABORTED(409),
    REVISION_CONFLICT(409),
    TASK_NOT_WAITING(409),
    /** A stored value that the answer cannot do without is damaged or lost; no later try finds it. */
    STORAGE_DAMAGED(409),
    TOO_LARGE(413),
    UNSUPPORTED_MEDIA_TYPE(415),
    DAG_CYCLE(422),
    DAG_INVALID(422),
    DEP_NOT_FOUND(422),
    MODEL_UNKNOWN(422),
    EXPRESSION_INVALID(422),
    LIMIT_EXCEEDED(422),
    PATCH_INVALID(422),
    RATE_LIMITED(429),
    /** The cause is in the log only, under the correlation id of the answer. */
    INTERNAL_ERROR(500),
    TEMPORAL_UNAVAILABLE(503),
    OVERLOADED(503);

    private final int status;

    ProblemCode(int status) {
        this.status = status;
    }

    public int status() {
        return status;
    }

    /** The code as users see it, such as {@code run_not_found}. */
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** What a person reads first: the code in words. */
    public String title() {
        String words = wire().replace('_', ' ');
        return Character.toUpperCase(words.charAt(0)) + words.substring(1);
    }

    /** The code with a wire form; empty for one that answers do not carry. */
    public static Optional<ProblemCode> of(String wire) {
        return Stream.of(values()).filter(code -> code.wire().equals(wire)).findFirst();
    }
}
