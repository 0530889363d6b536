package dev.ratchet.expression;

import dev.cel.common.CelErrorCode;
import dev.cel.common.CelIssue;
import dev.cel.runtime.CelEvaluationException;
import dev.ratchet.document.Text;
import java.util.Map;

/** CEL's problems in our words. Only what the source itself spells out is repeated, never a value. */
final class CelMessages {
    private static final Map<CelErrorCode, String> TEXTS = Map.of(
            CelErrorCode.DIVIDE_BY_ZERO, "Expected a divisor other than zero, but it is zero",
            CelErrorCode.NUMERIC_OVERFLOW, "Expected a number within 64 bits, but the calculation overflows",
            CelErrorCode.INDEX_OUT_OF_BOUNDS, "Expected an index within the list, but it is outside of it",
            CelErrorCode.DUPLICATE_ATTRIBUTE, "Expected the keys of a map to differ, but two are equal",
            CelErrorCode.BAD_FORMAT, "Expected a text that can be converted, but its format is another",
            CelErrorCode.ITERATION_BUDGET_EXCEEDED,
                    "Expected at most " + Limits.ITERATIONS + " iterations, but the expression needs more");

    private CelMessages() {}

    static String ofIssue(CelIssue issue) {
        String message = issue.getMessage();
        if (message.startsWith("Expression recursion limit exceeded")) {
            return "Expected an expression at most " + Limits.DEPTH + " levels deep, but it is deeper";
        }
        return "Expected a valid expression, but at line "
                + issue.getSourceLocation().getLine() + ", column "
                + (issue.getSourceLocation().getColumn() + 1) + ": "
                + Text.brief(before(before(message, " (candidates:"), " expecting "), 161);
    }

    private static String before(String message, String tail) {
        int at = message.indexOf(tail);
        return at < 0 ? message : message.substring(0, at);
    }

    static String ofFailure(CelEvaluationException failure, String source) {
        if (failure.getCause() instanceof Guard.StepFailed step) {
            return String.valueOf(step.getMessage());
        }
        if (failure.getCause() instanceof ExpressionException own) {
            return own.text();
        }
        if (failure.getCause() instanceof ArithmeticException) {
            return TEXTS.getOrDefault(CelErrorCode.NUMERIC_OVERFLOW, "");
        }
        CelErrorCode code = failure.getErrorCode();
        String message = String.valueOf(failure.getMessage());
        return switch (code) {
            case ATTRIBUTE_NOT_FOUND -> missing(message, source);
            case OVERLOAD_NOT_FOUND -> noOverload(message);
            default -> TEXTS.getOrDefault(code, "Expected operands that fit the operation, but they do not");
        };
    }

    static ExpressionException missingField(String name) {
        return ExpressionException.failed(
                "Expected the field '" + Text.brief(name) + "' to be present, but it is missing");
    }

    private static String missing(String message, String source) {
        String quoted = quoted(message);
        String name = quoted.isEmpty()
                ? message.substring(message.lastIndexOf(": ") + 1).strip()
                : quoted;
        return isWritten(name, source)
                ? missingField(name).text()
                : "Expected a field that is present, but it is missing";
    }

    /** Only what the author wrote is repeated: a computed key may be a secret. */
    private static boolean isWritten(String name, String source) {
        return !name.isEmpty()
                && (source.contains("." + name)
                        || source.contains("'" + name + "'")
                        || source.contains('"' + name + '"'));
    }

    private static String noOverload(String message) {
        String function = quoted(message).replace("_", "").replace("@", "").replace("?:", "? :");
        return "Expected operands that '" + function + "' takes, but their types do not fit";
    }

    private static String quoted(String message) {
        int from = message.indexOf('\'');
        int to = message.indexOf('\'', from + 1);
        return from < 0 || to < 0 ? "" : message.substring(from + 1, to);
    }
}
