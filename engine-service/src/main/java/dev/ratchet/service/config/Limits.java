package dev.ratchet.service.config;

import java.util.EnumMap;
import java.util.Map;

/** The limits in force; what is not configured has its standard value. */
public record Limits(Map<Limit, Integer> configured) {
    public Limits {
        configured = Map.copyOf(configured);
    }

    /** All at their standard values. */
    public static Limits standard() {
        return new Limits(new EnumMap<>(Limit.class));
    }

    public int of(Limit limit) {
        return configured.getOrDefault(limit, limit.standard());
    }
}
