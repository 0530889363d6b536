package dev.ratchet.task.waiting;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ratchet.document.Text;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/**
 * When a wait ends: a number of milliseconds from now, or a time in epoch milliseconds. Exactly one is given.
 *
 * @param delayMs 0 to ten years
 */
record Due(@Nullable Long delayMs, @Nullable Long untilMs) {
    static final long MAX_DELAY_MS = 315_360_000_000L;
    private static final long MAX_EPOCH_MS =
            Instant.parse("9999-12-31T23:59:59Z").toEpochMilli();

    /** Checks a wait as written: what templates will give is left for later. */
    static void check(JsonNode config) throws Refused {
        JsonNode value = config.path(field(config));
        if (!value.isTextual() || !value.textValue().contains("${")) {
            read(config);
        }
    }

    /** Reads a wait whose templates are resolved. */
    static Due read(JsonNode config) throws Refused {
        String field = field(config);
        JsonNode value = config.path(field);
        return field.equals("duration_ms") ? new Due(delay(value), null) : new Due(null, time(value));
    }

    private static String field(JsonNode config) throws Refused {
        boolean duration = config.has("duration_ms");
        if (duration == config.has("until")) {
            throw new Refused(
                    "",
                    "Expected one of 'duration_ms' and 'until', but "
                            + (duration ? "both are there" : "neither is there"));
        }
        return duration ? "duration_ms" : "until";
    }

    private static long delay(JsonNode value) throws Refused {
        Long millis = integer(value);
        if (millis == null || millis < 0 || millis > MAX_DELAY_MS) {
            throw new Refused(
                    "/duration_ms",
                    "Expected 'duration_ms' to be an integer from 0 to " + MAX_DELAY_MS + ", but it is "
                            + shown(value));
        }
        return millis;
    }

    private static long time(JsonNode value) throws Refused {
        Long millis = value.isTextual() ? parsed(value.textValue()) : integer(value);
        if (millis == null || millis < 0 || millis > MAX_EPOCH_MS) {
            throw new Refused(
                    "/until",
                    "Expected 'until' to be epoch milliseconds or an RFC 3339 time with its offset, but it is "
                            + shown(value));
        }
        return millis;
    }

    private static @Nullable Long parsed(String text) {
        try {
            return OffsetDateTime.parse(text, DateTimeFormatter.ISO_OFFSET_DATE_TIME)
                    .toInstant()
                    .toEpochMilli();
        } catch (DateTimeException | ArithmeticException e) {
            return null;
        }
    }

    /** A whole number that fits 64 bits, however an expression spelled it (5000 or 5000.0). */
    private static @Nullable Long integer(JsonNode value) {
        if (!value.isNumber() || !Double.isFinite(value.doubleValue())) {
            return null;
        }
        try {
            return value.decimalValue().longValueExact();
        } catch (ArithmeticException e) {
            return null;
        }
    }

    private static String shown(JsonNode value) {
        String text = value.isContainerNode() ? "of another type" : value.toString();
        return Text.cut(text, 65);
    }

    /** What is wrong with a wait, and where. */
    static final class Refused extends Exception {
        private final String pointer;
        private final String reason;

        Refused(String pointer, String reason) {
            super(reason);
            this.pointer = pointer;
            this.reason = reason;
        }

        String pointer() {
            return pointer;
        }

        String reason() {
            return reason;
        }
    }
}
