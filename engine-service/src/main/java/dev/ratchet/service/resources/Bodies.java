package dev.ratchet.service.resources;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ratchet.document.Json;
import dev.ratchet.document.StrictJson;
import dev.ratchet.service.problem.ProblemException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Locale;

/** Reads request bodies. */
final class Bodies {
    private static final String IDENTITY = "identity";

    private Bodies() {}

    /** A body that must be there and be JSON, and say so. */
    static JsonNode json(InputStream body, HttpHeaders headers) throws IOException {
        MediaType type = headers.getMediaType();
        if (type == null || !type.isCompatible(MediaType.APPLICATION_JSON_TYPE) || type.isWildcardType()) {
            throw unsupported("Expected Content-Type application/json, but it is another or none");
        }
        return parse(bytes(body, headers));
    }

    /** The optional body of a control call: none, empty and {@code {}} are the same. */
    static ObjectNode control(InputStream body, HttpHeaders headers, List<String> known) throws IOException {
        byte[] bytes = bytes(body, headers);
        JsonNode json = new String(bytes, java.nio.charset.StandardCharsets.UTF_8).isBlank()
                ? Json.mapper().createObjectNode()
                : parse(bytes);
        if (!(json instanceof ObjectNode object)) {
            throw ProblemException.invalid("", "Expected the body to be an object, but it is not");
        }
        object.fieldNames().forEachRemaining(name -> {
            if (!known.contains(name)) {
                throw ProblemException.invalid(
                        "", "Expected only " + known + " in the body, but there is another field");
            }
        });
        return object;
    }

    private static byte[] bytes(InputStream body, HttpHeaders headers) throws IOException {
        String encoding = headers.getHeaderString(HttpHeaders.CONTENT_ENCODING);
        if (encoding != null && !encoding.toLowerCase(Locale.ROOT).equals(IDENTITY)) {
            throw unsupported("Expected a body without Content-Encoding, but it has one");
        }
        return body.readNBytes(StrictJson.Limits.DEFAULT.maxBytes() + 1);
    }

    private static JsonNode parse(byte[] body) {
        return switch (StrictJson.parse(body)) {
            case StrictJson.Parsed.Tree(JsonNode json) -> json;
            case StrictJson.Parsed.Refused refused -> throw ProblemException.of(refused.problems());
        };
    }

    private static ProblemException unsupported(String message) {
        return ProblemException.of(dev.ratchet.service.problem.ProblemCode.UNSUPPORTED_MEDIA_TYPE, message);
    }
}
