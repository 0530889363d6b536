package dev.ratchet.architecture.bad.expression;

/** What a run may not ask. */
public final class Evaluated {
    public boolean isTrue() {
        return true;
    }
}
