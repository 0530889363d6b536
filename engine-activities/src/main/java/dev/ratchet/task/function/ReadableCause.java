package dev.ratchet.task.function;

import dev.ratchet.document.Text;
import java.util.regex.Pattern;

/** What of an exception its reader may see: the first line of its message, and nothing that names a class. */
final class ReadableCause {
    private static final int MAX_LENGTH = 500;
    private static final Pattern CLASS_NAME = Pattern.compile("\\b[a-z][\\w$]*(?:[./][a-z][\\w$]*)*[./][A-Z][\\w$]+");

    private ReadableCause() {}

    /** The text to append to a message, empty when there is nothing fit to be read. */
    static String of(Exception failure) {
        String message = failure.getMessage();
        if (message == null || message.isBlank()) {
            return "";
        }
        String line = message.strip().lines().findFirst().orElse("");
        String cut = Text.beginning(line, MAX_LENGTH);
        return CLASS_NAME.matcher(cut).find() ? "" : ": " + cut;
    }
}
