package dev.ratchet.service.resources;

import static dev.ratchet.service.resources.Signatures.BY;
import static dev.ratchet.service.resources.Signatures.REASON;

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
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
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
            @BeanParam RunCall call,
            @QueryParam("wait_ms") @Nullable String waitMs,
            @QueryParam("until") @Nullable String until,
            @QueryParam("since") @Nullable String since,
            @QueryParam("tasks") @Nullable String tasks,
            @Context Request request) {
        ReadWish wish = Query.wish(waitMs, until, since, tasks);
        RunBodies.Tasks shown =
                !wish.tasks() ? RunBodies.Tasks.NONE : since == null ? RunBodies.Tasks.ALL : RunBodies.Tasks.CHANGED;
        return answers.read(gateway.get(call.run(), wish), shown, request);
    }

    @POST
    @Path("abort")
    public Response abort(@BeanParam RunCall call, InputStream body) {
        ObjectNode json = bodies.control(body, call.headers(), List.of(BY, REASON));
        return answers.accepted(gateway.command(call.run(), new Abort(), call.key(), Signatures.read(json)));
    }

    @POST
    @Path("pause")
    public Response pause(@BeanParam RunCall call, InputStream body) {
        ObjectNode json = bodies.control(body, call.headers(), List.of(BY, REASON));
        return answers.accepted(gateway.ask(call.run(), new Pause(), call.key(), Signatures.read(json)));
    }

    @POST
    @Path("resume")
    public Response resume(@BeanParam RunCall call, InputStream body) {
        ObjectNode json = bodies.control(body, call.headers(), List.of(BY, REASON));
        return answers.accepted(gateway.ask(call.run(), new Resume(), call.key(), Signatures.read(json)));
    }

    @POST
    @Path("budget")
    public Response budget(@BeanParam RunCall call, InputStream body) {
        ObjectNode json =
                bodies.control(body, call.headers(), List.of("budget_limit", "amount", "currency", BY, REASON));
        boolean nested = json.has("budget_limit");
        JsonNode limit = nested ? json.get("budget_limit") : json;
        Money money = Amounts.read(limit, nested ? "/budget_limit" : "");
        return answers.accepted(gateway.command(call.run(), new RaiseBudget(money), call.key(), Signatures.read(json)));
    }
}
