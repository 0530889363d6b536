package dev.ratchet.document;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * The gate for values that workers and what they call bring in: outputs, payloads, details of errors. What passes can be
 * written, stored and read again by everybody: text is valid Unicode, numbers are those of JSON, depth and names are bounded
 * as in documents. Half a surrogate pair is no reason to lose work that was done, so it is mended; whatever else does not
 * fit is refused. Bodies of requests have a stricter gate, {@link StrictJson}: their sender can mend them.
 */
public sealed interface Intake {
    /** How deep values are, arrays and objects in each other. */
    int MAX_DEPTH = StrictJson.Limits.DEFAULT.maxDepth();

    /** How many members an object has. */
    int MAX_MEMBERS = StrictJson.Limits.DEFAULT.maxMembers();

    /** How long a name is. */
    int MAX_NAME = StrictJson.Limits.NAME;

    /** How many digits a number has. */
    int MAX_NUMBER = StrictJson.Limits.NUMBER;

    /**
     * A value that may travel.
     *
     * @param json the very value where nothing was wrong with it
     * @param halves how many halves of characters were replaced by U+FFFD
     */
    record Taken(JsonNode json, int halves) implements Intake {
        /** What a reader of the task should know of it; empty when nothing was changed. */
        public String note() {
            return halves == 0
                    ? ""
                    : "Expected text of Unicode characters, but " + halves
                            + (halves == 1 ? " half of a character" : " halves of characters")
                            + " stood alone, replaced by U+FFFD";
        }
    }

    /** A value that may not; {@code reason} reads "Expected X, but Y". */
    record Refused(String reason) implements Intake {}

    /** Looks at a whole value. Pure, and linear in its size. */
    static Intake of(JsonNode json) {
        Mending mending = new Mending();
        try {
            JsonNode sound = mending.mended(json);
            return new Taken(sound, mending.halves());
        } catch (Mending.Unfit unfit) {
            return new Refused(String.valueOf(unfit.getMessage()));
        }
    }
}
