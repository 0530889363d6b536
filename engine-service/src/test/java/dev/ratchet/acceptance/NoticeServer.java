package dev.ratchet.acceptance;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.ratchet.document.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Takes notices. {@code /ok} answers 204, {@code /busy} 503 the first time and then 204, any other path the status that it
 * names.
 */
final class NoticeServer implements AutoCloseable {
    private final HttpServer server;
    private final Queue<Notice> notices = new ConcurrentLinkedQueue<>();
    private final Map<String, Boolean> busy = new ConcurrentHashMap<>();

    NoticeServer() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 50);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        server.createContext("/", this::take);
        server.start();
    }

    /** What came, in order. */
    record Notice(String path, Map<String, List<String>> headers, String body) {
        JsonNode json() {
            return Json.read(body, JsonNode.class);
        }

        String header(String name) {
            return headers.entrySet().stream()
                    .filter(header -> header.getKey().equalsIgnoreCase(name))
                    .map(header -> header.getValue().get(0))
                    .findFirst()
                    .orElse("");
        }
    }

    List<Notice> notices(String run) {
        return notices.stream()
                .filter(notice -> notice.json().path("run_id").asText().equals(run))
                .toList();
    }

    /** {@code host:port} */
    String address() {
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    private void take(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            String path = exchange.getRequestURI().getPath();
            notices.add(new Notice(path, Map.copyOf(exchange.getRequestHeaders()), body));
            exchange.sendResponseHeaders(status(path, body), -1);
        }
    }

    private int status(String path, String body) {
        return switch (path) {
            case "/ok" -> 204;
            case "/busy" ->
                busy.put(Json.read(body, JsonNode.class).path("run_id").asText(), true) == null ? 503 : 204;
            default -> Integer.parseInt(path.substring(1));
        };
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
