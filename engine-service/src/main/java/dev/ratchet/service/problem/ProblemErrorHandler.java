package dev.ratchet.service.problem;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes problems for what Jetty refuses by itself: malformed requests, ambiguous paths, oversized headers. */
public final class ProblemErrorHandler extends ErrorHandler {
    private static final Logger LOG = LoggerFactory.getLogger(ProblemErrorHandler.class);
    private final ObjectMapper json;

    public ProblemErrorHandler(ObjectMapper json) {
        this.json = json;
    }

    @Override
    public boolean errorPageForMethod(String method) {
        return true;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        int status = response.getStatus();
        ProblemBody body = isTheSenders(status) || passes(status) ? HttpProblems.ofStatus(status) : internal(request);
        response.setStatus(body.status());
        if (passes(status)) {
            response.getHeaders().put(HttpHeader.RETRY_AFTER, 1);
        }
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, ProblemBody.MEDIA_TYPE);
        response.write(true, ByteBuffer.wrap(bytes(body)), callback);
        return true;
    }

    /** Versions of HTTP, methods and encodings that are not spoken here have statuses of servers, but are no fault of ours. */
    private static boolean isTheSenders(int status) {
        return (status >= 400 && status < 500) || status == 501 || status == 505;
    }

    /** What Jetty answers itself while it stops, and when it has no thread left. */
    private static boolean passes(int status) {
        return status == 503;
    }

    private byte[] bytes(ProblemBody body) throws IOException {
        return json.writeValueAsString(body).getBytes(StandardCharsets.UTF_8);
    }

    private static ProblemBody internal(Request request) {
        String correlationId = UUID.randomUUID().toString();
        LOG.error("Expected to answer a request, but failed; correlation id {}", correlationId, (Throwable)
                request.getAttribute(ERROR_EXCEPTION));
        return ProblemBody.internal(correlationId);
    }
}
