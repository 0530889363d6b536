package dev.ratchet.task.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A catalogue that cannot be used; its message has one line for each thing that is wrong. */
public final class CatalogueException extends IllegalArgumentException {
    CatalogueException(String name, List<String> problems) {
        super("Expected a valid model catalogue in " + name + ", but:\n  " + String.join("\n  ", problems));
    }

    CatalogueException(String name, String problem, @Nullable Throwable cause) {
        super(name + ": " + problem, cause);
    }
}
