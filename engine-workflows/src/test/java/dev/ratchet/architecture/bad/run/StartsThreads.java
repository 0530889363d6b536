package dev.ratchet.architecture.bad.run;

import java.util.concurrent.CompletableFuture;

/** Leaves its thread. */
public final class StartsThreads {
    public CompletableFuture<Integer> count() {
        return CompletableFuture.supplyAsync(() -> 1);
    }
}
