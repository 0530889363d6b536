package dev.ratchet.service.gateway;

import dev.ratchet.document.Json;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;

/** Ids for those who bring none. Thread-safe. */
final class NewIds {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int TIME_SHIFT = 16;
    private static final long VERSION_7 = 0x7000L;
    private static final long VERSION_8 = 0x8000L;
    private static final long VERSION_MASK = 0xFFFF_FFFF_FFFF_0FFFL;
    private static final long VARIANT = 0x8000_0000_0000_0000L;
    private static final long VARIANT_MASK = 0x3FFF_FFFF_FFFF_FFFFL;

    private NewIds() {}

    /** A UUIDv7 (RFC 9562): ids of later runs sort after those of earlier ones. */
    static String fresh(long nowMillis) {
        long high = (nowMillis << TIME_SHIFT) | VERSION_7 | RANDOM.nextInt(1 << 12);
        return new UUID(high, VARIANT | (RANDOM.nextLong() & VARIANT_MASK)).toString();
    }

    /** The same id for the same organization and key: a UUIDv8 made from their hash. */
    static String derived(String organization, String idempotencyKey) {
        ByteBuffer hash = ByteBuffer.wrap(sha256(Json.write(List.of(organization, idempotencyKey))));
        long high = (hash.getLong() & VERSION_MASK) | VERSION_8;
        return new UUID(high, VARIANT | (hash.getLong() & VARIANT_MASK)).toString();
    }

    /** SHA-256 in hex. */
    static String hash(String text) {
        return HexFormat.of().formatHex(sha256(text));
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Expected SHA-256 in every JVM, but it is missing", e);
        }
    }
}
