package dev.ratchet.task.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ratchet.document.ErrorCode;
import dev.ratchet.document.Json;
import dev.ratchet.task.egress.EgressDenied;
import dev.ratchet.task.egress.EgressGuard;
import dev.ratchet.task.egress.Target;
import dev.ratchet.task.spi.TaskContext;
import dev.ratchet.task.spi.TaskFailure;
import java.io.IOException;
import java.time.Clock;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.hc.client5.http.classic.HttpClient;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/** One call from its first request to its answer: at most three redirects, each checked like the first URL. */
final class Exchange {
    private static final int MAX_REDIRECTS = 3;
    private static final long BEHIND_MS = 5_000;
    private static final int PREVIEW_BYTES = 16 * 1024;
    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);
    /** A session of somebody else's service: nothing for a run's history. */
    private static final Set<String> HIDDEN = Set.of("set-cookie", "set-cookie2");

    private final HttpClient client;
    private final EgressGuard guard;
    private final HttpSettings settings;
    private final TaskContext context;
    private final HttpCall call;
    private final Redaction redaction;
    private final long timeoutMs;
    /** Whether the answer at hand was read to its end, so that its connection may be used again. */
    private boolean consumed;

    Exchange(HttpClient client, EgressGuard guard, HttpSettings settings, TaskContext context, HttpCall call) {
        this.client = client;
        this.guard = guard;
        this.settings = settings;
        this.context = context;
        this.call = call;
        this.redaction = new Redaction(call.secret());
        this.timeoutMs = Math.max(1, context.remainingMs());
    }

    JsonNode run() throws TaskFailure, InterruptedException {
        try {
            Target first = guard.check(call.url()).withQuery(call.query());
            Hop hop = new Hop(call.method(), first, call.headers(), call.body());
            for (int redirects = 0; redirects <= MAX_REDIRECTS; redirects++) {
                Answer answer = send(hop);
                if (answer.next == null) {
                    return answer.output;
                }
                hop = answer.next;
            }
        } catch (EgressDenied e) {
            throw HttpFailures.denied(e);
        }
        throw TaskFailure.permanent(
                ErrorCode.EXECUTION_FAILED,
                "Expected an answer after at most " + MAX_REDIRECTS + " redirects, but there are more");
    }

    /** An output, or where to go next. */
    private record Answer(JsonNode output, @Nullable Hop next) {}

    private Answer send(Hop hop) throws TaskFailure, InterruptedException, EgressDenied {
        consumed = false;
        HttpUriRequestBase request = hop.request();
        // The watch ends what takes too long, and says so; the client's own timeouts only stand behind it.
        Timeout behind = Timeout.ofMilliseconds(timeoutMs + BEHIND_MS);
        request.setConfig(RequestConfig.custom()
                .setResponseTimeout(behind)
                .setConnectionRequestTimeout(behind)
                .setProtocolUpgradeEnabled(false)
                .setRedirectsEnabled(false)
                .setAuthenticationEnabled(false)
                .build());
        context.onCancel(request::cancel);
        String host = hop.target().host();
        Watch watch = new Watch(settings, Math.max(1, context.remainingMs()), request::cancel);
        try (watch;
                ClassicHttpResponse response = client.executeOpen(hop.host(), request, null)) {
            watch.bodyBegins();
            try {
                return answered(hop, response, watch);
            } finally {
                if (!consumed) {
                    // Else closing would first read what is left, however much that is.
                    request.cancel();
                }
            }
        } catch (EgressDenied e) {
            throw e;
        } catch (IOException e) {
            if (context.isCancelled() || Thread.interrupted()) {
                throw new InterruptedException("cancelled");
            }
            throw HttpFailures.of(e, host, watch, timeoutMs);
        }
    }

    private Answer answered(Hop hop, ClassicHttpResponse response, Watch watch)
            throws IOException, TaskFailure, InterruptedException {
        int status = response.getCode();
        if (call.success().contains(status)) {
            return new Answer(output(response, watch), null);
        }
        Header location = response.getFirstHeader("location");
        if (REDIRECTS.contains(status) && location != null) {
            Target target =
                    guard.check(hop.target().redirected(location.getValue().strip()));
            Hop next = hop.redirected(status, target);
            if (next != null) {
                return new Answer(NullNode.getInstance(), next);
            }
        }
        Header retryAfter = response.getFirstHeader("retry-after");
        Long pause = RetryAfter.millis(retryAfter == null ? null : retryAfter.getValue(), Clock.systemUTC());
        throw HttpFailures.status(status, hop.target().host(), preview(response, watch), pause);
    }

    private JsonNode output(ClassicHttpResponse response, Watch watch)
            throws IOException, TaskFailure, InterruptedException {
        ObjectNode output = Json.mapper().createObjectNode().put("status", response.getCode());
        output.set("headers", headers(response));
        HttpEntity entity = response.getEntity();
        if (entity == null) {
            consumed = true;
            return output.set("body", NullNode.getInstance());
        }
        if (entity.getContentLength() > settings.maxBodyBytes()) {
            throw BodyStream.TooLarge.bytes(settings);
        }
        BodyStream body = BodyStream.open(settings, watch, entity.getContent(), entity.getContentEncoding());
        try (body) {
            ContentKind kind = ContentKind.of(entity.getContentType());
            output.set("body", new ResponseBody(context, settings).read(body, kind, redaction));
            consumed = body.isConsumed();
            return output;
        } catch (TaskFailure | RuntimeException e) {
            IOException cause = body.failure();
            if (cause != null) {
                throw cause;
            }
            throw e;
        }
    }

    private ObjectNode headers(ClassicHttpResponse response) {
        Map<String, String> joined = new TreeMap<>();
        for (Header header : response.getHeaders()) {
            String name = header.getName().toLowerCase(Locale.ROOT);
            if (!HIDDEN.contains(name)) {
                String value = header.getValue() == null ? "" : header.getValue();
                joined.merge(name, redaction.of(value), (a, b) -> a + ", " + b);
            }
        }
        ObjectNode headers = Json.mapper().createObjectNode();
        joined.forEach(headers::put);
        return headers;
    }

    /** What an error says about itself, as far as it can be read at all. */
    private @Nullable String preview(ClassicHttpResponse response, Watch watch) {
        HttpEntity entity = response.getEntity();
        if (entity == null) {
            consumed = true;
            return null;
        }
        try (BodyStream body = BodyStream.open(settings, watch, entity.getContent(), entity.getContentEncoding())) {
            byte[] bytes = body.readNBytes(PREVIEW_BYTES);
            boolean cut = bytes.length == PREVIEW_BYTES;
            consumed = !cut && body.isConsumed();
            return ResponseBody.preview(bytes, cut, ContentKind.of(entity.getContentType()), redaction);
        } catch (IOException e) {
            return null;
        }
    }
}
