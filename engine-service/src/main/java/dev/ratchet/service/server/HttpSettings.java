package dev.ratchet.service.server;

import io.dropwizard.core.server.DefaultServerFactory;
import io.dropwizard.jetty.GzipHandlerFactory;
import io.dropwizard.jetty.HttpConnectorFactory;
import io.dropwizard.request.logging.LogbackAccessRequestLogFactory;
import io.dropwizard.util.DataSize;
import io.dropwizard.util.Duration;
import java.util.List;

/**
 * How the API is served. A port of 0 takes any.
 *
 * @param host address of the API; health and metrics stay on loopback
 */
public record HttpSettings(String host, int port, int adminPort) {
    private static final String LOOPBACK = "127.0.0.1";
    /** Longer than any wait of a reader. */
    private static final Duration IDLE = Duration.seconds(90);
    /** Slower senders only hold a connection. */
    private static final DataSize MIN_RATE = DataSize.bytes(256);

    DefaultServerFactory factory() {
        DefaultServerFactory factory = new DefaultServerFactory();
        factory.setApplicationConnectors(List.of(connector(host, port, MIN_RATE)));
        factory.setAdminConnectors(List.of(connector(LOOPBACK, adminPort, MIN_RATE)));
        factory.setRegisterDefaultExceptionMappers(false);
        factory.setEnableVirtualThreads(true);
        factory.setEnableThreadNameFilter(false);
        factory.setShutdownGracePeriod(Duration.seconds(2));
        factory.setGzipFilterFactory(noGzip());
        factory.setRequestLogFactory(noRequestLog());
        return factory;
    }

    private static HttpConnectorFactory connector(String host, int port, DataSize minRate) {
        HttpConnectorFactory connector = new HttpConnectorFactory();
        connector.setBindHost(host);
        connector.setPort(port);
        connector.setIdleTimeout(IDLE);
        connector.setMinRequestDataPerSecond(minRate);
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
