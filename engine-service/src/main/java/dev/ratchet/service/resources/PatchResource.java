package dev.ratchet.service.resources;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ratchet.service.api.PatchBody;
import dev.ratchet.service.api.RevisionsBody;
import dev.ratchet.service.gateway.DocumentCompiler;
import dev.ratchet.service.gateway.PatchOrder;
import dev.ratchet.service.gateway.PatchResult;
import dev.ratchet.service.gateway.RunGateway;
import dev.ratchet.service.gateway.RunId;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** The graph of a living run, and how it changes. */
@Path("api/v1/runs/{id}")
@Produces(MediaType.APPLICATION_JSON)
public final class PatchResource {
    private final RunGateway gateway;
    private final DocumentCompiler compiler;
    private final Bodies bodies;
    private final PatchLimits limits;
    private final PatchOrders orders;

    public PatchResource(RunGateway gateway, DocumentCompiler compiler, Bodies bodies, PatchLimits limits) {
        this.gateway = gateway;
        this.compiler = compiler;
        this.bodies = bodies;
        this.limits = limits;
        this.orders = new PatchOrders(limits);
    }

    @PATCH
    @Path("patch")
    public PatchBody patch(
            @PathParam("id") String id,
            @QueryParam("organization") @Nullable String organization,
            @QueryParam("dry_run") @Nullable String dryRun,
            @HeaderParam("If-Match") @Nullable String ifMatch,
            @HeaderParam("Idempotency-Key") @Nullable String key,
            InputStream body,
            @Context HttpHeaders headers) {
        JsonNode json = bodies.patch(body, headers, limits.bytes());
        PatchOrder order = orders.patch(json, new PatchOrders.Call(ifMatch, dryRun, key));
        return PatchBody.of(send(organization, id, order));
    }

    /** For those who cannot send PATCH. */
    @POST
    @Path("patch")
    public PatchBody post(
            @PathParam("id") String id,
            @QueryParam("organization") @Nullable String organization,
            @QueryParam("dry_run") @Nullable String dryRun,
            @HeaderParam("If-Match") @Nullable String ifMatch,
            @HeaderParam("Idempotency-Key") @Nullable String key,
            InputStream body,
            @Context HttpHeaders headers) {
        return patch(id, organization, dryRun, ifMatch, key, body, headers);
    }

    @POST
    @Path("tasks")
    public Response add(
            @PathParam("id") String id,
            @QueryParam("organization") @Nullable String organization,
            @QueryParam("dry_run") @Nullable String dryRun,
            @HeaderParam("If-Match") @Nullable String ifMatch,
            @HeaderParam("Idempotency-Key") @Nullable String key,
            InputStream body,
            @Context HttpHeaders headers) {
        JsonNode json = bodies.patch(body, headers, limits.bytes());
        PatchOrder order = orders.tasks(json, new PatchOrders.Call(ifMatch, dryRun, key));
        return Response.accepted(PatchBody.of(send(organization, id, order))).build();
    }

    @GET
    @Path("revisions")
    public RevisionsBody revisions(
            @PathParam("id") String id, @QueryParam("organization") @Nullable String organization) {
        return RevisionsBody.of(gateway.revisions(new RunId(Query.organization(organization), id)));
    }

    private PatchResult send(@Nullable String organization, String id, PatchOrder order) {
        return gateway.patch(new RunId(Query.organization(organization), id), order, compiler, limits.patches());
    }
}
