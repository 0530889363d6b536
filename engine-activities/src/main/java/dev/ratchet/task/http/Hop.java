package dev.ratchet.task.http;

import dev.ratchet.task.egress.Target;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.net.URIAuthority;
import org.jspecify.annotations.Nullable;

/** One request of a call: the first, or one that a redirect asked for. */
record Hop(
        String method,
        Target target,
        Map<String, String> headers,
        @Nullable RequestBody body) {
    /** What another host may see: nothing in them is for one host only. */
    private static final Set<String> HARMLESS =
            Set.of("accept", "accept-encoding", "accept-language", "user-agent", "idempotency-key");

    /**
     * Where a redirect leads. Another origin gets neither credentials nor any other header of the author.
     *
     * @return absent when the body would have to be sent to another origin, which is not done
     */
    @Nullable
    Hop redirected(int status, Target next) {
        boolean same = next.origin().equals(target.origin());
        boolean get = status == 303 ? !method.equals("HEAD") : status < 303 && method.equals("POST");
        if (!same && !get && body != null) {
            return null;
        }
        Map<String, String> kept = new LinkedHashMap<>(headers);
        if (!same) {
            kept.keySet().retainAll(HARMLESS);
        }
        if (get) {
            kept.remove("content-type");
        }
        return new Hop(get ? "GET" : method, next, kept, get ? null : body);
    }

    HttpHost host() {
        return new HttpHost(target.scheme(), target.host(), target.port());
    }

    HttpUriRequestBase request() {
        HttpUriRequestBase request = new HttpUriRequestBase(method, java.net.URI.create("/"));
        request.setScheme(target.scheme());
        boolean usual = target.port() == (target.scheme().equals("https") ? 443 : 80);
        request.setAuthority(new URIAuthority(target.host(), usual ? -1 : target.port()));
        request.setPath(target.requestUri());
        headers.forEach(request::setHeader);
        if (body != null) {
            request.removeHeaders("content-type");
            request.setEntity(new ByteArrayEntity(body.bytes(), ContentType.parseLenient(body.contentType())));
            request.setHeader("content-type", body.contentType());
        }
        return request;
    }

    /** Never shows headers or body. */
    @Override
    public String toString() {
        return method + " " + target.origin();
    }
}
