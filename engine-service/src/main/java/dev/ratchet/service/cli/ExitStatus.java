package dev.ratchet.service.cli;

/** Exit statuses of the command line; scripts rely on them. */
final class ExitStatus {
    /** The run completed, or there was nothing wrong. */
    static final int COMPLETED = 0;

    /** The run failed or was exhausted, or something is wrong. */
    static final int FAILED = 1;

    /** Bad usage, or a refused document. */
    static final int REFUSED = 2;

    /** The run was aborted. */
    static final int ABORTED = 3;

    /** No engine answers. */
    static final int UNREACHABLE = 4;

    private ExitStatus() {}
}
