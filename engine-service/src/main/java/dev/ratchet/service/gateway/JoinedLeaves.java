package dev.ratchet.service.gateway;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ratchet.run.Value;
import dev.ratchet.task.blob.BlobException;
import dev.ratchet.task.blob.Values;
import java.util.Map;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * What the leaves of one item gave together, as a worker would have put it together: for one request, and of so many stored
 * bytes at most. Not thread-safe.
 */
final class JoinedLeaves {
    private static final int MOST_LEAVES = 100;
    private static final int MAX_INLINE = 512;
    private static final long MOST_BYTES = 16L * 1024 * 1024;

    private final Values values;
    private long left = MOST_BYTES;

    JoinedLeaves(Values values) {
        this.values = values;
    }

    /** @return absent when it is too much to read, or cannot be read */
    @Nullable
    Value join(SortedMap<String, Value> outputs) {
        if (outputs.size() > MOST_LEAVES) {
            return Value.of(NullNode.instance);
        }
        ObjectNode joined = JsonNodeFactory.instance.objectNode();
        try {
            for (Map.Entry<String, Value> leaf : outputs.entrySet()) {
                left -= leaf.getValue() instanceof Value.Stored stored ? stored.size() : 0;
                if (left < 0) {
                    return null;
                }
                joined.set(leaf.getKey(), values.load(leaf.getValue()));
            }
            return values.keep(joined, MAX_INLINE).value();
        } catch (BlobException unreadable) {
            return null;
        }
    }
}
