package dev.ratchet.task.transform;

import dev.ratchet.document.Text;

/** Why a jq program cannot be compiled, or gave no value; the reason is for its author. */
final class JqException extends Exception {
    private final String reason;

    JqException(String reason) {
        super(reason);
        this.reason = reason;
    }

    String reason() {
        return reason;
    }

    /** What the library says, as far as it is fit to be read: one line, no class names. */
    static String brief(Throwable failure) {
        String message = String.valueOf(failure.getMessage());
        String line = message.lines().findFirst().orElse("").strip();
        boolean unfit = failure.getMessage() == null || line.contains("java.") || line.contains("net.thisptr");
        return unfit ? "it fails" : Text.cut(line, 301);
    }
}
