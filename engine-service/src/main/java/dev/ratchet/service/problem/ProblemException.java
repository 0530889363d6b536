package dev.ratchet.service.problem;

import dev.ratchet.document.Problem;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A request that is refused, in words its sender may read. */
public final class ProblemException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ProblemCode code;
    private final transient List<Problem> errors;
    private final @Nullable Duration retryAfter;

    private ProblemException(
            ProblemCode code,
            String message,
            List<Problem> errors,
            @Nullable Duration retryAfter,
            @Nullable Throwable cause) {
        super(message, cause);
        this.code = code;
        this.errors = List.copyOf(errors);
        this.retryAfter = retryAfter;
    }

    public static ProblemException of(ProblemCode code, String message) {
        return new ProblemException(code, message, List.of(), null, null);
    }

    /** A value of the request that is not as it must be. */
    public static ProblemException invalid(String pointer, String message) {
        return of(List.of(new Problem(pointer, ProblemCode.INVALID_INPUT.wire(), message)));
    }

    /**
     * All that is wrong with a body; the first decides the code.
     *
     * @param problems at least one
     */
    public static ProblemException of(List<Problem> problems) {
        Problem first = problems.get(0);
        ProblemCode code = ProblemCode.of(first.code()).orElse(ProblemCode.DAG_INVALID);
        String more = problems.size() == 1 ? "" : " (and " + (problems.size() - 1) + " more)";
        return new ProblemException(code, first.message() + more, problems, null, null);
    }

    /** Something that will pass: the sender may try again after {@code retryAfter}. */
    public static ProblemException passing(
            ProblemCode code, String message, Duration retryAfter, @Nullable Throwable cause) {
        return new ProblemException(code, message, List.of(), retryAfter, cause);
    }

    public ProblemCode code() {
        return code;
    }

    public List<Problem> errors() {
        return errors;
    }

    public @Nullable Duration retryAfter() {
        return retryAfter;
    }
}
