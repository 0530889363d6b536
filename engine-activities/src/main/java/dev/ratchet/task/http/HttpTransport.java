package dev.ratchet.task.http;

import dev.ratchet.task.egress.EgressGuard;
import java.time.Duration;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.pool.PoolConcurrencyPolicy;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;

/**
 * The one client that all HTTP tasks of a worker share: no cookies, no retries, no redirects and no unpacking of its own,
 * and no connection but to addresses the guard let through.
 */
final class HttpTransport {
    static final int MAX_HEADERS = 100;
    static final int MAX_HEADER_LINE = 8 * 1024;
    private static final int MAX_CONNECTIONS = 1_000;
    private static final Duration IDLE = Duration.ofSeconds(30);

    private HttpTransport() {}

    static CloseableHttpClient client(HttpSettings settings, EgressGuard guard) {
        Http1Config http = Http1Config.custom()
                .setMaxHeaderCount(MAX_HEADERS)
                .setMaxLineLength(MAX_HEADER_LINE)
                .setMaxEmptyLineCount(10)
                .build();
        PoolingHttpClientConnectionManager connections = PoolingHttpClientConnectionManagerBuilder.create()
                .setDnsResolver(new GuardedDns(guard))
                .setConnectionFactory(ManagedHttpClientConnectionFactory.builder()
                        .http1Config(http)
                        .responseParserFactory(unconfigured -> new ResponseHeads(http))
                        .build())
                .setPoolConcurrencyPolicy(PoolConcurrencyPolicy.LAX)
                .setMaxConnTotal(MAX_CONNECTIONS)
                .setMaxConnPerRoute(MAX_CONNECTIONS)
                .setDefaultConnectionConfig(ConnectionConfig.custom()
                        .setConnectTimeout(Timeout.of(settings.connectTimeout()))
                        .setTimeToLive(TimeValue.ofMinutes(5))
                        // A connection that its server closed meanwhile would cost the task an attempt.
                        .setValidateAfterInactivity(TimeValue.ofMilliseconds(100))
                        .build())
                .build();
        Watch.every(IDLE, () -> connections.closeIdle(TimeValue.of(IDLE)));
        return HttpClients.custom()
                .setConnectionManager(connections)
                .disableAutomaticRetries()
                .disableRedirectHandling()
                .disableCookieManagement()
                .disableAuthCaching()
                .disableContentCompression()
                .disableDefaultUserAgent()
                .disableConnectionState()
                .build();
    }
}
