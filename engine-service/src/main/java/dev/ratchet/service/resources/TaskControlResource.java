package dev.ratchet.service.resources;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ratchet.run.Request;
import dev.ratchet.run.TaskKey;
import dev.ratchet.service.gateway.RunGateway;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.util.List;

/** What may be asked of one task of a living run by whoever watches over the run. */
@Path("api/v1/runs/{id}/tasks/{task}")
@Produces(MediaType.APPLICATION_JSON)
public final class TaskControlResource {
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
    public Response skip(@BeanParam RunCall call, @PathParam("task") String task, InputStream body) {
        return ask(call, new Request.Skip(TaskKey.parse(Query.task(task))), body);
    }

    @POST
    @Path("retry")
    public Response retry(@BeanParam RunCall call, @PathParam("task") String task, InputStream body) {
        return ask(call, new Request.Retry(TaskKey.parse(Query.task(task))), body);
    }

    private Response ask(RunCall call, Request what, InputStream body) {
        ObjectNode json = bodies.control(body, call.headers(), List.of(Signatures.BY, Signatures.REASON));
        return answers.accepted(gateway.ask(call.run(), what, call.key(), Signatures.read(json)));
    }
}
