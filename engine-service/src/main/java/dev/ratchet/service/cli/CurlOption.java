package dev.ratchet.service.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Prints the equivalent call instead of making it. */
final class CurlOption {
    @Option(names = "--curl", description = "Print the equivalent call and do nothing.")
    private boolean wanted;

    boolean isWanted() {
        return wanted;
    }

    static String get(EngineClient client, String path) {
        return "curl -sS " + quoted(client.base() + "/api/v1" + path);
    }

    /** @param data what curl's {@code --data-binary} takes; absent for an empty body */
    static String post(EngineClient client, String path, @Nullable String data) {
        String call = "curl -sS -X POST " + quoted(client.base() + "/api/v1" + path);
        return data == null ? call : call + " -H 'Content-Type: application/json' --data-binary " + quoted(data);
    }

    private static String quoted(String text) {
        return "'" + text.replace("'", "'\\''") + "'";
    }
}
