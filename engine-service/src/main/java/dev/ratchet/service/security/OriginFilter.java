package dev.ratchet.service.security;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ratchet.service.problem.ProblemBody;
import dev.ratchet.service.problem.ProblemCode;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Refuses what pages of others make a browser send. A browser on this machine reaches the loopback interface as any program
 * does, so listening there alone keeps no page out: this does, before every route. Programs, which say nothing of an
 * origin, are let through. Thread-safe.
 */
public final class OriginFilter implements Filter {
    /** What a link in a mail may lead to: looking at these does nothing. */
    private static final String PAGES = "/api/v1/approvals/";

    /** Asking for a job takes it. */
    private static final String JOBS = "/api/v1/agents/";

    private static final Set<String> OWN_SITE = Set.of("same-origin", "none");

    private final TrustedHosts hosts;
    private final ObjectMapper json;

    /** @param json writes problems */
    public OriginFilter(TrustedHosts hosts, ObjectMapper json) {
        this.hosts = hosts;
        this.json = json;
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        String complaint = complaint((HttpServletRequest) request);
        if (complaint == null) {
            chain.doFilter(request, response);
        } else {
            refuse((HttpServletResponse) response, complaint);
        }
    }

    private @Nullable String complaint(HttpServletRequest request) {
        String host = request.getHeader("Host");
        if (host != null && !hosts.trusts(host)) {
            return "Expected Host to be a name of this engine, but it is another;"
                    + " 'public_url' or 'allowed_hosts' of the configuration can add it";
        }
        return isStrangers(request, host)
                ? "Expected a request that no page of another site sends, but this is one"
                : null;
    }

    private boolean isStrangers(HttpServletRequest request, @Nullable String host) {
        String origin = request.getHeader("Origin");
        String site = request.getHeader("Sec-Fetch-Site");
        if (origin != null && !hosts.isOwn(origin, host)) {
            return true;
        }
        if (site != null) {
            return !OWN_SITE.contains(site) && !followsALink(request);
        }
        String referer = request.getHeader("Referer");
        return (referer != null && !hosts.isOwn(referer, host)) || (origin == null && isOldBrowser(request));
    }

    private static boolean followsALink(HttpServletRequest request) {
        return request.getMethod().equals("GET")
                && "navigate".equals(request.getHeader("Sec-Fetch-Mode"))
                && "document".equals(request.getHeader("Sec-Fetch-Dest"))
                && request.getRequestURI().startsWith(PAGES);
    }

    /** Such a one says nothing of the page that has it fetch a picture. Agents are no browsers. */
    private static boolean isOldBrowser(HttpServletRequest request) {
        String agent = request.getHeader("User-Agent");
        return agent != null
                && agent.startsWith("Mozilla/")
                && request.getRequestURI().startsWith(JOBS);
    }

    private void refuse(HttpServletResponse response, String complaint) throws IOException {
        ProblemBody body = ProblemBody.of(ProblemCode.FORBIDDEN, complaint);
        response.setStatus(body.status());
        response.setContentType(ProblemBody.MEDIA_TYPE);
        response.getOutputStream().write(json.writeValueAsBytes(body));
    }
}
