package dev.ratchet.document;

/**
 * The closed set of error codes that tasks, runs and answers carry (contract, part 8). The wire form is the lower-case
 * name.
 */
public enum ErrorCode {
    TASK_NOT_FOUND,
    CONTEXT_BUILD_FAILED,
    CONTEXT_COMPACT_FAILED,
    TOKEN_ESTIMATION_FAILED,
    MODEL_UNKNOWN,
    BUDGET_EXCEEDED,
    EXECUTION_FAILED,
    INVALID_RESULT,
    ROUTING_FAILED,
    SCHEDULER_ERROR,
    DAG_INCONSISTENT,
    TIMEOUT,
    CANCELLED,
    CONDITION_FAILED,
    INVALID_INPUT,
    OUTPUT_INVALID,
    OUTPUT_TOO_LARGE,
    EGRESS_DENIED,
    SECRET_NOT_FOUND,
    INTEGRATION_FAILED,
    DEADLINE_EXPIRED,
    LOOP_EXHAUSTED,
    LIMIT_EXCEEDED,
    WORKER_LOST,
    STORAGE_DAMAGED,
    TASK_NOT_WAITING,
    REVISION_CONFLICT,
    DAG_CYCLE,
    DAG_INVALID,
    DEP_NOT_FOUND,
    EXPRESSION_INVALID;

    /** The code as users see it, such as {@code budget_exceeded}. */
    public String wire() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
