package dev.ratchet.task.assignment;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.ratchet.document.Json;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Makes and reads the tokens of links by which somebody without an account decides one thing. Thread-safe. */
public final class LinkKey {
    private static final Pattern TOKEN = Pattern.compile("([A-Za-z0-9_-]{1,2048})\\.([A-Za-z0-9_-]{43})");
    private static final String PURPOSE = "ratchet approval link\n";

    private final byte[] key;

    /** @param secret at least 16 characters nobody can guess */
    public LinkKey(String secret) {
        if (secret.length() < 16) {
            throw new IllegalArgumentException("Expected a key for links of at least 16 characters, but it is shorter");
        }
        this.key = secret.getBytes(StandardCharsets.UTF_8);
    }

    /**
     * What a link lets its holder do, once.
     *
     * @param task key of the task
     * @param attempt of the task that the question was asked in
     * @param approved what is decided
     * @param by in whose name; absent when the link was for nobody in particular
     * @param until epoch milliseconds; from then on it is void
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Claim(
            String organization,
            String run,
            String task,
            int attempt,
            boolean approved,
            @Nullable String by,
            long until) {}

    /** The token that stands for a claim, fit for a URL. */
    public String token(Claim claim) {
        String body = base64(Json.write(claim).getBytes(StandardCharsets.UTF_8));
        return body + "." + base64(mac(body));
    }

    /** What a token stands for; absent when it is not one of ours, or has expired. */
    public @Nullable Claim read(String token, long now) {
        var form = TOKEN.matcher(token);
        if (!form.matches()
                || !MessageDigest.isEqual(
                        base64(mac(form.group(1))).getBytes(StandardCharsets.US_ASCII),
                        form.group(2).getBytes(StandardCharsets.US_ASCII))) {
            return null;
        }
        try {
            byte[] body = Base64.getUrlDecoder().decode(form.group(1));
            Claim claim = Json.read(new String(body, StandardCharsets.UTF_8), Claim.class);
            return claim.until() > now ? claim : null;
        } catch (IllegalArgumentException | UncheckedIOException foreign) {
            return null;
        }
    }

    private byte[] mac(String body) {
        return Hmac.sha256(key, (PURPOSE + body).getBytes(StandardCharsets.UTF_8));
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
