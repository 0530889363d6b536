package dev.ratchet.service.resources;

import dev.ratchet.service.gateway.RunId;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import org.jspecify.annotations.Nullable;

/** What every call about a run says beside its body: which run, in which organization, under which key. */
public final class RunCall {
    @PathParam("id")
    @SuppressWarnings("NullAway.Init") // set by Jersey, as all of them
    private String id;

    @QueryParam("organization")
    private @Nullable String organization;

    @HeaderParam("Idempotency-Key")
    private @Nullable String key;

    @Context
    @SuppressWarnings("NullAway.Init")
    private HttpHeaders headers;

    RunId run() {
        return new RunId(Query.organization(organization), id);
    }

    /** Absent also when it is empty. */
    @Nullable
    String key() {
        return Query.key(key);
    }

    HttpHeaders headers() {
        return headers;
    }
}
