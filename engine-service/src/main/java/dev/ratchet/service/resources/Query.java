package dev.ratchet.service.resources;

import dev.ratchet.service.gateway.ReadWish;
import dev.ratchet.service.gateway.RunId;
import dev.ratchet.service.problem.ProblemCode;
import dev.ratchet.service.problem.ProblemException;
import org.jspecify.annotations.Nullable;

/** Reads query parameters; messages name the parameter, never its value. */
final class Query {
    private static final long MAX_WAIT_MS = 60_000;
    private static final long DEFAULT_LEASE_MS = 60_000;
    private static final long MIN_LEASE_MS = 1_000;
    private static final long MAX_LEASE_MS = 86_400_000;
    /** Bodies are at most eight deep, so no path is as long as that. */
    private static final int MAX_TASK = 2_000;

    private static final int MAX_KEY = 255;

    private Query() {}

    /** The organization a call acts in: in open mode whichever it names. */
    static String organization(@Nullable String text) {
        if (text == null || text.isEmpty()) {
            return RunId.DEFAULT_ORGANIZATION;
        }
        if (!RunId.isOrganization(text)) {
            throw ProblemException.invalid(
                    "", "Expected organization to be an id of at most 63 characters, but it is not");
        }
        return text;
    }

    /** The path of a task. What is longer names none, and is not looked for. */
    static String task(String text) {
        if (text.length() > MAX_TASK) {
            throw ProblemException.of(ProblemCode.TASK_NOT_FOUND, "Expected the run to have that task, but it has not");
        }
        return text;
    }

    /** A key that makes a request the same request again; absent when there is none, or an empty one. */
    static @Nullable String key(@Nullable String text) {
        if (text == null || text.isEmpty()) {
            return null;
        }
        if (text.length() > MAX_KEY) {
            throw ProblemException.invalid(
                    "", "Expected an Idempotency-Key of at most " + MAX_KEY + " characters, but it has more");
        }
        return text;
    }

    static ReadWish wish(
            @Nullable String waitMs, @Nullable String until, @Nullable String since, @Nullable String tasks) {
        long wait = Math.min(number("wait_ms", waitMs), MAX_WAIT_MS);
        return new ReadWish(until(until, wait), wait, number("since", since), withTasks(tasks));
    }

    private static ReadWish.Until until(@Nullable String text, long wait) {
        return switch (text == null ? "" : text) {
            case "" -> wait > 0 ? ReadWish.Until.TERMINAL : ReadWish.Until.NOW;
            case "terminal" -> ReadWish.Until.TERMINAL;
            case "change" -> ReadWish.Until.CHANGE;
            default -> throw ProblemException.invalid("", "Expected until to be terminal or change, but it is neither");
        };
    }

    private static boolean withTasks(@Nullable String text) {
        return switch (text == null ? "" : text) {
            case "", "all" -> true;
            case "none" -> false;
            default -> throw ProblemException.invalid("", "Expected tasks to be all or none, but it is neither");
        };
    }

    static boolean flag(String name, @Nullable String text) {
        return switch (text == null ? "" : text) {
            case "", "false" -> false;
            case "true" -> true;
            default ->
                throw ProblemException.invalid("", "Expected " + name + " to be true or false, but it is neither");
        };
    }

    /** A revision; absent when none is named. */
    static @Nullable Integer revision(@Nullable String text) {
        return text == null || text.isEmpty()
                ? null
                : (Integer) Math.toIntExact(Math.min(number("revision", text), Integer.MAX_VALUE));
    }

    static long waitMs(@Nullable String text) {
        return Math.min(number("wait_ms", text), MAX_WAIT_MS);
    }

    /** For how long a lease is given: a second to a day, a minute when nobody says. */
    static long leaseMs(@Nullable String text) {
        return text == null || text.isEmpty()
                ? DEFAULT_LEASE_MS
                : Math.clamp(number("lease_ms", text), MIN_LEASE_MS, MAX_LEASE_MS);
    }

    private static long number(String name, @Nullable String text) {
        if (text == null || text.isEmpty()) {
            return 0;
        }
        if (text.length() > 18 || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw ProblemException.invalid(
                    "", "Expected " + name + " to be a whole number of at least 0, but it is not");
        }
        return Long.parseLong(text);
    }
}
