package dev.ratchet.workflow;

import dev.ratchet.run.RunCommand;

/**
 * What one workflow task may send, and what may come back within it. The server refuses more than 4 MB at once, and that is
 * all commands of a workflow task together with the answers of its local activities, which become markers of it; answers to
 * queries travel beside them. So a turn has a megabyte: for what it sends, for what it got back, and for the most that local
 * work under way may still bring. What does not fit waits for a turn of its own.
 */
final class Turn {
    static final long BYTES = 1024 * 1024;

    /** Activities that one workflow task starts. */
    static final int COMMANDS = 100;

    /** Local activities that one workflow task completes. */
    static final int LOCAL = 1_000;

    /** How long local work may go on without letting anybody else have a turn, in milliseconds. */
    static final long BURST_MS = 500;

    /** What a command or a marker takes beside what it carries. */
    static final long ENVELOPE = 600;

    private int sent;
    private int local;
    private int underWay;
    private long bytes;
    private long began;

    /** A new workflow task began, or one that only now hears from outside. What is under way comes back in it. */
    void begin(long now) {
        sent = 0;
        local = 0;
        bytes = 0;
        began = now;
    }

    boolean allows(RunCommand command, long now) {
        return command instanceof RunCommand.Inline
                ? local < LOCAL && now - began <= BURST_MS && bytes + expected() + most() <= BYTES
                : allowsToSend();
    }

    boolean allowsToSend() {
        return sent < COMMANDS && bytes + expected() < BYTES;
    }

    /** Whether there may be room again before the turn is over: for local work, when other local work has come back. */
    boolean hasRoomSoon(RunCommand command, long now) {
        return underWay > 0
                && command instanceof RunCommand.Inline
                && local < LOCAL
                && now - began <= BURST_MS
                && bytes + most() <= BYTES;
    }

    /** Something is sent that weighs so much. */
    void sends(long weight) {
        sent++;
        bytes += ENVELOPE + weight;
    }

    /** Local work begins, which brings back at most what {@link InlineResult} may weigh. */
    void asks() {
        local++;
        underWay++;
    }

    /** It came back and weighs so much. */
    void hears(long weight) {
        underWay--;
        bytes += ENVELOPE + weight;
    }

    /** Whether local work goes on: its answers come within the same workflow task. */
    boolean worksLocally() {
        return underWay > 0;
    }

    private long expected() {
        return underWay * most();
    }

    private static long most() {
        return ENVELOPE + InlineResult.MOST_BYTES;
    }
}
