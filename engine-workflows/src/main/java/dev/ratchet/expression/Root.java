package dev.ratchet.expression;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The names with which an expression may begin. Where each is readable is decided by {@link Names}. */
public enum Root {
    /** The run's input. */
    INPUT,
    /** The task's own resolved input. */
    ARGS,
    /** States, outputs and errors of settled ancestors; {@code ctx} is another spelling. */
    TASKS,
    /** The output just produced: on an edge, a branch, a loop. */
    OUTPUT,
    /** The item of a map. */
    ITEM,
    /** The position of the item of a map, from 0. */
    INDEX,
    /** The turn of a loop, from 0. */
    ITERATION,
    /** The output of the turn before. */
    PREVIOUS,
    /** {@code run.id}, {@code run.labels}, {@code run.organization}. */
    RUN,
    /** Secrets by name; only in the fields that say so. */
    SECRETS;

    private static final Map<String, Root> BY_NAME = byName();

    /** As it is written in an expression. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    static @Nullable Root of(String name) {
        return BY_NAME.get(name);
    }

    static Iterable<String> names() {
        return BY_NAME.keySet();
    }

    private static Map<String, Root> byName() {
        Map<String, Root> names = new HashMap<>();
        for (Root root : values()) {
            names.put(root.text(), root);
        }
        names.put("ctx", TASKS);
        return Map.copyOf(names);
    }
}
