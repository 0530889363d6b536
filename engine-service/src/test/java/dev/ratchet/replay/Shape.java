package dev.ratchet.replay;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ratchet.document.Json;

/**
 * A run to be recorded.
 *
 * @param name of the file, and of the run
 * @param meanwhile what happens to it while it runs
 * @param ends the state it must end in
 * @param witness what its history must show, or it is no history of this shape
 */
record Shape(String name, ObjectNode document, Meanwhile meanwhile, String ends, String witness) {
    /** What happens from outside. */
    enum Meanwhile {
        NOTHING,
        /** Aborted by its API as soon as something runs. */
        ABORT,
        /** Cancelled in Temporal as soon as something runs. */
        CANCEL,
        /** Its worker is killed with -9 as soon as something runs; another one comes. */
        LOSE_WORKER,
        /** Its worker is stopped by SIGTERM as soon as something runs; another one comes. */
        STOP_WORKER,
        /** Its budget is raised as soon as it is paused. */
        RAISE_BUDGET,
        /** Paused as soon as something runs, and resumed when that is over. */
        PAUSE,
        /** A task is added as soon as something runs. */
        PATCH,
        /** Its failed task {@code a} is tried again, and its task {@code d} skipped, as soon as something runs. */
        RETRY,
        /** Carried out again from its task {@code b} when it has ended. */
        RERUN
    }

    Shape {
        document.put("id", name);
    }

    /** A shape that nothing happens to. */
    static Shape of(String name, String ends, String witness, String document) {
        return of(name, ends, witness, Meanwhile.NOTHING, document);
    }

    static Shape of(String name, String ends, String witness, Meanwhile meanwhile, String document) {
        return new Shape(name, Json.read(document, ObjectNode.class), meanwhile, ends, witness);
    }

    @Override
    public String toString() {
        return name + ": " + witness;
    }
}
