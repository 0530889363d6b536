package dev.ratchet.service.config;

import java.util.Locale;

/** What the engine refuses to exceed; each can be configured under {@code limits}. Sizes are bytes. */
public enum Limit {
    BODY_BYTES(4 << 20),
    TASKS(10_000),
    TASK_INSTANCES(100_000),
    EDGES(50_000),
    PARALLELISM(500),
    NESTING(8),
    CHILD_DEPTH(5),
    JSON_DEPTH(64),
    INLINE_BYTES(16 << 10),
    RUN_INLINE_BYTES(512 << 10),
    OUTPUT_BYTES(64 << 20),
    MAP_ITEMS(10_000),
    LOOP_ITERATIONS(1_000),
    PATCH_OPERATIONS(100),
    PATCH_BYTES(256 << 10),
    PATCHES(1_000),
    EXPRESSION_BYTES(4 << 10);

    private final int standard;

    Limit(int standard) {
        this.standard = standard;
    }

    /** The value without configuration. */
    public int standard() {
        return standard;
    }

    /** The key in the file: {@code limits.body_bytes}. */
    public String key() {
        return "limits." + name().toLowerCase(Locale.ROOT);
    }
}
