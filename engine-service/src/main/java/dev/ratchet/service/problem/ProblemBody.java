package dev.ratchet.service.problem;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.ratchet.document.Problem;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The body of every error (RFC 9457).
 *
 * @param message the same as {@code detail}
 * @param correlationId names the entry in the log; only with {@code internal_error}
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record ProblemBody(
        String title,
        int status,
        String code,
        String detail,
        String message,
        List<Problem> errors,
        @JsonProperty("correlation_id") @Nullable String correlationId) {
    /** The media type of problems. */
    public static final String MEDIA_TYPE = "application/problem+json";

    public static ProblemBody of(ProblemException problem) {
        return of(problem.code(), String.valueOf(problem.getMessage()), problem.errors(), null);
    }

    public static ProblemBody of(ProblemCode code, String message) {
        return of(code, message, List.of(), null);
    }

    /** What somebody learns of an error that is ours: that it is in the log, and where. */
    public static ProblemBody internal(String correlationId) {
        return of(
                ProblemCode.INTERNAL_ERROR,
                "Expected to answer, but failed; the log has the cause under " + correlationId,
                List.of(),
                correlationId);
    }

    private static ProblemBody of(
            ProblemCode code, String message, List<Problem> errors, @Nullable String correlationId) {
        return new ProblemBody(code.title(), code.status(), code.wire(), message, message, errors, correlationId);
    }
}
