package dev.ratchet.task.transform;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BigIntegerNode;
import com.fasterxml.jackson.databind.node.ContainerNode;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Iterator;
import java.util.Map;
import net.thisptr.jackson.jq.PathOutput;
import net.thisptr.jackson.jq.exception.JsonQueryException;
import net.thisptr.jackson.jq.path.ArrayIndexPath;
import net.thisptr.jackson.jq.path.Path;
import org.jspecify.annotations.Nullable;

/**
 * What one evaluation may use: time, steps, the size of any value, and what all steps build together. Seen from inside, on
 * the evaluation's own thread; only {@link #stop} may come from elsewhere. Exceeding it is an error, because {@code try}
 * and {@code ?} of the program must not swallow it.
 */
final class JqBounds {
    static final long NANOS = 1_000_000_000L;
    static final long WALL_NANOS = 3 * NANOS;
    static final String TOO_LONG = "Expected the jq program to end within " + NANOS / 1_000_000
            + " ms, but it was still running after that time";
    /** Characters, 8 for a number; also the bound of an output. */
    static final int VALUE = 8 * 1024 * 1024;

    private static final long BUILT = 256L * 1024 * 1024;
    private static final int STEPS = 10_000_000;
    private static final int INDEX = 1_000_000;
    private static final int LOOKS_PER_TIME = 64;
    private static final int REMEMBERED = 4_096;
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final ThreadLocal<JqBounds> CURRENT = new ThreadLocal<>();

    private final @Nullable JsonNode[] weighed = new JsonNode[REMEMBERED];
    private final int[] weights = new int[REMEMBERED];
    private final long start = System.nanoTime();
    private volatile boolean stopped;
    private int steps;
    private int looks;
    private long built;

    /** The bounds of the evaluation on this thread. */
    static JqBounds current() {
        JqBounds bounds = CURRENT.get();
        if (bounds == null) {
            throw new IllegalStateException("Expected to be inside an evaluation, but there is none");
        }
        return bounds;
    }

    void watch(JqThread.Evaluation evaluation) throws JsonQueryException {
        CURRENT.set(this);
        try {
            evaluation.run();
        } finally {
            CURRENT.remove();
        }
    }

    /** Ends the evaluation at its next step. */
    void stop() {
        stopped = true;
    }

    void step() {
        look();
        if (++steps > STEPS) {
            throw new Exceeded("Expected the jq program to end within " + STEPS + " steps, but it takes more");
        }
    }

    /** Looks at the clock, now and then. */
    void look() {
        if (++looks % LOOKS_PER_TIME == 0 && (stopped || isOver(System.nanoTime() - start))) {
            throw new Exceeded(TOO_LONG);
        }
    }

    /** A second of a processor; on a busy machine that may take longer. */
    private static boolean isOver(long elapsed) {
        return elapsed > WALL_NANOS || (elapsed > NANOS && THREADS.getCurrentThreadCpuTime() > NANOS);
    }

    /** The same output, behind a look at each value. */
    PathOutput watching(PathOutput output) {
        return (value, path) -> {
            passed(value, path);
            output.emit(value, path);
        };
    }

    private void passed(JsonNode value, @Nullable Path path) {
        step();
        if (path instanceof ArrayIndexPath at) {
            index(at.index);
        }
        if (value.isTextual()) {
            int length = value.textValue().length();
            size(length);
            built(length);
        } else if (value instanceof ContainerNode<?> container && !container.isEmpty()) {
            size(weight(container));
        }
    }

    /** Refuses an index that would make the library fill an array up to it. */
    void index(JsonNode index) {
        if (index.isNumber() && index.doubleValue() > INDEX) {
            throw new Exceeded("Expected an index of at most " + INDEX + ", but the jq program uses a larger one");
        }
    }

    void size(long size) {
        if (size > VALUE) {
            throw new Exceeded(
                    "Expected values of at most " + VALUE + " characters, but the jq program builds a larger one");
        }
    }

    void built(long size) {
        built += size;
        if (built > BUILT) {
            throw new Exceeded("Expected the jq program to build at most " + BUILT
                    + " characters in all its steps, but it builds more");
        }
    }

    /** The size of a value written out, shared parts counted each time; remembers what it saw last. */
    private int weight(ContainerNode<?> node) {
        int slot = System.identityHashCode(node) & (REMEMBERED - 1);
        if (weighed[slot] == node) {
            return weights[slot];
        }
        step();
        built(4L * node.size());
        long sum = 2;
        if (node.isObject()) {
            Iterator<Map.Entry<String, JsonNode>> fields = node.fields();
            while (fields.hasNext() && sum <= VALUE) {
                Map.Entry<String, JsonNode> field = fields.next();
                sum += field.getKey().length() + 3 + weightOf(field.getValue());
            }
        } else {
            Iterator<JsonNode> items = node.elements();
            while (items.hasNext() && sum <= VALUE) {
                sum += 1 + weightOf(items.next());
            }
        }
        weighed[slot] = node;
        weights[slot] = (int) Math.min(sum, Integer.MAX_VALUE);
        return weights[slot];
    }

    private int weightOf(JsonNode value) {
        if (value instanceof ContainerNode<?> container) {
            return weight(container);
        }
        if (value instanceof BigIntegerNode whole) {
            return whole.bigIntegerValue().bitLength() / 3;
        }
        return value.isTextual() ? value.textValue().length() + 2 : 8;
    }

    /** Ends the evaluation, whatever surrounds the step. */
    static final class Exceeded extends Error {
        private static final long serialVersionUID = 1L;

        Exceeded(String message) {
            super(message, null, false, false);
        }
    }
}
