package dev.ratchet.task.blob;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ratchet.document.Json;
import dev.ratchet.document.Text;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** JSON as bytes, but never more of them than a limit. */
final class JsonBytes {
    /** Characters that people see of a value which is stored. */
    private static final int PREVIEW = 200;

    /** Bytes that surely hold that many characters. */
    private static final int PREVIEW_BYTES = 8 * PREVIEW;

    private JsonBytes() {}

    /** The compact UTF-8 form; {@link BlobException} above {@code limit} bytes, long before all of them are made. */
    static byte[] of(JsonNode json, long limit) {
        Bounded bytes = written(json, limit);
        if (bytes.overflown) {
            throw BlobException.tooLarge(limit);
        }
        return bytes.taken.toByteArray();
    }

    /** The beginning of a value: of its text when it is one, else of its JSON. */
    static String preview(JsonNode json) {
        String text = json.isTextual()
                ? json.textValue()
                : written(json, PREVIEW_BYTES).taken.toString(StandardCharsets.UTF_8);
        return Text.cut(text, PREVIEW + 1);
    }

    private static Bounded written(JsonNode json, long limit) {
        Bounded bytes = new Bounded(limit);
        try {
            Json.mapper().writeValue(bytes, json);
        } catch (IOException e) {
            if (!bytes.overflown) {
                throw BlobException.unwritable(e);
            }
        }
        return bytes;
    }

    /** Takes the first bytes and fails at the limit. */
    private static final class Bounded extends OutputStream {
        private final ByteArrayOutputStream taken = new ByteArrayOutputStream();
        private final long limit;
        private boolean overflown;

        Bounded(long limit) {
            this.limit = limit;
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            int room = (int) Math.min(length, limit - taken.size());
            taken.write(bytes, offset, room);
            if (room < length) {
                overflown = true;
                throw new IOException("Expected at most " + limit + " bytes, but there are more");
            }
        }
    }
}
