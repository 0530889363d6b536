package dev.ratchet.task.blob;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/** References of blobs: the SHA-256 of the content in lower-case hex, so that equal contents are one blob. */
public final class BlobRef {
    private static final String SCHEME = "artifact://";
    private static final Pattern FORM = Pattern.compile("[0-9a-f]{64}");

    private BlobRef() {}

    /** The reference that a content has, stored or not. */
    public static String of(byte[] content) {
        return hex(digest().digest(content));
    }

    /**
     * The plain reference, with {@code artifact://} in front or without.
     *
     * @throws BlobException not found, when the text is no reference at all
     */
    public static String parse(String text) {
        String ref = text.startsWith(SCHEME) ? text.substring(SCHEME.length()) : text;
        if (!FORM.matcher(ref).matches()) {
            throw BlobException.notFound(text);
        }
        return ref;
    }

    static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Expected every Java runtime to have SHA-256, but this one has not", e);
        }
    }

    static String hex(byte[] digest) {
        return HexFormat.of().formatHex(digest);
    }
}
