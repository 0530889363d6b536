package dev.ratchet.task.assignment;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The headers by which a receiver knows who posted, as Standard Webhooks has them. */
final class WebhookSignature {
    private static final String ENCODED = "whsec_";

    private WebhookSignature() {}

    /**
     * @param key {@code whsec_} and base64, or plain text; absent for a post that is not signed
     * @param seconds since the epoch
     */
    static Map<String, String> headers(String id, long seconds, byte[] body, @Nullable String key) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("webhook-id", id);
        headers.put("webhook-timestamp", Long.toString(seconds));
        if (key != null) {
            ByteArrayOutputStream signed = new ByteArrayOutputStream();
            signed.writeBytes((id + "." + seconds + ".").getBytes(StandardCharsets.UTF_8));
            signed.writeBytes(body);
            String signature = Base64.getEncoder().encodeToString(Hmac.sha256(bytes(key), signed.toByteArray()));
            headers.put("webhook-signature", "v1," + signature);
        }
        return headers;
    }

    private static byte[] bytes(String key) {
        return key.startsWith(ENCODED)
                ? Base64.getDecoder().decode(key.substring(ENCODED.length()))
                : key.getBytes(StandardCharsets.UTF_8);
    }
}
