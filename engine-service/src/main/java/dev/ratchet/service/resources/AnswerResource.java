package dev.ratchet.service.resources;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ratchet.run.Given;
import dev.ratchet.service.api.OneTaskBody;
import dev.ratchet.service.gateway.Answered;
import dev.ratchet.service.gateway.AskedTask;
import dev.ratchet.service.gateway.RunGateway;
import dev.ratchet.service.gateway.Signature;
import dev.ratchet.service.problem.ProblemException;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Answers of people and agents to tasks that wait for them. */
@Path("api/v1/runs/{id}/tasks/{task}")
@Produces(MediaType.APPLICATION_JSON)
public final class AnswerResource {
    private final RunGateway gateway;
    private final Bodies bodies;
    private final AnswerBodies answers;

    public AnswerResource(RunGateway gateway, Bodies bodies, AnswerBodies answers) {
        this.gateway = gateway;
        this.bodies = bodies;
        this.answers = answers;
    }

    @POST
    @Path("complete")
    public Response complete(@BeanParam RunCall call, @PathParam("task") String task, InputStream body) {
        ObjectNode json =
                bodies.control(body, call.headers(), List.of("output", "result", "result_ref", "usage", "by"));
        Signature by = Signatures.ofAnswer(json, null);
        AskedTask asked = gateway.asked(call.run(), Query.task(task));
        return give(asked, answers.completion(asked, json, answers.usage(json.path("usage"))), call.key(), by);
    }

    @POST
    @Path("fail")
    public Response fail(@BeanParam RunCall call, @PathParam("task") String task, InputStream body) {
        ObjectNode json = bodies.control(body, call.headers(), List.of("error", "code", "message", "usage", "by"));
        Signature by = Signatures.ofAnswer(json, null);
        AskedTask asked = gateway.asked(call.run(), Query.task(task));
        return give(asked, answers.failure(json, answers.usage(json.path("usage"))), call.key(), by);
    }

    @POST
    @Path("decision")
    public Response decide(@BeanParam RunCall call, @PathParam("task") String task, InputStream body) {
        ObjectNode json = bodies.control(body, call.headers(), List.of("approved", "choice", "form", "comment", "by"));
        Signature by = Signatures.ofAnswer(json, json.path("comment").textValue());
        AskedTask asked = gateway.asked(call.run(), Query.task(task));
        return give(asked, answers.decision(asked, json, "", null), call.key(), by);
    }

    @POST
    @Path("heartbeat")
    public OneTaskBody heartbeat(@BeanParam RunCall call, @PathParam("task") String task, InputStream body) {
        ObjectNode json = bodies.control(body, call.headers(), List.of("lease", "lease_ms"));
        AskedTask asked = gateway.asked(call.run(), Query.task(task));
        JsonNode lease = json.path("lease");
        if (!lease.isMissingNode() && !lease.isIntegralNumber()) {
            throw ProblemException.invalid("/lease", "Expected 'lease' to be the number of a lease, but it is not");
        }
        gateway.heartbeat(
                asked,
                lease.isMissingNode() ? null : (Long) lease.longValue(),
                Query.leaseMs(json.path("lease_ms").asText("")));
        return body(asked);
    }

    private Response give(AskedTask asked, Given given, @Nullable String key, Signature by) {
        Answered answered = gateway.give(asked, given, key, by);
        return Response.status(answered.settled() ? Response.Status.OK : Response.Status.ACCEPTED)
                .entity(body(answered.task()))
                .build();
    }

    private OneTaskBody body(AskedTask task) {
        return OneTaskBody.of(
                task.reading(), task.key(), task.record(), gateway.hydration().ofOneAnswer());
    }
}
