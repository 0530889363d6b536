package dev.ratchet.task.egress;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Percent-encoding. */
public final class UrlText {
    private static final String UNRESERVED = "-._~";
    /** What a path and a query may hold besides letters, digits and escapes. */
    private static final String KEPT = UNRESERVED + "!$&'()*+,;=:@/?";

    private UrlText() {}

    /** Text for one component: everything escaped but letters, digits and {@code -._~}. */
    public static String component(String text) {
        return encode(text, UNRESERVED, false);
    }

    /** A path or query as somebody wrote it: what may not stand in a URL is escaped, escapes are kept. */
    static String encoded(String text) {
        return encode(text, KEPT, true);
    }

    private static String encode(String text, String kept, boolean keepEscapes) {
        StringBuilder out = new StringBuilder(text.length() + 16);
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < bytes.length; i++) {
            char c = (char) (bytes[i] & 0xff);
            boolean escape = keepEscapes && c == '%' && isHex(bytes, i + 1) && isHex(bytes, i + 2);
            if (escape || isAlphanumeric(c) || kept.indexOf(c) >= 0) {
                out.append(c);
            } else {
                out.append('%').append(String.format(Locale.ROOT, "%02X", (int) c));
            }
        }
        return out.toString();
    }

    private static boolean isHex(byte[] bytes, int at) {
        return at < bytes.length && Character.digit(bytes[at], 16) >= 0;
    }

    private static boolean isAlphanumeric(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    }
}
