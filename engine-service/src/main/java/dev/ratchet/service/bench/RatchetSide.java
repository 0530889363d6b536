package dev.ratchet.service.bench;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Ratchet as its users meet it: a document posted, the end awaited, both over HTTP. */
final class RatchetSide implements Side {
    private final Rest rest;
    private final Documents documents;
    private final Map<Shape, String> bodies = new ConcurrentHashMap<>();

    RatchetSide(Rest rest, Documents documents) {
        this.rest = rest;
        this.documents = documents;
    }

    @Override
    public void run(Shape shape) {
        var ignored = rest.awaitEnd(rest.submit(bodies.computeIfAbsent(shape, documents::of)));
    }
}
