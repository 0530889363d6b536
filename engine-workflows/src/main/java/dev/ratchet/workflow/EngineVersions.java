package dev.ratchet.workflow;

/**
 * Versions of the engine's behaviour. A run keeps the one it began under; behaviour that changes branches on it, so that
 * recorded histories replay for ever.
 */
public final class EngineVersions {
    /** What new runs get. */
    public static final int CURRENT = 1;

    private EngineVersions() {}

    /**
     * Refuses a run that a newer engine began: the workflow task fails, and is tried again by a worker that knows more.
     *
     * @throws IllegalStateException when the version is newer than this worker
     */
    static void require(int version) {
        if (version < 1 || version > CURRENT) {
            throw new IllegalStateException(
                    "Expected an engine version up to " + CURRENT + ", but the run has " + version);
        }
    }
}
