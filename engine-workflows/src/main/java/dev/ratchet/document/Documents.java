package dev.ratchet.document;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/** Questions about whole JSON values. */
public final class Documents {
    private Documents() {}

    /**
     * SHA-256, in hex, of a canonical form: equal for equal JSON values, whatever the order of members and the spelling of
     * numbers ({@code 1}, {@code 1.0}, {@code 1e0}).
     */
    public static String hash(JsonNode value) {
        MessageDigest digest = sha256();
        new Canonical(digest).write(value);
        return HexFormat.of().formatHex(digest.digest());
    }

    /** SHA-256 of bytes, in hex. */
    public static String hash(byte[] bytes) {
        return HexFormat.of().formatHex(sha256().digest(bytes));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Expected SHA-256, which every Java platform has, but it is missing", e);
        }
    }

    /** Feeds a digest: each value as its kind, its length and its content, so that no two values have the same bytes. */
    private record Canonical(MessageDigest digest) {
        void write(JsonNode value) {
            switch (value.getNodeType()) {
                case OBJECT -> object(value);
                case ARRAY -> {
                    head('[', value.size());
                    value.forEach(this::write);
                }
                case STRING -> text('"', value.textValue());
                case NUMBER -> text('#', number(value));
                case BOOLEAN -> head(value.booleanValue() ? 't' : 'f', 0);
                case NULL, MISSING, BINARY, POJO -> head('n', 0);
            }
        }

        private void object(JsonNode value) {
            head('{', value.size());
            Map<String, JsonNode> sorted = new TreeMap<>();
            value.properties().forEach(member -> sorted.put(member.getKey(), member.getValue()));
            sorted.forEach((name, member) -> {
                text('"', name);
                write(member);
            });
        }

        private static String number(JsonNode value) {
            if (value.isInt() || value.isLong()) {
                long whole = value.longValue();
                if (whole % 10 != 0) {
                    return Long.toString(whole);
                }
            }
            BigDecimal decimal = value.decimalValue();
            return decimal.signum() == 0 ? "0" : decimal.stripTrailingZeros().toString();
        }

        private void text(char kind, String text) {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            head(kind, bytes.length);
            digest.update(bytes);
        }

        private void head(char kind, int length) {
            digest.update((byte) kind);
            digest.update((byte) (length >>> 24));
            digest.update((byte) (length >>> 16));
            digest.update((byte) (length >>> 8));
            digest.update((byte) length);
        }
    }
}
