package dev.ratchet.architecture.tasks.spi;

import dev.ratchet.architecture.tasks.dispatch.KnowsATaskType;

/** Hands authors of plug-ins a piece of the engine. */
public interface LeaksTheEngine {
    KnowsATaskType engine();
}
