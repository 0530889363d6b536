package dev.ratchet.service.bench;

/**
 * A graph of no-op tasks.
 *
 * @param kind how the tasks hang together
 * @param size how many tasks the kind is about: those of a chain, those between root and join
 * @param local whether the plain SDK uses local activities
 */
public record Shape(Kind kind, int size, boolean local) {
    /** The graphs that are measured. */
    public enum Kind {
        /** One after the other. */
        CHAIN,
        /** A root, many beside one another, a join. */
        FAN,
        /** One, three beside one another, one. */
        DIAMOND
    }

    static Shape chain(int size) {
        return new Shape(Kind.CHAIN, size, false);
    }

    static Shape fan(int size) {
        return new Shape(Kind.FAN, size, false);
    }

    static Shape diamond() {
        return new Shape(Kind.DIAMOND, 3, false);
    }

    Shape locally() {
        return new Shape(kind, size, true);
    }

    /** Tasks of the graph in all. */
    int tasks() {
        return kind == Kind.CHAIN ? size : size + 2;
    }
}
