package dev.ratchet.service.gateway;

import dev.ratchet.service.problem.ProblemCode;
import dev.ratchet.service.problem.ProblemException;
import dev.ratchet.service.problem.StorageProblems;
import dev.ratchet.task.blob.BlobException;
import io.grpc.StatusRuntimeException;
import io.temporal.client.WorkflowServiceException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What Temporal and the store refuse, in the API's words: the one place where their errors become problems. */
final class TemporalProblems {
    private static final Logger LOG = LoggerFactory.getLogger(TemporalProblems.class);
    private static final Duration RETRY_AFTER = Duration.ofSeconds(2);
    private static final int MOST_CAUSES = 10;

    private TemporalProblems() {}

    /**
     * The problem for a failure, however deep in it the cause is; the failure itself when it is an error of ours. The SDK
     * hides some causes, such as a call that was cancelled.
     */
    static RuntimeException of(RunId run, RuntimeException failed) {
        Throwable cause = failed;
        for (int depth = 0; cause != null && depth < MOST_CAUSES; depth++) {
            RuntimeException known = known(run, cause);
            if (known != null) {
                return known;
            }
            cause = cause.getCause();
        }
        return failed instanceof WorkflowServiceException ? unavailable(failed) : failed;
    }

    private static @Nullable RuntimeException known(RunId run, Throwable cause) {
        return switch (cause) {
            case ProblemException problem -> problem;
            case BlobException storage -> StorageProblems.of(storage);
            case StatusRuntimeException status -> of(run, status);
            default -> null;
        };
    }

    /**
     * None of Temporal's codes is the fault of whoever called us but for a run that is not there: what it cannot do now it
     * may do later, when it is back or when whoever runs it has mended it.
     */
    private static ProblemException of(RunId run, StatusRuntimeException failed) {
        return switch (failed.getStatus().getCode()) {
            case NOT_FOUND -> TemporalRpc.isNotFound(failed) ? runNotFound(run) : refusing(failed);
            case RESOURCE_EXHAUSTED -> overloaded(failed);
            case UNAVAILABLE, DEADLINE_EXCEEDED, CANCELLED, ABORTED -> unavailable(failed);
            case OK,
                    INTERNAL,
                    UNKNOWN,
                    DATA_LOSS,
                    INVALID_ARGUMENT,
                    ALREADY_EXISTS,
                    PERMISSION_DENIED,
                    UNAUTHENTICATED,
                    FAILED_PRECONDITION,
                    OUT_OF_RANGE,
                    UNIMPLEMENTED -> refusing(failed);
        };
    }

    private static ProblemException overloaded(Throwable cause) {
        return ProblemException.passing(
                ProblemCode.OVERLOADED,
                "Expected Temporal to take the request, but it has too many at the moment",
                RETRY_AFTER,
                cause);
    }

    static ProblemException unavailable(Throwable cause) {
        return ProblemException.passing(
                ProblemCode.TEMPORAL_UNAVAILABLE,
                "Expected Temporal to answer, but it does not at the moment",
                RETRY_AFTER,
                cause);
    }

    /** It answers, but not as it should: somebody has to know. */
    private static ProblemException refusing(Throwable cause) {
        LOG.warn("Expected Temporal to carry out a request, but it refused: {}", cause.toString());
        return ProblemException.passing(
                ProblemCode.TEMPORAL_UNAVAILABLE,
                "Expected Temporal to carry out the request, but it refuses at the moment; the log has its words",
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
