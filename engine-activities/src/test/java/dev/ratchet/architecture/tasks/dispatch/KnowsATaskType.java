package dev.ratchet.architecture.tasks.dispatch;

import dev.ratchet.architecture.tasks.prompt.KnowsTemporal;

/** Treats one type otherwise than others. */
public final class KnowsATaskType {
    public boolean isPrompt(Object executor) {
        return executor instanceof KnowsTemporal;
    }
}
