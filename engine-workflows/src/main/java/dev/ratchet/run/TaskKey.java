package dev.ratchet.run;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * Names one task instance of a run: the path of the scope it runs in, and its id there. {@code draft[2].write} is the
 * task {@code write} in the third turn of the loop {@code draft}; tasks of the root scope have an empty scope.
 */
public record TaskKey(String scope, String id) implements Comparable<TaskKey> {
    /** The path of the root scope. */
    public static final String ROOT = "";

    public static TaskKey root(String id) {
        return new TaskKey(ROOT, id);
    }

    /** Reads what {@link #toString} wrote. Ids hold no brackets, so the last {@code "]."} ends the scope. */
    @JsonCreator
    public static TaskKey parse(String text) {
        int end = text.lastIndexOf("].");
        return end < 0 ? root(text) : new TaskKey(text.substring(0, end + 1), text.substring(end + 2));
    }

    @Override
    public int compareTo(TaskKey other) {
        int byScope = ScopePath.ORDER.compare(scope, other.scope);
        return byScope != 0 ? byScope : id.compareTo(other.id);
    }

    @JsonValue
    @Override
    public String toString() {
        return scope.isEmpty() ? id : scope + "." + id;
    }
}
