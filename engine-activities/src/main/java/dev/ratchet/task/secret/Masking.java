package dev.ratchet.task.secret;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ratchet.document.Text;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;

/**
 * Replaces the secrets that one attempt has seen in all that it hands out, in each form that {@link SecretForms} knows.
 * Thread-safe; an attempt that saw none pays nothing.
 */
public final class Masking {
    /** What stands where a secret was. */
    public static final String MASK = "***";

    /** Shorter beginnings of a secret tell nothing, and would hit by chance. */
    private static final int SHORTEST_PART = 3;

    private final Set<String> secrets = ConcurrentHashMap.newKeySet();
    private volatile List<String> forms = List.of();

    /** From now on this value is masked. Blank values hide nothing and are left alone. */
    public void remember(String secret) {
        if (!secret.isBlank() && secrets.add(secret)) {
            synchronized (this) {
                forms = secrets.stream()
                        .flatMap(each -> SecretForms.of(each).stream())
                        .distinct()
                        .sorted(Comparator.comparingInt(String::length).reversed())
                        .toList();
            }
        }
    }

    public boolean isIdle() {
        return forms.isEmpty();
    }

    /** The text without secrets. */
    public String mask(String text) {
        String masked = text;
        for (String form : forms) {
            if (masked.contains(form)) {
                masked = masked.replace(form, MASK);
            }
        }
        return masked;
    }

    /** The text, which was cut at its end, without secrets and without the beginning of one that the cut has parted. */
    public String maskCut(String text) {
        String masked = mask(text);
        for (String form : forms) {
            for (int length = Math.min(form.length() - 1, masked.length()); length >= SHORTEST_PART; length--) {
                if (masked.regionMatches(masked.length() - length, form, 0, length)) {
                    return masked.substring(0, masked.length() - length) + MASK;
                }
            }
        }
        return masked;
    }

    /** What is shown of a text, which may have been cut, without secrets: the sign of the cut tells. */
    public String maskShown(String text) {
        return text.endsWith(Text.CUT)
                ? maskCut(text.substring(0, text.length() - Text.CUT.length())) + Text.CUT
                : mask(text);
    }

    /** What is shown of a value: each of its texts may have been cut. */
    public JsonNode maskShown(JsonNode json) {
        return isIdle() ? json : masked(json, this::maskShown);
    }

    /** The bytes without secrets, whatever they are; lengths change where one was found. */
    @SuppressWarnings("ReferenceEquality")
    public byte[] mask(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        String masked = text;
        for (String form : forms) {
            masked = masked.replace(
                    new String(form.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1), MASK);
        }
        return masked == text ? bytes : masked.getBytes(StandardCharsets.ISO_8859_1);
    }

    /** The value without secrets: in texts, in names of fields, and in numbers that spell one. */
    public JsonNode mask(JsonNode json) {
        return isIdle() ? json : masked(json, this::mask);
    }

    private JsonNode masked(JsonNode json, UnaryOperator<String> texts) {
        if (json instanceof ObjectNode object) {
            ObjectNode copy = JsonNodeFactory.instance.objectNode();
            for (Map.Entry<String, JsonNode> field : object.properties()) {
                copy.set(mask(field.getKey()), masked(field.getValue(), texts));
            }
            return copy;
        }
        if (json instanceof ArrayNode array) {
            ArrayNode copy = JsonNodeFactory.instance.arrayNode(array.size());
            array.forEach(element -> copy.add(masked(element, texts)));
            return copy;
        }
        return scalar(json, texts);
    }

    private static JsonNode scalar(JsonNode json, UnaryOperator<String> texts) {
        if (!json.isTextual() && !json.isNumber()) {
            return json;
        }
        String text = json.asText();
        String masked = texts.apply(text);
        return masked.equals(text) ? json : JsonNodeFactory.instance.textNode(masked);
    }
}
