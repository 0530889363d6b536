package dev.ratchet.service.resources;

import dev.ratchet.document.Json;
import dev.ratchet.service.gateway.RunGateway;
import dev.ratchet.service.problem.ProblemException;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What waits for agents. */
@Path("api/v1/agents/{queue}")
@Produces(MediaType.APPLICATION_JSON)
public final class AgentResource {
    private static final Pattern QUEUE = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]{0,62}");

    private final RunGateway gateway;

    public AgentResource(RunGateway gateway) {
        this.gateway = gateway;
    }

    /** Each answer is another assignment: nobody in between may keep it. */
    @GET
    @Path("next")
    public Response next(
            @PathParam("queue") String queue,
            @QueryParam("organization") @Nullable String organization,
            @QueryParam("wait_ms") @Nullable String waitMs,
            @QueryParam("lease_ms") @Nullable String leaseMs) {
        if (!QUEUE.matcher(queue).matches()) {
            throw ProblemException.invalid("", "Expected the name of a queue, but it is none");
        }
        return gateway.next(Query.organization(organization), queue, Query.leaseMs(leaseMs), Query.waitMs(waitMs))
                .map(assignment -> Response.ok(Json.write(assignment)))
                .orElseGet(Response::noContent)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .build();
    }
}
