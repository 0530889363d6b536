package dev.ratchet.faults;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * A request as plain HTTP/1.1 brings it. Read by hand, because only who owns the socket sees it close while a call is held.
 *
 * @param path without the query
 * @param query decoded no further than split: names and values here are plain
 * @param headers by lower-case name
 */
record HttpCallIn(String method, String path, Map<String, String> query, Map<String, String> headers, byte[] body) {
    private static final int MAX_LINE = 16 * 1024;

    static HttpCallIn read(InputStream in) throws IOException {
        String[] first = line(in).split(" ", 3);
        if (first.length != 3) {
            throw new IOException("Expected a request line, but it has " + first.length + " parts");
        }
        Map<String, String> headers = headers(in);
        byte[] body = headers.containsKey("transfer-encoding")
                ? chunks(in)
                : in.readNBytes(Integer.parseInt(headers.getOrDefault("content-length", "0")));
        String[] target = first[1].split("\\?", 2);
        return new HttpCallIn(first[0], target[0], query(target.length == 1 ? "" : target[1]), headers, body);
    }

    private static Map<String, String> headers(InputStream in) throws IOException {
        Map<String, String> headers = new HashMap<>();
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            int colon = line.indexOf(':');
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        return headers;
    }

    private static Map<String, String> query(String text) {
        Map<String, String> query = new HashMap<>();
        for (String pair : text.split("&")) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                query.put(pair.substring(0, equals), pair.substring(equals + 1));
            }
        }
        return query;
    }

    private static byte[] chunks(InputStream in) throws IOException {
        java.io.ByteArrayOutputStream body = new java.io.ByteArrayOutputStream();
        for (int size = Integer.parseInt(line(in), 16); size > 0; size = Integer.parseInt(line(in), 16)) {
            body.write(in.readNBytes(size));
            line(in);
        }
        line(in);
        return body.toByteArray();
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0 || line.length() > MAX_LINE) {
                throw new EOFException("Expected a line of at most " + MAX_LINE + " bytes, but it did not end");
            }
            line.append((char) next);
        }
        return line.toString().stripTrailing();
    }

    String text() {
        return new String(body, StandardCharsets.UTF_8);
    }
}
