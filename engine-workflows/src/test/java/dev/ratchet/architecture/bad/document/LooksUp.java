package dev.ratchet.architecture.bad.document;

/** A document that knows what became of it. */
public final class LooksUp {
    public Object next() {
        return new dev.ratchet.architecture.bad.workflow.MakesIds();
    }
}
