package dev.ratchet.task.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The header fields an author wrote, by lower-case name. Whatever could end a field early is refused. */
final class HeaderFields {
    private static final int MAX_FIELDS = 100;
    private static final int MAX_VALUE = 8 * 1024;
    /** Decided by the connection and the URL, not by the author. */
    private static final Set<String> OURS = Set.of(
            "host",
            "content-length",
            "transfer-encoding",
            "connection",
            "keep-alive",
            "upgrade",
            "te",
            "trailer",
            "expect",
            "proxy-authorization",
            "proxy-connection");

    private HeaderFields() {}

    static Map<String, String> read(JsonNode headers) throws InvalidCall {
        Map<String, String> fields = new LinkedHashMap<>();
        if (headers.isMissingNode() || headers.isNull()) {
            return fields;
        }
        if (!headers.isObject() || headers.size() > MAX_FIELDS) {
            throw new InvalidCall(
                    "/headers",
                    "Expected 'headers' to be an object of at most " + MAX_FIELDS + " fields, but it is not");
        }
        for (Map.Entry<String, JsonNode> field : headers.properties()) {
            String name = name(field.getKey());
            if (fields.put(name, value(name, field.getValue())) != null) {
                throw new InvalidCall("/headers", "Expected each header once, but '" + name + "' is there twice");
            }
        }
        return fields;
    }

    private static String name(String written) throws InvalidCall {
        String name = written.toLowerCase(Locale.ROOT);
        if (name.isEmpty() || name.length() > 128 || !name.chars().allMatch(HeaderFields::isToken)) {
            throw new InvalidCall("/headers", "Expected names of headers, but one of them is no HTTP token");
        }
        if (OURS.contains(name)) {
            throw new InvalidCall(
                    "/headers", "Expected headers the author may set, but '" + name + "' is set by the connection");
        }
        return name;
    }

    private static String value(String name, JsonNode value) throws InvalidCall {
        String text = value.isValueNode() && !value.isNull() ? value.asText() : "\0";
        if (text.length() > MAX_VALUE || !text.chars().allMatch(c -> (c >= 0x20 && c < 0x7f) || c == '\t')) {
            throw new InvalidCall(
                    "/headers",
                    "Expected header '" + name + "' to be one line of at most " + MAX_VALUE
                            + " printable ASCII characters, but it is not");
        }
        return text.strip();
    }

    private static boolean isToken(int c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || "!#$%&'*+-.^_`|~".indexOf(c) >= 0;
    }
}
