package dev.ratchet.task.context;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ratchet.document.ErrorCode;
import dev.ratchet.plan.Policies.ContextStrategy;
import dev.ratchet.task.spi.TaskFailure;
import org.jspecify.annotations.Nullable;

/**
 * How the outputs that lead up to a prompt are made to fit (contract, part 7).
 *
 * @param maxTokens of memory and outputs together, for {@code truncate}
 * @param keepLastN outputs, for {@code keep_last_n}
 * @param truncateTo tokens of each output, for {@code truncate_to}
 */
public record ContextPolicy(ContextStrategy strategy, long maxTokens, long keepLastN, long truncateTo) {
    /** Everything as it is. */
    public static final ContextPolicy NONE = new ContextPolicy(ContextStrategy.NONE, 8_000, 5, 2_000);

    /**
     * Reads a run's policy; what it leaves out has its default.
     *
     * @throws TaskFailure {@code invalid_input}; documents were checked at submit, so this is for what came otherwise
     */
    public static ContextPolicy read(@Nullable JsonNode written) throws TaskFailure {
        if (written == null || written.isNull() || written.isMissingNode()) {
            return NONE;
        }
        return new ContextPolicy(
                strategy(written.path("strategy")),
                number(written, "max_tokens", NONE.maxTokens),
                number(written, "keep_last_n", NONE.keepLastN),
                number(written, "truncate_to", NONE.truncateTo));
    }

    private static ContextStrategy strategy(JsonNode node) throws TaskFailure {
        if (node.isMissingNode()) {
            return ContextStrategy.NONE;
        }
        for (ContextStrategy strategy : ContextStrategy.values()) {
            if (strategy.wire().equals(node.textValue())) {
                return strategy;
            }
        }
        throw invalid("strategy", "one of " + String.join(", ", ContextStrategy.names()), node);
    }

    private static long number(JsonNode written, String name, long fallback) throws TaskFailure {
        JsonNode node = written.path(name);
        if (node.isMissingNode()) {
            return fallback;
        }
        if (!node.isIntegralNumber() || !node.canConvertToLong() || node.longValue() < 0) {
            throw invalid(name, "a whole number of at least 0", node);
        }
        return node.longValue();
    }

    private static TaskFailure invalid(String name, String expected, JsonNode node) {
        return TaskFailure.permanent(
                ErrorCode.INVALID_INPUT,
                "Expected context_policy." + name + " to be " + expected + ", but it was " + node);
    }
}
