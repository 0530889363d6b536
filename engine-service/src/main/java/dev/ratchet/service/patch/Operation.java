package dev.ratchet.service.patch;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One operation of a patch.
 *
 * @param pointer to the operation in the body that was sent
 * @param path what it is about, segment by segment, unescaped
 * @param value absent where the kind takes none
 * @param origin where the value stands in the body that was sent
 */
record Operation(
        String pointer,
        Kind kind,
        List<String> path,
        @Nullable JsonNode value,
        Origin origin) {
    /** The operations of RFC 6902 that a graph needs. */
    enum Kind {
        ADD,
        REMOVE,
        REPLACE,
        TEST
    }

    Operation {
        path = List.copyOf(path);
    }
}
