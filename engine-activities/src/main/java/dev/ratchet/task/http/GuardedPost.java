package dev.ratchet.task.http;

import dev.ratchet.document.ErrorCode;
import dev.ratchet.task.egress.EgressDenied;
import dev.ratchet.task.egress.EgressGuard;
import dev.ratchet.task.spi.TaskFailure;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * Posts JSON to somebody else's URL, within the same bounds as HTTP tasks; what they answer is of no interest but for its
 * status. Redirects are not followed. Thread-safe.
 */
public final class GuardedPost {
    private static final int FIRST_SUCCESS = 200;
    private static final int LAST_SUCCESS = 299;

    private final HttpSettings settings;
    private final EgressGuard guard;
    private @Nullable CloseableHttpClient client;

    public GuardedPost(HttpSettings settings) {
        this.settings = settings;
        this.guard = new EgressGuard(settings.egress());
    }

    /**
     * Returns when the other side has taken it.
     *
     * @param limit for all of it
     * @throws TaskFailure retryable when another try may succeed; {@code egress_denied} when it may not be called
     */
    public void send(String url, Map<String, String> headers, byte[] json, Duration limit) throws TaskFailure {
        try {
            Hop hop = new Hop("POST", guard.check(url), headers, new RequestBody(json, "application/json"));
            send(hop, limit);
        } catch (EgressDenied e) {
            throw HttpFailures.denied(e);
        }
    }

    private void send(Hop hop, Duration limit) throws TaskFailure {
        HttpUriRequestBase request = hop.request();
        Timeout behind = Timeout.of(limit);
        request.setConfig(RequestConfig.custom()
                .setResponseTimeout(behind)
                .setConnectionRequestTimeout(behind)
                .setProtocolUpgradeEnabled(false)
                .setRedirectsEnabled(false)
                .setAuthenticationEnabled(false)
                .build());
        Watch watch = new Watch(settings, limit.toMillis(), request::cancel);
        try (watch;
                ClassicHttpResponse response = client().executeOpen(hop.host(), request, null)) {
            int status = response.getCode();
            Header retryAfter = response.getFirstHeader("retry-after");
            // Else closing would first read the whole body.
            request.cancel();
            if (status < FIRST_SUCCESS || status > LAST_SUCCESS) {
                Long pause = RetryAfter.millis(retryAfter == null ? null : retryAfter.getValue(), Clock.systemUTC());
                throw HttpFailures.status(status, hop.target().host(), null, pause);
            }
        } catch (IOException e) {
            if (Thread.interrupted()) {
                Thread.currentThread().interrupt();
                throw TaskFailure.retryable(ErrorCode.EXECUTION_FAILED, "Expected to post, but was stopped");
            }
            throw HttpFailures.of(e, hop.target().host(), watch, limit.toMillis());
        }
    }

    private synchronized CloseableHttpClient client() {
        if (client == null) {
            client = HttpTransport.client(settings, guard);
        }
        return client;
    }
}
