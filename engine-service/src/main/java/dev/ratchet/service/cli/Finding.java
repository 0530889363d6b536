package dev.ratchet.service.cli;

import org.jspecify.annotations.Nullable;

/**
 * One line of the doctor's report.
 *
 * @param level how bad it is
 * @param subject what was looked at, one or two words
 * @param state what is there, or what is not
 * @param remedy what to do about it; null if there is nothing to do
 */
record Finding(
        Level level, String subject, String state, @Nullable String remedy) {
    enum Level {
        OK("ok"),
        /** Works, but not as well as it could, or not yet. */
        NOTE("note"),
        /** Something that will not work. */
        PROBLEM("PROBLEM");

        private final String label;

        Level(String label) {
            this.label = label;
        }
    }

    static Finding ok(String subject, String state) {
        return new Finding(Level.OK, subject, state, null);
    }

    static Finding note(String subject, String state, String remedy) {
        return new Finding(Level.NOTE, subject, state, remedy);
    }

    static Finding problem(String subject, String state, String remedy) {
        return new Finding(Level.PROBLEM, subject, state, remedy);
    }

    boolean isProblem() {
        return level == Level.PROBLEM;
    }

    String line() {
        String line = "%-8s %-12s %s".formatted(level.label, subject, state);
        return remedy == null ? line : line + "\n" + " ".repeat(22) + "-> " + remedy;
    }
}
