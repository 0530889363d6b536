package dev.ratchet.service.server;

import dev.ratchet.service.security.TrustedHosts;
import io.dropwizard.core.server.DefaultServerFactory;
import io.dropwizard.jetty.GzipHandlerFactory;
import io.dropwizard.jetty.HttpConnectorFactory;
import io.dropwizard.request.logging.LogbackAccessRequestLogFactory;
import io.dropwizard.util.Duration;
import java.util.List;

/**
 * How the API is served. A port of 0 takes any.
 *
 * @param host address of the API; health and metrics stay on loopback
 * @param hosts names under which both ports answer
 */
public record HttpSettings(String host, int port, int adminPort, TrustedHosts hosts) {
    private static final String LOOPBACK = "127.0.0.1";
    /** Longer than any wait of a reader. */
    private static final Duration IDLE = Duration.seconds(90);

    DefaultServerFactory factory() {
        DefaultServerFactory factory = new DefaultServerFactory();
        factory.setApplicationConnectors(List.of(connector(host, port)));
        factory.setAdminConnectors(List.of(connector(LOOPBACK, adminPort)));
        factory.setRegisterDefaultExceptionMappers(false);
        factory.setEnableVirtualThreads(true);
        factory.setEnableThreadNameFilter(false);
        factory.setShutdownGracePeriod(Duration.seconds(2));
        factory.setGzipFilterFactory(noGzip());
        factory.setRequestLogFactory(noRequestLog());
        return factory;
    }

    private static HttpConnectorFactory connector(String host, int port) {
        HttpConnectorFactory connector = new HttpConnectorFactory();
        connector.setBindHost(host);
        connector.setPort(port);
        connector.setIdleTimeout(IDLE);
        connector.setUseServerHeader(false);
        return connector;
    }

    private static GzipHandlerFactory noGzip() {
        GzipHandlerFactory gzip = new GzipHandlerFactory();
        gzip.setEnabled(false);
        return gzip;
    }

    private static LogbackAccessRequestLogFactory noRequestLog() {
        LogbackAccessRequestLogFactory log = new LogbackAccessRequestLogFactory();
        log.setAppenders(List.of());
        return log;
    }
}
