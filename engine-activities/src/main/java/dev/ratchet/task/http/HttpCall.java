package dev.ratchet.task.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A task's fields as a call.
 *
 * @param query what is added to the URL, encoded
 * @param headers by lower-case name, those of the engine included
 * @param secret what must not come back in a result; absent when there is nothing of the kind
 */
record HttpCall(
        String method,
        String url,
        String query,
        Map<String, String> headers,
        @Nullable RequestBody body,
        SuccessStatus success,
        @Nullable String secret) {
    static final Set<String> METHODS = Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");

    /** Reads fields whose templates are resolved. */
    static HttpCall read(JsonNode config, String idempotencyKey) throws InvalidCall {
        Map<String, String> headers = new LinkedHashMap<>(HeaderFields.read(config.path("headers")));
        Credentials credentials = Credentials.read(config.path("auth"));
        if (credentials != null && headers.put("authorization", credentials.header()) != null) {
            throw new InvalidCall("/auth", "Expected 'auth' or a header 'authorization', but both are there");
        }
        RequestBody body = RequestBody.of(config.path("body"), headers.getOrDefault("content-type", ""));
        if (body != null) {
            headers.put("content-type", body.contentType());
        }
        headers.putIfAbsent("accept", "application/json, text/*;q=0.9, */*;q=0.8");
        headers.putIfAbsent("accept-encoding", "gzip");
        headers.putIfAbsent("user-agent", "ratchet");
        headers.putIfAbsent("idempotency-key", idempotencyKey);
        return new HttpCall(
                method(config.path("method")),
                url(config.path("url")),
                RequestBody.pairs("/query", config.path("query")),
                headers,
                body,
                SuccessStatus.read(config.path("success_status")),
                credentials == null ? null : credentials.token());
    }

    static String method(JsonNode written) throws InvalidCall {
        String method = written.isMissingNode() ? "GET" : written.asText().toUpperCase(Locale.ROOT);
        if (!METHODS.contains(method)) {
            throw new InvalidCall(
                    "/method", "Expected 'method' to be GET, HEAD, POST, PUT, PATCH, DELETE or OPTIONS, but it is not");
        }
        return method;
    }

    private static String url(JsonNode written) throws InvalidCall {
        if (!written.isTextual() || written.textValue().isEmpty()) {
            throw new InvalidCall("/url", "Expected 'url' to be an absolute URL, but it is not");
        }
        return written.textValue();
    }

    /** Never shows headers, query or body. */
    @Override
    public String toString() {
        return method;
    }
}
