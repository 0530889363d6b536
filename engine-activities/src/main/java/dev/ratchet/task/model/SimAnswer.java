package dev.ratchet.task.model;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ratchet.document.Text;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The text a simulated model answers with: made from all that was sent, so that other context is another answer. */
final class SimAnswer {
    private static final int EXCERPT_CHARS = 120;
    private static final int HASH_BYTES = 4;

    private SimAnswer() {}

    static String to(ChatRequest request) {
        JsonNode schema = request.outputSchema();
        return schema == null
                ? "Simulated answer " + hash(request) + " to: " + excerpt(request)
                : SchemaInstance.of(schema).toString();
    }

    private static String excerpt(ChatRequest request) {
        String prompt = request.messages().getLast();
        String line = prompt.strip().lines().findFirst().orElse("");
        return Text.cut(line, EXCERPT_CHARS + 1);
    }

    private static String hash(ChatRequest request) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            String system = request.system();
            add(digest, system == null ? "" : system);
            request.messages().forEach(message -> add(digest, message));
            return HexFormat.of().formatHex(digest.digest(), 0, HASH_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** With a byte that no text holds behind it, so that other borders are another hash. */
    private static void add(MessageDigest digest, String text) {
        digest.update(text.getBytes(StandardCharsets.UTF_8));
        digest.update((byte) 0xff);
    }
}
