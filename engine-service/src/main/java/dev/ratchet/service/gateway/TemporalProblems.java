package dev.ratchet.service.gateway;

import dev.ratchet.service.problem.ProblemCode;
import dev.ratchet.service.problem.ProblemException;
import io.grpc.StatusRuntimeException;
import java.time.Duration;

/** Temporal's refusals in the API's words. */
final class TemporalProblems {
    private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

    /** A run renews itself when what is in flight has ended. */
    private static final Duration RENEWAL = Duration.ofSeconds(10);

    private TemporalProblems() {}

    static RuntimeException of(RunId run, StatusRuntimeException failed) {
        if (TemporalRpc.isFull(failed)) {
            return ProblemException.passing(
                    ProblemCode.OVERLOADED,
                    "Expected the run to take the request, but it was sent too many and continues as a new execution first",
                    RENEWAL,
                    failed);
        }
        return switch (failed.getStatus().getCode()) {
            case NOT_FOUND -> runNotFound(run);
            case UNAVAILABLE, DEADLINE_EXCEEDED, CANCELLED, ABORTED -> unavailable(failed);
            case RESOURCE_EXHAUSTED ->
                ProblemException.passing(
                        ProblemCode.OVERLOADED,
                        "Expected Temporal to take the request, but it has too many at the moment",
                        RETRY_AFTER,
                        failed);
            default -> failed;
        };
    }

    static ProblemException unavailable(Throwable cause) {
        return ProblemException.passing(
                ProblemCode.TEMPORAL_UNAVAILABLE,
                "Expected Temporal to answer, but it does not at the moment",
                RETRY_AFTER,
                cause);
    }

    static ProblemException runNotFound(RunId run) {
        return ProblemException.of(
                ProblemCode.RUN_NOT_FOUND,
                run.isPossible()
                        ? "Expected a run " + run.id() + " in organization " + run.organization()
                                + ", but there is none"
                        : "Expected a run of that id, but there is none");
    }
}
