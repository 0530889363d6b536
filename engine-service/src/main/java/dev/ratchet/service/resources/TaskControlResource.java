package dev.ratchet.service.resources;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ratchet.run.Request;
import dev.ratchet.run.TaskKey;
import dev.ratchet.service.gateway.RunGateway;
import dev.ratchet.service.gateway.RunId;
import jakarta.ws.rs.HeaderParam;
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
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What may be asked of one task of a living run by whoever watches over the run. */
@Path("api/v1/runs/{id}/tasks/{task}")
@Produces(MediaType.APPLICATION_JSON)
public final class TaskControlResource {
    private static final String REASON = "reason";

    private final RunGateway gateway;
    private final Answers answers;
    private final Bodies bodies;

    public TaskControlResource(RunGateway gateway, Answers answers, Bodies bodies) {
        this.gateway = gateway;
        this.answers = answers;
        this.bodies = bodies;
    }

    @POST
    @Path("skip")
    public Response skip(
            @PathParam("id") String id,
            @PathParam("task") String task,
            @QueryParam("organization") @Nullable String organization,
            @HeaderParam("Idempotency-Key") @Nullable String key,
            InputStream body,
            @Context HttpHeaders headers) {
        return ask(new RunId(Query.organization(organization), id), new Request.Skip(key(task)), key, body, headers);
    }

    @POST
    @Path("retry")
    public Response retry(
            @PathParam("id") String id,
            @PathParam("task") String task,
            @QueryParam("organization") @Nullable String organization,
            @HeaderParam("Idempotency-Key") @Nullable String key,
            InputStream body,
            @Context HttpHeaders headers) {
        return ask(new RunId(Query.organization(organization), id), new Request.Retry(key(task)), key, body, headers);
    }

    private Response ask(RunId run, Request what, @Nullable String key, InputStream body, HttpHeaders headers) {
        ObjectNode json = bodies.control(body, headers, List.of(REASON));
        return answers.accepted(gateway.ask(run, what, key, json.path(REASON).textValue()));
    }

    private static TaskKey key(String task) {
        return TaskKey.parse(task);
    }
}
