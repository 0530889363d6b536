package dev.ratchet.workflow;

import dev.ratchet.plan.TaskSpec;

/**
 * When a run continues as a new execution. The server ends histories of 51,200 events or 50 MB and refuses more than 10,000
 * signals and 2,000 updates of one execution, and replays get slow long before. Immutable.
 *
 * @param wanted from here on a run renews itself as soon as nothing holds it up
 * @param pressing from here on what it starts cannot hold it up: each dispatch goes on without the execution
 * @param last from here on it starts nothing at all until it has renewed itself; what is left is a reserve, for what is in
 *     flight to end and for whoever aborts the run
 * @param longMs attempts that may take longer than so many milliseconds never hold it up
 * @param lookMs how often, in milliseconds, a run and those of its dispatches that go on without its execution look after
 *     each other
 */
public record RenewalLimits(Bound wanted, Bound pressing, Bound last, long longMs, long lookMs) {
    private static final long MB = 1024 * 1024;

    /** Those of the engine. */
    public static final RenewalLimits DEFAULT = new RenewalLimits(
            new Bound(3_500, 4 * MB, 2_000, 1_000),
            new Bound(20_000, 20 * MB, 4_000, 1_500),
            new Bound(40_000, 40 * MB, 8_000, 1_800),
            TaskSpec.DEFAULT_TIMEOUT_MS,
            600_000);

    /** So much of one execution; it is reached when one of its parts is. */
    public record Bound(long events, long bytes, int signals, int updates) {
        boolean isReached(long hasEvents, long hasBytes, Traffic traffic) {
            return hasEvents >= events
                    || hasBytes >= bytes
                    || traffic.signals() >= signals
                    || traffic.updates() >= updates;
        }
    }
}
