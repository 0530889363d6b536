package dev.ratchet.document;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads JSON that somebody else sent: UTF-8 only, no duplicate names, nothing after the value, no number that a double
 * cannot hold, everything bounded. Problems name a place and a limit, never what was sent there.
 *
 * <p>Thread-safe.
 */
public final class StrictJson {
    private final Limits limits;
    private final JsonFactory factory;

    public StrictJson(Limits limits) {
        this.limits = limits;
        this.factory = JsonFactory.builder()
                .streamReadConstraints(limits.constraints())
                // Without its symbol table no choice of names can make the parser slow.
                .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
                .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                .build();
    }

    /**
     * How much is read.
     *
     * @param maxBytes of the body, after inflation
     * @param maxDepth of arrays and objects in each other
     * @param maxTokens of the whole body, apart from those that tasks and edges bring along
     * @param maxTokensPerElement more for each object in an array of the top level, that is for each task and each edge
     * @param maxElements how many objects bring such an allowance
     * @param maxMembers of one object
     */
    public record Limits(
            int maxBytes, int maxDepth, int maxTokens, int maxTokensPerElement, int maxElements, int maxMembers) {
        /** The contract's: 4 MB, 64 deep, tokens for 10,000 tasks and 50,000 edges. */
        public static final Limits DEFAULT = new Limits(4 * 1024 * 1024, 64, 200_000, 32, 60_000, 20_000);

        static final int NAME = 50_000;
        static final int NUMBER = 1_000;

        long tokens(int elements) {
            return maxTokens + (long) maxTokensPerElement * Math.min(elements, maxElements);
        }

        private StreamReadConstraints constraints() {
            return StreamReadConstraints.builder()
                    .maxNestingDepth(maxDepth + 1)
                    .maxNameLength(NAME)
                    .maxNumberLength(NUMBER)
                    .maxStringLength(maxBytes)
                    .build();
        }
    }

    /** What came of a body. */
    public sealed interface Parsed {
        /** It is JSON. */
        record Tree(JsonNode json) implements Parsed {}

        /** It is refused; {@code too_large} for its size, else {@code invalid_input}. */
        record Refused(List<Problem> problems) implements Parsed {}
    }

    /** Reads a whole body under the default limits. */
    public static Parsed parse(byte[] body) {
        return new StrictJson(Limits.DEFAULT).read(body);
    }

    /** Reads a whole stream under the default limits; it is left open. */
    public static Parsed parse(InputStream body) throws IOException {
        return new StrictJson(Limits.DEFAULT).read(body);
    }

    /**
     * Reads a whole stream, but never more than one byte above the limit; it is left open.
     *
     * @throws IOException only what the stream itself throws
     */
    public Parsed read(InputStream body) throws IOException {
        return read(body.readNBytes(limits.maxBytes() + 1));
    }

    /**
     * Looks whether a value is JSON as strictly as bodies are read, however long it is: without a limit of bytes or tokens.
     * The stream is read to the end of the value and left open.
     *
     * @return "Expected X, but Y"; absent when nothing is wrong
     * @throws IOException only what the stream itself throws
     */
    public @Nullable String complaint(InputStream value) throws IOException {
        InputStreamReader text = new InputStreamReader(value, decoder());
        try (JsonParser parser = factory.createParser(text)) {
            parser.enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);
            parser.disable(JsonParser.Feature.AUTO_CLOSE_SOURCE);
            return new JsonScan(parser, limits).complaint();
        } catch (CharacterCodingException e) {
            return "Expected UTF-8, but it is not";
        } catch (StreamConstraintsException e) {
            return "Expected names of at most " + Limits.NAME + ", numbers of at most " + Limits.NUMBER
                    + " and texts of at most " + limits.maxBytes() + " characters, but there is a longer one";
        } catch (JsonProcessingException e) {
            return "Expected well-formed JSON, each name once in an object, but" + place(e) + " is not";
        }
    }

    /** Reads a whole body. */
    public Parsed read(byte[] body) {
        if (body.length > limits.maxBytes()) {
            return refused("", "too_large", "Expected at most " + limits.maxBytes() + " bytes, but there are more");
        }
        try {
            CharBuffer text = decode(body);
            try (JsonParser parser =
                    factory.createParser(text.array(), text.arrayOffset() + text.position(), text.remaining())) {
                return new Parsed.Tree(new JsonTree(parser, limits).read());
            }
        } catch (CharacterCodingException e) {
            return refused("", "Expected UTF-8, but the body is not");
        } catch (JsonTree.Refusal e) {
            return refused(e.pointer(), String.valueOf(e.getMessage()));
        } catch (StreamConstraintsException e) {
            return refused(
                    "",
                    "Expected names of at most " + Limits.NAME + " and numbers of at most " + Limits.NUMBER
                            + " characters, but there is a longer one");
        } catch (JsonProcessingException e) {
            return refused("", "Expected well-formed JSON, but" + place(e) + " is not");
        } catch (IOException | ArithmeticException | NumberFormatException e) {
            return refused("", "Expected well-formed JSON, but the body is not");
        }
    }

    private static CharBuffer decode(byte[] body) throws CharacterCodingException {
        return decoder().decode(ByteBuffer.wrap(body));
    }

    private static CharsetDecoder decoder() {
        return StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
    }

    private static String place(JsonProcessingException e) {
        return e.getLocation() == null
                ? " the body"
                : " line " + e.getLocation().getLineNr() + ", column "
                        + e.getLocation().getColumnNr();
    }

    private static Parsed refused(String pointer, String message) {
        return refused(pointer, ErrorCode.INVALID_INPUT.wire(), message);
    }

    private static Parsed refused(String pointer, String code, String message) {
        return new Parsed.Refused(List.of(new Problem(pointer, code, message)));
    }
}
