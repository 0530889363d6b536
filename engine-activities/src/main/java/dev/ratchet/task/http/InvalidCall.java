package dev.ratchet.task.http;

/** A task whose fields are no HTTP call; the reason holds no value of a field, which may be secret. */
final class InvalidCall extends Exception {
    private static final long serialVersionUID = 1L;

    private final String pointer;
    private final String reason;

    InvalidCall(String pointer, String reason) {
        super(reason);
        this.pointer = pointer;
        this.reason = reason;
    }

    /** Relative to the task's own fields. */
    String pointer() {
        return pointer;
    }

    String reason() {
        return reason;
    }
}
