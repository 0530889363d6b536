package dev.ratchet.service.resources;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ratchet.document.Json;
import dev.ratchet.document.StrictJson;
import dev.ratchet.service.problem.ProblemCode;
import dev.ratchet.service.problem.ProblemException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import org.eclipse.jetty.http.HttpException;

/** Reads request bodies within limits. Thread-safe. */
public final class Bodies {
    private static final String IDENTITY = "identity";
    private static final MediaType TEXT = new MediaType("text", "plain");
    private static final MediaType JSON_PATCH = new MediaType("application", "json-patch+json");
    private static final int SINK_BYTES = 1 << 16;
    private static final long DRAINED_BODIES = 8;

    /** What a form sends without anybody's leave; programs that know JSON do not. */
    private static final MediaType PARTS = new MediaType("multipart", "*");

    private final StrictJson parser;
    private final int maxBytes;
    private final BytesInFlight inFlight = BytesInFlight.ofThisHeap();

    public Bodies(StrictJson.Limits limits) {
        this.parser = new StrictJson(limits);
        this.maxBytes = limits.maxBytes();
    }

    /** A body that must be there and be JSON, and say so. */
    JsonNode json(InputStream body, HttpHeaders headers) {
        MediaType type = headers.getMediaType();
        if (type == null || !type.isCompatible(MediaType.APPLICATION_JSON_TYPE) || type.isWildcardType()) {
            throw refused(
                    body, headers, unsupported("Expected Content-Type application/json, but it is another or none"));
        }
        return parse(bytes(body, headers));
    }

    /** A patch, in either of its media types. */
    JsonNode patch(InputStream body, HttpHeaders headers, int most) {
        MediaType type = headers.getMediaType();
        boolean known = type != null
                && !type.isWildcardType()
                && (type.isCompatible(MediaType.APPLICATION_JSON_TYPE) || type.isCompatible(JSON_PATCH));
        if (!known) {
            throw refused(
                    body,
                    headers,
                    unsupported(
                            "Expected Content-Type application/json or application/json-patch+json, but it is another or none"));
        }
        return parse(bytes(body, headers, Math.min(most, maxBytes)));
    }

    /** The optional body of a control call: none, empty and {@code {}} are the same. */
    ObjectNode control(InputStream body, HttpHeaders headers, List<String> known) {
        byte[] bytes = bytes(body, headers);
        MediaType type = headers.getMediaType();
        if (bytes.length > 0 && type != null && (type.isCompatible(TEXT) || type.isCompatible(PARTS))) {
            throw unsupported("Expected Content-Type application/json, but it is text or a form");
        }
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

    private byte[] bytes(InputStream body, HttpHeaders headers) {
        return bytes(body, headers, maxBytes);
    }

    private byte[] bytes(InputStream body, HttpHeaders headers, int most) {
        String encoding = headers.getHeaderString(HttpHeaders.CONTENT_ENCODING);
        if (encoding != null && !encoding.toLowerCase(Locale.ROOT).equals(IDENTITY)) {
            throw refused(body, headers, unsupported("Expected a body without Content-Encoding, but it has one"));
        }
        if (headers.getLength() > most) {
            throw refused(body, headers, tooLarge(most));
        }
        try {
            byte[] bytes = inFlight.read(body, most + 1);
            if (bytes.length > most) {
                throw refused(body, headers, tooLarge(most));
            }
            return bytes;
        } catch (IOException | HttpException.RuntimeException broken) {
            throw ProblemException.invalid("", "Expected the whole body, but it broke off");
        }
    }

    /**
     * Takes in what the client is still sending before it is answered: who is cut off while sending sees a broken
     * connection and no answer. Bounded, for the client who never ends; who asked before sending has nothing under way.
     */
    private ProblemException refused(InputStream body, HttpHeaders headers, ProblemException refusal) {
        if (headers.getHeaderString("Expect") != null) {
            return refusal;
        }
        byte[] sink = new byte[SINK_BYTES];
        try {
            long rest = DRAINED_BODIES * maxBytes;
            int count = body.read(sink);
            while (count > 0 && rest > 0) {
                rest -= count;
                count = body.read(sink);
            }
        } catch (IOException | HttpException.RuntimeException broken) {
            refusal.addSuppressed(broken);
        }
        return refusal;
    }

    private static ProblemException tooLarge(int most) {
        return ProblemException.of(
                ProblemCode.TOO_LARGE, "Expected a body of at most " + most + " bytes, but it has more");
    }

    private JsonNode parse(byte[] body) {
        return switch (parser.read(body)) {
            case StrictJson.Parsed.Tree(JsonNode json) -> json;
            case StrictJson.Parsed.Refused refused -> throw ProblemException.of(refused.problems());
        };
    }

    private static ProblemException unsupported(String message) {
        return ProblemException.of(ProblemCode.UNSUPPORTED_MEDIA_TYPE, message);
    }
}
