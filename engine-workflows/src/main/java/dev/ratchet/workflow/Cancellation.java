package dev.ratchet.workflow;

import dev.ratchet.document.Json;
import dev.ratchet.run.Command;
import dev.ratchet.run.Request;
import org.jspecify.annotations.Nullable;

/**
 * Temporal's own request to cancel a run, which is an abort. It is taken when a run takes no more signals, so whoever aborts
 * such a run asks this way, and says who they are in the reason.
 */
public final class Cancellation {
    /** Temporal keeps the reason in the history. */
    private static final int MAX_REASON = 4_000;

    private Cancellation() {}

    /** The reason that stands for a command. */
    public static String reason(Command abort) {
        String whole = Json.write(abort);
        return whole.length() <= MAX_REASON
                ? whole
                : Json.write(new Command(abort.id(), abort.by(), null, new Request.Abort()));
    }

    /** The command that a reason stands for; whatever else somebody wrote there is why they did it. */
    static Command read(@Nullable String reason) {
        if (reason != null && reason.startsWith("{")) {
            try {
                Command said = Json.read(reason, Command.class);
                if (said.what() instanceof Request.Abort) {
                    return said;
                }
            } catch (RuntimeException words) {
                return anybodys(reason);
            }
        }
        return anybodys(reason);
    }

    private static Command anybodys(@Nullable String reason) {
        return new Command("temporal-cancel", "temporal", reason, new Request.Abort());
    }
}
