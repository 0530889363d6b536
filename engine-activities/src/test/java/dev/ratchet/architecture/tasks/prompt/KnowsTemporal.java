package dev.ratchet.architecture.tasks.prompt;

import io.temporal.activity.Activity;

/** Heartbeats by itself. */
public final class KnowsTemporal {
    public void beat() {
        Activity.getExecutionContext().heartbeat(null);
    }
}
