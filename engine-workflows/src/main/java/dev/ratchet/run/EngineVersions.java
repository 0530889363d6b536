package dev.ratchet.run;

/**
 * Versions of what runs decide. A run keeps the one it began under, its groups on workers included; a rule that changes
 * once a version is released asks {@link RunView#engineVersion} and keeps the old way under the old number, so that
 * recorded histories replay for ever.
 */
public final class EngineVersions {
    /** What new runs get. */
    public static final int CURRENT = 1;

    private EngineVersions() {}

    /**
     * Refuses a run that a newer engine began: the workflow task fails, and is tried again by a worker that knows more.
     *
     * @param newest the newest version that this worker knows
     * @throws IllegalStateException when the version is newer than that
     */
    public static void require(int version, int newest) {
        if (version < 1 || version > newest) {
            throw new IllegalStateException(
                    "Expected an engine version up to " + newest + ", but the run has " + version);
        }
    }
}
