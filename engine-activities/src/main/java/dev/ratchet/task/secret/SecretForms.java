package dev.ratchet.task.secret;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;

/** The spellings in which a secret comes back: as it is, URL-encoded, JSON-escaped, in base64 alone or amid other bytes. */
final class SecretForms {
    /** Encoded fragments shorter than this would hit by chance. */
    private static final int SHORTEST_FRAGMENT = 5;

    private SecretForms() {}

    static Set<String> of(String secret) {
        Set<String> forms = new LinkedHashSet<>();
        forms.add(secret);
        forms.add(secret.strip());
        addUrlForms(secret, forms);
        String escaped = new String(JsonStringEncoder.getInstance().quoteAsString(secret));
        forms.add(escaped);
        forms.add(new String(JsonStringEncoder.getInstance().quoteAsString(escaped)));
        forms.add(asciiOnly(escaped));
        addBase64Forms(secret.getBytes(StandardCharsets.UTF_8), forms);
        return forms;
    }

    private static void addUrlForms(String secret, Set<String> forms) {
        String form = URLEncoder.encode(secret, StandardCharsets.UTF_8);
        String path = form.replace("+", "%20").replace("*", "%2A").replace("%7E", "~");
        for (String each : new String[] {form, path, form.replace("*", "%2A")}) {
            forms.add(each);
            forms.add(lowerCaseHex(each));
        }
        forms.add(urlLenient(path));
    }

    /** What encoders make that leave the characters alone which a path segment may hold. */
    private static String urlLenient(String path) {
        String lenient = path;
        for (String allowed : new String[] {"!", "$", "&", "'", "(", ")", "*", "+", ",", ";", "=", ":", "@"}) {
            lenient = lenient.replace(String.format(Locale.ROOT, "%%%02X", (int) allowed.charAt(0)), allowed);
        }
        return lenient;
    }

    private static String lowerCaseHex(String encoded) {
        StringBuilder out = new StringBuilder(encoded);
        for (int i = out.indexOf("%"); i >= 0 && i + 2 < out.length(); i = out.indexOf("%", i + 3)) {
            out.replace(i, i + 3, out.substring(i, i + 3).toLowerCase(Locale.ROOT));
        }
        return out.toString();
    }

    private static String asciiOnly(String escaped) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < escaped.length(); i++) {
            char c = escaped.charAt(i);
            out.append(c < 0x80 ? String.valueOf(c) : String.format(Locale.ROOT, "\\u%04x", (int) c));
        }
        return out.toString();
    }

    private static void addBase64Forms(byte[] bytes, Set<String> forms) {
        for (Base64.Encoder encoder : new Base64.Encoder[] {Base64.getEncoder(), Base64.getUrlEncoder()}) {
            forms.add(encoder.encodeToString(bytes));
            forms.add(encoder.withoutPadding().encodeToString(bytes));
            for (int before = 0; before < 3; before++) {
                String inner = inner(encoder.withoutPadding(), bytes, before);
                if (inner.length() >= SHORTEST_FRAGMENT) {
                    forms.add(inner);
                }
            }
        }
    }

    /** The characters that depend on the secret alone when {@code before} other bytes precede it in their group of three. */
    private static String inner(Base64.Encoder encoder, byte[] bytes, int before) {
        byte[] shifted = new byte[before + bytes.length];
        System.arraycopy(bytes, 0, shifted, before, bytes.length);
        String encoded = encoder.encodeToString(shifted);
        int from = before == 0 ? 0 : before + 1;
        int to = shifted.length * 8 / 6;
        return from < to ? encoded.substring(from, to) : "";
    }
}
