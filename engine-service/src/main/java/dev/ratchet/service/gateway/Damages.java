package dev.ratchet.service.gateway;

import dev.ratchet.task.blob.BlobException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Takes note of what one reading has to do without, each blob once. Not thread-safe. */
final class Damages {
    private final Map<String, Damage> found = new LinkedHashMap<>();

    /** What is read; null when it cannot be read, which is noted. */
    <T> @Nullable T without(Damage.Kind kind, String ref, Supplier<T> read) {
        try {
            return read.get();
        } catch (BlobException failed) {
            found.putIfAbsent(ref, Damage.of(kind, ref, failed));
            return null;
        }
    }

    List<Damage> found() {
        return new ArrayList<>(found.values());
    }
}
