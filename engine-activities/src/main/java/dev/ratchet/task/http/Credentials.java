package dev.ratchet.task.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * What {@code auth} comes to: the value of an {@code Authorization} header.
 *
 * @param token the part of it that must not come back in a result
 */
record Credentials(String scheme, String token) {
    /** Absent when the task names none. */
    static @Nullable Credentials read(JsonNode auth) throws InvalidCall {
        if (auth.isMissingNode() || auth.isNull()) {
            return null;
        }
        if (auth.has("integration")) {
            throw new InvalidCall(
                    "/auth/integration", "Expected 'bearer' or 'basic', but this engine offers no integrations");
        }
        if (auth.size() != 1 || !(auth.has("bearer") || auth.has("basic"))) {
            throw new InvalidCall("/auth", "Expected 'auth' to hold one of 'bearer' and 'basic', but it does not");
        }
        return auth.has("bearer") ? bearer(auth.path("bearer")) : basic(auth.path("basic"));
    }

    private static Credentials bearer(JsonNode value) throws InvalidCall {
        String token = value.isTextual() ? value.textValue() : "";
        if (token.isEmpty() || !token.chars().allMatch(c -> c > 0x20 && c < 0x7f)) {
            throw new InvalidCall(
                    "/auth/bearer", "Expected 'bearer' to be a token of printable ASCII without spaces, but it is not");
        }
        return new Credentials("Bearer", token);
    }

    private static Credentials basic(JsonNode value) throws InvalidCall {
        JsonNode user = value.path("username");
        JsonNode password = value.path("password");
        boolean sound = user.isTextual()
                && password.isTextual()
                && user.textValue().indexOf(':') < 0
                && (user.textValue() + password.textValue()).chars().noneMatch(c -> c < 0x20 || c == 0x7f);
        if (!sound) {
            throw new InvalidCall(
                    "/auth/basic",
                    "Expected 'basic' to hold 'username' (without a colon) and 'password' as text, but it does not");
        }
        String pair = user.textValue() + ":" + password.textValue();
        return new Credentials("Basic", Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8)));
    }

    String header() {
        return scheme + " " + token;
    }

    /** Never shows what it holds. */
    @Override
    public String toString() {
        return scheme + " ***";
    }
}
