package dev.ratchet.service.gateway;

import dev.ratchet.document.Json;
import dev.ratchet.document.Text;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * Labels as Temporal finds runs by them: {@code key:value}. It takes 2,048 bytes for all labels of a run together, which the
 * longest that a document may have would pass, so a long one is its beginning and a hash.
 */
final class LabelTerms {
    /** Sixteen of them, quoted and with commas between, stay below 2,048. */
    static final int MAX_BYTES = 120;

    private static final int HASH = 16;
    private static final String CUT = "#";

    private LabelTerms() {}

    static List<String> of(Map<String, String> labels) {
        return labels.entrySet().stream()
                .map(label -> of(label.getKey(), label.getValue()))
                .toList();
    }

    /** The same for the same label, always. */
    static String of(String key, String value) {
        String whole = key + ":" + value;
        if (bytes(whole) <= MAX_BYTES) {
            return whole;
        }
        String beginning = whole;
        while (bytes(beginning) > MAX_BYTES - HASH - CUT.length()) {
            beginning = Text.beginning(beginning, beginning.length() - 1);
        }
        return beginning + CUT + Text.beginning(NewIds.hash(whole), HASH);
    }

    /** As JSON, which is how it travels, without the quotes. */
    private static int bytes(String text) {
        return Json.write(text).getBytes(StandardCharsets.UTF_8).length - 2;
    }
}
