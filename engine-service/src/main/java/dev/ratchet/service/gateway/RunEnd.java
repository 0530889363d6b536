package dev.ratchet.service.gateway;

import io.temporal.api.history.v1.HistoryEvent;

/** Recognizes the last event of a run. */
final class RunEnd {
    private RunEnd() {}

    /** Whether a run (not just one execution of its chain) ends with the event. */
    static boolean isEnd(HistoryEvent event) {
        return switch (event.getEventType()) {
            case EVENT_TYPE_WORKFLOW_EXECUTION_COMPLETED,
                    EVENT_TYPE_WORKFLOW_EXECUTION_FAILED,
                    EVENT_TYPE_WORKFLOW_EXECUTION_TIMED_OUT,
                    EVENT_TYPE_WORKFLOW_EXECUTION_CANCELED,
                    EVENT_TYPE_WORKFLOW_EXECUTION_TERMINATED -> true;
            default -> false;
        };
    }
}
