package dev.ratchet.architecture.bad.run;

import io.temporal.workflow.Workflow;

/** Knows the shell. */
public final class KnowsTemporal {
    public long now() {
        return Workflow.currentTimeMillis();
    }
}
