package dev.ratchet.service.resources;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ratchet.service.api.PatchBody;
import dev.ratchet.service.api.RevisionsBody;
import dev.ratchet.service.gateway.DocumentCompiler;
import dev.ratchet.service.gateway.PatchOrder;
import dev.ratchet.service.gateway.PatchResult;
import dev.ratchet.service.gateway.RunGateway;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
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
            @BeanParam RunCall call,
            @QueryParam("dry_run") @Nullable String dryRun,
            @HeaderParam("If-Match") @Nullable String ifMatch,
            InputStream body) {
        JsonNode json = bodies.patch(body, call.headers(), limits.bytes());
        PatchOrder order = orders.patch(json, new PatchOrders.Call(ifMatch, dryRun, call.key()));
        return PatchBody.of(send(call, order));
    }

    /** For those who cannot send PATCH. */
    @POST
    @Path("patch")
    public PatchBody post(
            @BeanParam RunCall call,
            @QueryParam("dry_run") @Nullable String dryRun,
            @HeaderParam("If-Match") @Nullable String ifMatch,
            InputStream body) {
        return patch(call, dryRun, ifMatch, body);
    }

    @POST
    @Path("tasks")
    public Response add(
            @BeanParam RunCall call,
            @QueryParam("dry_run") @Nullable String dryRun,
            @HeaderParam("If-Match") @Nullable String ifMatch,
            InputStream body) {
        JsonNode json = bodies.patch(body, call.headers(), limits.bytes());
        PatchOrder order = orders.tasks(json, new PatchOrders.Call(ifMatch, dryRun, call.key()));
        return Response.accepted(PatchBody.of(send(call, order))).build();
    }

    @GET
    @Path("revisions")
    public RevisionsBody revisions(@BeanParam RunCall call) {
        return RevisionsBody.of(gateway.revisions(call.run()));
    }

    private PatchResult send(RunCall call, PatchOrder order) {
        return gateway.patch(call.run(), order, compiler, limits.patches());
    }
}
