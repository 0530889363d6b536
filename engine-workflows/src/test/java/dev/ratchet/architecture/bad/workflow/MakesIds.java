package dev.ratchet.architecture.bad.workflow;

import java.util.UUID;

/** Invents an id. */
public final class MakesIds {
    public String id() {
        return UUID.randomUUID().toString();
    }
}
