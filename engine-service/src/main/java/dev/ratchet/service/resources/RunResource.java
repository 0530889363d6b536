package dev.ratchet.service.resources;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ratchet.document.Money;
import dev.ratchet.run.Request.Abort;
import dev.ratchet.run.Request.Pause;
import dev.ratchet.run.Request.RaiseBudget;
import dev.ratchet.run.Request.Resume;
import dev.ratchet.service.api.RunBodies;
import dev.ratchet.service.gateway.ReadWish;
import dev.ratchet.service.gateway.RunGateway;
import dev.ratchet.service.gateway.RunId;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One run: how it is, and what may be asked of it. */
@Path("api/v1/runs/{id}")
@Produces(MediaType.APPLICATION_JSON)
public final class RunResource {
    private static final String REASON = "reason";

    private final RunGateway gateway;
    private final Answers answers;
    private final Bodies bodies;

    public RunResource(RunGateway gateway, Answers answers, Bodies bodies) {
        this.gateway = gateway;
        this.answers = answers;
        this.bodies = bodies;
    }

    @GET
    public Response get(
            @PathParam("id") String id,
            @QueryParam("organization") @Nullable String organization,
            @QueryParam("wait_ms") @Nullable String waitMs,
            @QueryParam("until") @Nullable String until,
            @QueryParam("since") @Nullable String since,
            @QueryParam("tasks") @Nullable String tasks,
            @Context Request request) {
        ReadWish wish = Query.wish(waitMs, until, since, tasks);
        RunBodies.Tasks shown =
                !wish.tasks() ? RunBodies.Tasks.NONE : since == null ? RunBodies.Tasks.ALL : RunBodies.Tasks.CHANGED;
        return answers.read(gateway.get(run(organization, id), wish), shown, request);
    }

    @POST
    @Path("abort")
    public Response abort(
            @PathParam("id") String id,
            @QueryParam("organization") @Nullable String organization,
            @HeaderParam("Idempotency-Key") @Nullable String key,
            InputStream body,
            @Context HttpHeaders headers) {
        ObjectNode json = bodies.control(body, headers, List.of(REASON));
        return answers.accepted(gateway.command(
                run(organization, id), new Abort(), key, json.path(REASON).textValue()));
    }

    @POST
    @Path("pause")
    public Response pause(
            @PathParam("id") String id,
            @QueryParam("organization") @Nullable String organization,
            @HeaderParam("Idempotency-Key") @Nullable String key,
            InputStream body,
            @Context HttpHeaders headers) {
        ObjectNode json = bodies.control(body, headers, List.of(REASON));
        return answers.accepted(gateway.ask(
                run(organization, id), new Pause(), key, json.path(REASON).textValue()));
    }

    @POST
    @Path("resume")
    public Response resume(
            @PathParam("id") String id,
            @QueryParam("organization") @Nullable String organization,
            @HeaderParam("Idempotency-Key") @Nullable String key,
            InputStream body,
            @Context HttpHeaders headers) {
        ObjectNode json = bodies.control(body, headers, List.of(REASON));
        return answers.accepted(gateway.ask(
                run(organization, id), new Resume(), key, json.path(REASON).textValue()));
    }

    @POST
    @Path("budget")
    public Response budget(
            @PathParam("id") String id,
            @QueryParam("organization") @Nullable String organization,
            @HeaderParam("Idempotency-Key") @Nullable String key,
            InputStream body,
            @Context HttpHeaders headers) {
        ObjectNode json = bodies.control(body, headers, List.of("budget_limit", "amount", "currency", REASON));
        boolean nested = json.has("budget_limit");
        JsonNode limit = nested ? json.get("budget_limit") : json;
        Money money = Amounts.read(limit, nested ? "/budget_limit" : "");
        return answers.accepted(gateway.command(
                run(organization, id),
                new RaiseBudget(money),
                key,
                json.path(REASON).textValue()));
    }

    private static RunId run(@Nullable String organization, String id) {
        return new RunId(Query.organization(organization), id);
    }
}
