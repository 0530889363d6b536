package dev.ratchet.service.config;

import java.util.Locale;

/** What the engine refuses to exceed and operators may move; each has a key under {@code limits}. Sizes are bytes. */
public enum Limit {
    BODY_BYTES(4 << 20, 64 << 20),
    JSON_DEPTH(64, 500),
    TASKS(10_000, 100_000),
    EDGES(50_000, 1_000_000),
    PARALLELISM(500, 500),
    PATCH_OPERATIONS(100, 1_000),
    PATCH_BYTES(256 << 10, 4 << 20),
    PATCHES(1_000, 1_000),
    EXPRESSION_BYTES(4 << 10, 4 << 10);

    private final int standard;
    private final int most;

    Limit(int standard, int most) {
        this.standard = standard;
        this.most = most;
    }

    /** The value without configuration. */
    public int standard() {
        return standard;
    }

    /** The largest value it may be given: what the engine is built for. */
    public int most() {
        return most;
    }

    /** The key in the file: {@code limits.body_bytes}. */
    public String key() {
        return "limits." + name().toLowerCase(Locale.ROOT);
    }
}
