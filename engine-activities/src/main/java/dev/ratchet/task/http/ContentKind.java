package dev.ratchet.task.http;

import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What the header {@code Content-Type} says of a body.
 *
 * @param mimeType without parameters, lower case; {@code application/octet-stream} when nothing is said
 */
record ContentKind(Form form, String mimeType, Charset charset) {
    /** How a body is read. */
    enum Form {
        JSON,
        TEXT,
        /** Nothing is said: the bytes decide. */
        UNKNOWN,
        BINARY
    }

    static ContentKind of(@Nullable String header) {
        String text = header == null ? "" : header.toLowerCase(Locale.ROOT);
        int semicolon = text.indexOf(';');
        String mime = (semicolon < 0 ? text : text.substring(0, semicolon)).strip();
        Charset charset = charset(text);
        if (mime.isEmpty()) {
            return new ContentKind(Form.UNKNOWN, "application/octet-stream", charset);
        }
        boolean sound = mime.matches("[a-z0-9!#$&^_.+-]{1,64}/[a-z0-9!#$&^_.+-]{1,64}");
        return new ContentKind(form(mime), sound ? mime : "application/octet-stream", charset);
    }

    private static Form form(String mime) {
        if (mime.equals("application/json") || mime.equals("text/json") || mime.endsWith("+json")) {
            return Form.JSON;
        }
        boolean text = mime.startsWith("text/")
                || mime.endsWith("+xml")
                || mime.endsWith("+yaml")
                || mime.equals("application/xml")
                || mime.equals("application/yaml")
                || mime.equals("application/x-yaml")
                || mime.equals("application/x-ndjson")
                || mime.equals("application/javascript")
                || mime.equals("application/x-www-form-urlencoded");
        return text ? Form.TEXT : Form.BINARY;
    }

    private static Charset charset(String header) {
        int at = header.indexOf("charset=");
        if (at >= 0) {
            String name = header.substring(at + 8).split("[;\\s]", 2)[0].replace("\"", "");
            try {
                return Charset.forName(name);
            } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
                return StandardCharsets.UTF_8;
            }
        }
        return StandardCharsets.UTF_8;
    }
}
