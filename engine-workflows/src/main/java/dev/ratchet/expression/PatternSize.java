package dev.ratchet.expression;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Estimates how many steps a pattern unrolls to, without unrolling it: groups are summed, counted repetitions multiply what
 * they repeat. Generous with what it does not understand; the compiler has the last word on syntax.
 */
final class PatternSize {
    private static final long HUGE = Long.MAX_VALUE / 4_096;
    private static final int DEPTH = 100;

    private final String pattern;
    private final Deque<Long> outer = new ArrayDeque<>();
    private long sum;
    private long last;
    private int at;

    private PatternSize(String pattern) {
        this.pattern = pattern;
    }

    /** Steps, or a huge number when groups are nested too deeply to be compiled. */
    static long estimate(String pattern) {
        return new PatternSize(pattern).scan();
    }

    private long scan() {
        while (at < pattern.length()) {
            switch (pattern.charAt(at)) {
                case '\\' -> escape();
                case '[' -> characterClass();
                case '(' -> open();
                case ')' -> close();
                case '{' -> repeat();
                default -> atom(1);
            }
            if (outer.size() > DEPTH) {
                return HUGE;
            }
        }
        while (!outer.isEmpty()) {
            close();
        }
        return capped(sum + last);
    }

    private void atom(int length) {
        sum = capped(sum + last);
        last = 1;
        at += length;
    }

    private void escape() {
        if (pattern.startsWith("\\Q", at)) {
            int end = pattern.indexOf("\\E", at + 2);
            int next = end < 0 ? pattern.length() : end + 2;
            atom(0);
            last = next - at;
            at = next;
        } else {
            atom(2);
        }
    }

    private void characterClass() {
        int end = at + 1;
        if (end < pattern.length() && pattern.charAt(end) == '^') {
            end++;
        }
        if (end < pattern.length() && pattern.charAt(end) == ']') {
            end++;
        }
        while (end < pattern.length() && pattern.charAt(end) != ']') {
            end += pattern.charAt(end) == '\\' ? 2 : pattern.startsWith("[:", end) ? posixClass(end) : 1;
        }
        atom(end + 1 - at);
    }

    private int posixClass(int from) {
        int end = pattern.indexOf(":]", from);
        return end < 0 ? 1 : end + 2 - from;
    }

    private void open() {
        outer.push(capped(sum + last));
        sum = 2;
        last = 0;
        at++;
    }

    private void close() {
        long inner = capped(sum + last);
        sum = outer.isEmpty() ? 0 : outer.pop();
        last = inner;
        at++;
    }

    /** {@code {n}}, {@code {n,}} or {@code {n,m}}; anything else is a plain brace. */
    private void repeat() {
        int end = pattern.indexOf('}', at);
        long times = end < 0 ? 0 : times(pattern.substring(at + 1, end));
        if (times == 0) {
            atom(1);
        } else {
            last = capped(Math.max(last, 1) * times);
            at = end + 1;
        }
    }

    private static long times(String bounds) {
        long largest = 1;
        for (String bound : bounds.split(",", -1)) {
            if (bound.length() > 4 || !bound.chars().allMatch(c -> c >= '0' && c <= '9')) {
                return 0;
            }
            largest = Math.max(largest, bound.isEmpty() ? 1 : Long.parseLong(bound) + 1);
        }
        return largest;
    }

    private static long capped(long size) {
        return Math.min(size, HUGE);
    }
}
