package dev.ratchet.task.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.ratchet.document.ErrorCode;
import dev.ratchet.document.Text;
import dev.ratchet.task.spi.TaskFailure;
import java.math.BigDecimal;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * How a task's metadata steers the simulated model (contract, part 3).
 *
 * @param output answered as it is; missing node for one made from the prompt
 * @param latencyMs passes before the answer or the error
 * @param inputTokens reported instead of a count; absent for the count
 * @param outputTokens reported instead of a count; absent for the count
 * @param error what failing attempts fail with; absent for {@code execution_failed}
 * @param failAttempts how many attempts fail, from the first
 */
record SimControls(
        JsonNode output,
        long latencyMs,
        @Nullable Long inputTokens,
        @Nullable Long outputTokens,
        @Nullable ErrorCode error,
        long failAttempts) {
    private static final long MAX_LATENCY_MS = 7L * 24 * 60 * 60 * 1000;
    private static final long MAX_TOKENS = 1_000_000_000L;

    /** @throws TaskFailure {@code invalid_input} when a {@code sim_} key holds what it cannot */
    static SimControls read(JsonNode metadata) throws TaskFailure {
        Long latency = number(metadata, "sim_latency_ms", MAX_LATENCY_MS);
        ErrorCode error = code(metadata);
        Long failing = number(metadata, "sim_fail_attempts", Integer.MAX_VALUE);
        JsonNode output = metadata.path("sim_output");
        return new SimControls(
                output.isNull() ? MissingNode.getInstance() : output,
                latency == null ? 0 : latency,
                number(metadata, "sim_input_tokens", MAX_TOKENS),
                number(metadata, "sim_output_tokens", MAX_TOKENS),
                error,
                failing != null ? failing : error == null ? 0 : Integer.MAX_VALUE);
    }

    boolean fails(int attempt) {
        return attempt <= failAttempts;
    }

    private static @Nullable ErrorCode code(JsonNode metadata) throws TaskFailure {
        JsonNode node = metadata.path("sim_error");
        if (node.isMissingNode() || node.isNull()) {
            return null;
        }
        return Arrays.stream(ErrorCode.values())
                .filter(code -> node.isTextual() && code.wire().equals(node.textValue()))
                .findFirst()
                .orElseThrow(() -> invalid("sim_error", "an error code of a task", node));
    }

    private static @Nullable Long number(JsonNode metadata, String name, long max) throws TaskFailure {
        JsonNode node = metadata.path(name);
        if (node.isMissingNode() || node.isNull()) {
            return null;
        }
        try {
            long value = decimal(node).longValueExact();
            if (value >= 0 && value <= max) {
                return value;
            }
        } catch (ArithmeticException | NumberFormatException e) {
            throw invalid(name, expected(max), node);
        }
        throw invalid(name, expected(max), node);
    }

    private static BigDecimal decimal(JsonNode node) {
        return node.isNumber() ? node.decimalValue() : new BigDecimal(node.asText());
    }

    private static String expected(long max) {
        return "a whole number from 0 to " + max + " (also as decimal text)";
    }

    private static TaskFailure invalid(String name, String expected, JsonNode node) {
        String shown = node.toString();
        return TaskFailure.permanent(
                ErrorCode.INVALID_INPUT,
                "Expected metadata." + name + " to be " + expected + ", but it was " + Text.cut(shown, 81));
    }
}
