package dev.ratchet.faults;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * Holds chosen calls at a chosen moment until they are released, so that a fault hits the moment it is meant for. A wish
 * holds one call; the next one of the same name passes. Thread-safe.
 */
final class Barrier {
    /** Where a call can be held. */
    enum Moment {
        BEFORE_EFFECT,
        AFTER_EFFECT
    }

    private record Place(String name, Moment moment) {}

    private final Map<Place, Integer> wishes = new HashMap<>();
    private final Map<String, List<CompletableFuture<Void>>> held = new HashMap<>();

    synchronized void hold(String name, Moment moment) {
        wishes.merge(new Place(name, moment), 1, Integer::sum);
    }

    /** Completes when the call may go on: at once unless somebody wished to hold it. */
    synchronized CompletableFuture<Void> pass(String name, Moment moment) {
        Place place = new Place(name, moment);
        Integer wished = wishes.remove(place);
        if (wished == null) {
            return CompletableFuture.completedFuture(null);
        }
        if (wished > 1) {
            wishes.put(place, wished - 1);
        }
        CompletableFuture<Void> gate = new CompletableFuture<>();
        held.computeIfAbsent(name, unused -> new ArrayList<>()).add(gate);
        return gate;
    }

    /** How many calls of that name are held now. */
    synchronized int held(String name) {
        return held.getOrDefault(name, List.of()).size();
    }

    /** Lets go what is held under that name, and forgets what was wished for it. */
    synchronized void release(String name) {
        wishes.keySet().removeIf(place -> place.name().equals(name));
        List<CompletableFuture<Void>> gates = held.remove(name);
        if (gates != null) {
            gates.forEach(gate -> gate.complete(null));
        }
    }
}
