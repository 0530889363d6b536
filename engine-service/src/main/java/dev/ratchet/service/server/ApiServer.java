package dev.ratchet.service.server;

import com.codahale.metrics.MetricRegistry;
import com.codahale.metrics.health.HealthCheck;
import com.codahale.metrics.health.HealthCheckRegistry;
import dev.ratchet.service.api.ApiJson;
import dev.ratchet.service.problem.ProblemErrorHandler;
import dev.ratchet.service.problem.ProblemMapper;
import dev.ratchet.service.security.AdminRoutes;
import dev.ratchet.service.security.BodyRateFilter;
import dev.ratchet.service.security.OriginFilter;
import dev.ratchet.service.security.PlainPathFilter;
import dev.ratchet.service.security.TrustedHosts;
import io.dropwizard.core.Configuration;
import io.dropwizard.core.server.DefaultServerFactory;
import io.dropwizard.core.setup.Environment;
import io.dropwizard.jersey.validation.Validators;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterRegistration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.NetworkConnector;
import org.eclipse.jetty.server.Server;
import org.glassfish.jersey.server.ServerProperties;

/** The HTTP server: Dropwizard's parts, started by hand. Two ports: the API, and health and metrics on loopback. */
public final class ApiServer implements AutoCloseable {
    private static final int MAX_CONNECTIONS = 10_000;
    private final Server server;

    private ApiServer(Server server) {
        this.server = server;
    }

    /**
     * Starts to listen.
     *
     * @param resources JAX-RS resources
     * @param checks what the admin port's {@code /healthcheck} tells, by name
     * @throws PortTakenException when somebody else listens there
     */
    public static ApiServer start(HttpSettings settings, List<?> resources, Map<String, HealthCheck> checks) {
        Environment environment = environment(resources, checks);
        guard(environment, settings.hosts());
        DefaultServerFactory factory = settings.factory();
        factory.configure(environment);
        Server server = factory.build(environment);
        server.addBean(new NetworkConnectionLimit(MAX_CONNECTIONS, server));
        server.setErrorHandler(new ProblemErrorHandler(ApiJson.mapper()));
        ApiServer started = new ApiServer(server);
        try {
            server.start();
            return started;
        } catch (Exception failed) {
            started.close();
            throw PortTakenException.or(failed, settings);
        }
    }

    /** The port that the API listens on. */
    public int port() {
        return port("application");
    }

    /** The port that health and metrics listen on. */
    public int adminPort() {
        return port("admin");
    }

    /** Completes when the server has stopped. */
    public void join() throws InterruptedException {
        server.join();
    }

    @Override
    public void close() {
        try {
            server.stop();
        } catch (Exception failed) {
            throw new IllegalStateException("Expected to stop the HTTP server, but failed", failed);
        }
    }

    private int port(String name) {
        for (var connector : server.getConnectors()) {
            if (name.equals(connector.getName()) && connector instanceof NetworkConnector network) {
                return network.getLocalPort();
            }
        }
        throw new IllegalStateException("Expected a connector " + name + ", but there is none");
    }

    /** One door for all routes of both ports. */
    private static void guard(Environment environment, TrustedHosts hosts) {
        OriginFilter origins = new OriginFilter(hosts, ApiJson.mapper());
        onAllRoutes(environment.servlets().addFilter("origins", origins));
        onAllRoutes(environment.servlets().addFilter("plain paths", new PlainPathFilter()));
        onAllRoutes(environment.servlets().addFilter("body rate", new BodyRateFilter(System::nanoTime)));
        onAllRoutes(environment.admin().addFilter("origins", origins));
        onAllRoutes(environment.admin().addFilter("routes", new AdminRoutes()));
    }

    private static void onAllRoutes(FilterRegistration filter) {
        filter.addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST), true, "/*");
    }

    private static Environment environment(List<?> resources, Map<String, HealthCheck> checks) {
        HealthCheckRegistry health = new HealthCheckRegistry();
        checks.forEach(health::register);
        Environment environment = new Environment(
                "ratchet",
                ApiJson.mapper(),
                Validators.newValidatorFactory(),
                new MetricRegistry(),
                ApiServer.class.getClassLoader(),
                health,
                new Configuration());
        environment.jersey().property(ServerProperties.WADL_FEATURE_DISABLE, true);
        environment.jersey().property(ServerProperties.LOCATION_HEADER_RELATIVE_URI_RESOLUTION_DISABLED, true);
        environment.jersey().register(new ProblemMapper());
        resources.forEach(environment.jersey()::register);
        environment.getApplicationContext().setErrorHandler(new ProblemErrorHandler(ApiJson.mapper()));
        return environment;
    }
}
