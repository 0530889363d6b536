package dev.ratchet.task.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.ratchet.document.Intake;
import dev.ratchet.document.Json;
import dev.ratchet.document.Text;
import dev.ratchet.task.spi.TaskContext;
import dev.ratchet.task.spi.TaskFailure;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Turns a response's body into a value: JSON as it is, text as a string, no body as null, anything else (and what is too
 * large to be held in memory) as a reference to the stored bytes. What says it is JSON and is not, is text.
 */
final class ResponseBody {
    /** The body is one level down in the output. */
    private static final int MAX_DEPTH = Intake.MAX_DEPTH - 1;

    private static final int MAX_TOKENS = 2_000_000;

    private final TaskContext context;
    private final HttpSettings settings;
    private final ObjectReader reader;

    ResponseBody(TaskContext context, HttpSettings settings) {
        this.context = context;
        this.settings = settings;
        this.reader = Json.mapper()
                .reader()
                .with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .forType(JsonNode.class);
    }

    /** Reads a body to its end. */
    JsonNode read(BodyStream body, ContentKind kind, Redaction redaction) throws IOException, TaskFailure {
        if (kind.form() == ContentKind.Form.BINARY) {
            byte[] first = body.readNBytes(1);
            return first.length == 0 ? NullNode.getInstance() : store(first, body, kind);
        }
        byte[] bytes = body.readNBytes(settings.maxParsedBytes());
        byte[] more = bytes.length < settings.maxParsedBytes() ? new byte[0] : body.readNBytes(1);
        if (more.length > 0) {
            return store(bytes, new SequenceInputStream(new ByteArrayInputStream(more), body), kind);
        }
        return bytes.length == 0 ? NullNode.getInstance() : parsed(bytes, kind, redaction);
    }

    private JsonNode parsed(byte[] bytes, ContentKind kind, Redaction redaction) throws IOException, TaskFailure {
        String text = text(bytes, kind.charset());
        if (text == null || (kind.form() == ContentKind.Form.UNKNOWN && text.indexOf('\0') >= 0)) {
            return store(bytes, InputStream.nullInputStream(), kind);
        }
        text = redaction.of(text);
        if (kind.form() == ContentKind.Form.JSON) {
            try {
                return json(text);
            } catch (StreamConstraintsException e) {
                return store(bytes, InputStream.nullInputStream(), kind);
            } catch (JsonProcessingException e) {
                return new TextNode(text);
            }
        }
        return new TextNode(text);
    }

    private JsonNode json(String text) throws JsonProcessingException {
        StreamReadConstraints bounds = StreamReadConstraints.builder()
                .maxNestingDepth(MAX_DEPTH)
                .maxTokenCount(MAX_TOKENS)
                .maxStringLength(settings.maxParsedBytes())
                .maxNumberLength(Intake.MAX_NUMBER)
                .build();
        try (var parser = reader.getFactory()
                .rebuild()
                .streamReadConstraints(bounds)
                .build()
                .createParser(text)) {
            JsonNode value = reader.readValue(parser, JsonNode.class);
            checkTravels(value);
            return value;
        } catch (JsonProcessingException e) {
            throw e;
        } catch (IOException e) {
            throw new IllegalStateException("Expected to read from memory, but that failed", e);
        }
    }

    /** What cannot be a value of a run is stored as it came. */
    private static void checkTravels(JsonNode value) throws StreamConstraintsException {
        if (Intake.of(value) instanceof Intake.Refused(String reason)) {
            throw new StreamConstraintsException(reason);
        }
    }

    private JsonNode store(byte[] start, InputStream rest, ContentKind kind) throws TaskFailure {
        return context.store(new SequenceInputStream(new ByteArrayInputStream(start), rest), kind.mimeType());
    }

    /** The first characters of a body that is text, for the reader of an error. */
    static @Nullable String preview(byte[] bytes, boolean cut, ContentKind kind, Redaction redaction) {
        if (bytes.length == 0 || kind.form() == ContentKind.Form.BINARY) {
            return null;
        }
        String text = redaction.of(new String(bytes, kind.charset()));
        boolean binary = text.indexOf('\0') >= 0;
        int max = 1_000;
        if (binary) {
            return null;
        }
        return cut || text.length() > max ? Text.beginning(text, max) + Text.CUT : text;
    }

    private static @Nullable String text(byte[] bytes, Charset charset) {
        int mark = charset == StandardCharsets.UTF_8 && startsWithMark(bytes) ? 3 : 0;
        try {
            return charset.newDecoder()
                    .decode(ByteBuffer.wrap(bytes, mark, bytes.length - mark))
                    .toString();
        } catch (CharacterCodingException | UnsupportedOperationException e) {
            return null;
        }
    }

    private static boolean startsWithMark(byte[] bytes) {
        return bytes.length >= 3 && bytes[0] == (byte) 0xef && bytes[1] == (byte) 0xbb && bytes[2] == (byte) 0xbf;
    }
}
