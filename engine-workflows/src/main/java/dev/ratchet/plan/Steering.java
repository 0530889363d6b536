package dev.ratchet.plan;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a task does to other tasks beside its own work: it chooses among them, or repeats them. Pointers are relative to the
 * task's own fields.
 *
 * @param conditions what is decided, in order; may read {@code output}
 * @param targets the tasks that it chooses among
 * @param repeats the tasks that it repeats; absent when it repeats none
 */
public record Steering(
        List<Clause> conditions,
        List<Target> targets,
        @Nullable Repeats repeats) {
    /** Nothing: most tasks. */
    public static final Steering NONE = new Steering(List.of(), List.of(), null);

    public Steering {
        conditions = List.copyOf(conditions);
        targets = List.copyOf(targets);
    }

    /** A condition as written. */
    public record Clause(String pointer, JsonNode condition) {}

    /** A task that is named. */
    public record Target(String pointer, String id) {}

    /** The two ways to repeat a body. */
    public sealed interface Repeats {
        /** As long as a condition says; it is the only one of {@link Steering#conditions}. */
        record Turns(boolean until, int maxIterations, boolean goOnWhenExhausted) implements Repeats {}

        /** Once for each item of a list. */
        record Items(int maxParallelism, boolean collect) implements Repeats {}
    }
}
