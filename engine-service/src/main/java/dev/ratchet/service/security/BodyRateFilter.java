package dev.ratchet.service.security;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.IOException;
import java.util.function.LongSupplier;

/** Breaks off bodies that come too slowly, on every route. Thread-safe. */
public final class BodyRateFilter implements Filter {
    private final LongSupplier nanoTime;

    /** @param nanoTime a monotonic clock */
    public BodyRateFilter(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        chain.doFilter(new Timed((HttpServletRequest) request, nanoTime), response);
    }

    private static final class Timed extends HttpServletRequestWrapper {
        private final LongSupplier nanoTime;

        Timed(HttpServletRequest request, LongSupplier nanoTime) {
            super(request);
            this.nanoTime = nanoTime;
        }

        @Override
        public ServletInputStream getInputStream() throws IOException {
            return new SteadyInput(super.getInputStream(), nanoTime);
        }
    }
}
