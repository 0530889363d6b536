package dev.ratchet.workflow;

/** How many signals and updates this execution was sent, and could read: the server refuses them beyond a number. */
final class Traffic {
    private int signals;
    private int updates;

    void signal() {
        signals++;
    }

    void update() {
        updates++;
    }

    int signals() {
        return signals;
    }

    int updates() {
        return updates;
    }
}
