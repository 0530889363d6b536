package dev.ratchet.service.resources;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ratchet.document.Json;
import dev.ratchet.run.Given;
import dev.ratchet.run.Usage;
import dev.ratchet.service.gateway.Answered;
import dev.ratchet.service.gateway.AskedTask;
import dev.ratchet.service.gateway.RunGateway;
import dev.ratchet.service.gateway.RunId;
import dev.ratchet.service.gateway.Signature;
import dev.ratchet.service.problem.ProblemException;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** The completion of a task as one document, as agents of other systems send it. */
@Path("api/v1/completion-signals")
@Produces(MediaType.APPLICATION_JSON)
public final class CompletionSignalResource {
    private static final String VERSION = "1.0";

    /** Room for an organization, a run and the longest path of a task, which is what our own are made of. */
    private static final int MAX_JOB = 2_000;

    private final RunGateway gateway;
    private final Bodies bodies;
    private final AnswerBodies answers;

    public CompletionSignalResource(RunGateway gateway, Bodies bodies, AnswerBodies answers) {
        this.gateway = gateway;
        this.bodies = bodies;
        this.answers = answers;
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    public Response signal(
            InputStream body,
            @QueryParam("organization") @Nullable String organization,
            @HeaderParam("Idempotency-Key") @Nullable String key,
            @Context HttpHeaders headers) {
        JsonNode signal = bodies.json(body, headers);
        if (!signal.isObject()) {
            throw ProblemException.invalid("", "Expected a signal to be an object, but it is not");
        }
        if (!VERSION.equals(signal.path("version").textValue())) {
            throw ProblemException.invalid("/version", "Expected version \"1.0\", but it is another or none");
        }
        RunId run = new RunId(Query.organization(organization), required(signal, "run_id"));
        String node = Query.task(required(signal, "node_id"));
        String job = Signatures.text(signal, "job_id", MAX_JOB);
        AskedTask task = gateway.asked(run, node);
        Answered answered = gateway.give(task, given(task, signal), Query.key(key), new Signature(job, null));
        ObjectNode told = Json.mapper()
                .createObjectNode()
                .put("run_id", run.id())
                .put("node_id", node)
                .put("status", signal.path("status").asText())
                .put("accepted", true)
                .put("kept", !answered.settled());
        if (job != null) {
            told.put("job_id", job);
        }
        return Response.accepted(Json.write(told)).build();
    }

    private Given given(AskedTask task, JsonNode signal) {
        long tokens = AnswerBodies.tokens(signal.path("metadata").path("tokens_used"), "/metadata/tokens_used");
        Usage usage = tokens == 0 ? null : new Usage(0, tokens, null);
        return switch (signal.path("status").asText()) {
            case "completed" -> {
                if (signal.has("result_ref") && signal.path("result_ref").isNull()) {
                    yield answers.completion(task, ((ObjectNode) signal.deepCopy()).without("result_ref"), usage);
                }
                yield answers.completion(task, signal, usage);
            }
            case "failed" ->
                answers.failure(
                        Json.mapper()
                                .createObjectNode()
                                .set(
                                        "error",
                                        signal.hasNonNull("error")
                                                ? signal.get("error")
                                                : Json.mapper().createObjectNode()),
                        usage);
            default ->
                throw ProblemException.invalid(
                        "/status", "Expected status to be completed or failed, but it is neither");
        };
    }

    private static String required(JsonNode signal, String field) {
        JsonNode value = signal.path(field);
        if (!value.isTextual()) {
            throw ProblemException.invalid("/" + field, "Expected '" + field + "' to be text, but it is not");
        }
        return value.textValue();
    }
}
