package dev.ratchet.architecture.bad.stray;

import dev.ratchet.architecture.bad.plan.Shouts;

/** In a package that no layer names. */
public final class HasNoPlace {
    public String first() {
        return new Shouts().loud("");
    }
}
