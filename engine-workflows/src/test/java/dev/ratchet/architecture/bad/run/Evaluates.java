package dev.ratchet.architecture.bad.run;

import dev.ratchet.architecture.bad.expression.Evaluated;

/** Evaluates where a replay would evaluate again. */
public final class Evaluates {
    public boolean decide() {
        return new Evaluated().isTrue();
    }
}
