package dev.ratchet.service.security;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Set;

/**
 * What the port for administrators has: readings, and nothing that changes the process. The framework offers more there, such
 * as log levels under which secrets would be logged. Thread-safe.
 */
public final class AdminRoutes implements Filter {
    private static final Set<String> READINGS = Set.of("/healthcheck", "/ping", "/metrics");

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        HttpServletRequest http = (HttpServletRequest) request;
        boolean reads = http.getMethod().equals("GET") || http.getMethod().equals("HEAD");
        if (reads && READINGS.contains(http.getRequestURI())) {
            chain.doFilter(request, response);
        } else {
            ((HttpServletResponse) response).sendError(HttpServletResponse.SC_NOT_FOUND);
        }
    }
}
