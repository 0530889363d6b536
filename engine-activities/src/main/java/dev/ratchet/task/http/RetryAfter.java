package dev.ratchet.task.http;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/** The header {@code Retry-After} (RFC 9110, 10.2.3): seconds or a date. */
final class RetryAfter {
    private static final long MAX_MS = 24L * 60 * 60 * 1000;

    private RetryAfter() {}

    /** Milliseconds from now, at most a day; absent when the header says nothing that can be read. */
    static @Nullable Long millis(@Nullable String value, Clock clock) {
        if (value == null) {
            return null;
        }
        String text = value.strip();
        if (text.matches("[0-9]{1,9}")) {
            return Math.min(Long.parseLong(text) * 1000, MAX_MS);
        }
        try {
            long at = ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant()
                    .toEpochMilli();
            return Math.clamp(at - clock.millis(), 0, MAX_MS);
        } catch (DateTimeException e) {
            return null;
        }
    }
}
