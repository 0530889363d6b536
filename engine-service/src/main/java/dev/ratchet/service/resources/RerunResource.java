package dev.ratchet.service.resources;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ratchet.document.Ids;
import dev.ratchet.service.gateway.DocumentCompiler;
import dev.ratchet.service.gateway.RerunOrder;
import dev.ratchet.service.gateway.RunGateway;
import dev.ratchet.service.gateway.RunId;
import dev.ratchet.service.problem.ProblemException;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.io.InputStream;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Runs that are carried out again, as new runs. */
@Path("api/v1/runs/{id}")
@Produces(MediaType.APPLICATION_JSON)
public final class RerunResource {
    private static final String ID = "id";
    private static final String INPUT = "input";
    private static final String FROM = "from";

    private final RunGateway gateway;
    private final DocumentCompiler compiler;
    private final Answers answers;
    private final Bodies bodies;

    public RerunResource(RunGateway gateway, DocumentCompiler compiler, Answers answers, Bodies bodies) {
        this.gateway = gateway;
        this.compiler = compiler;
        this.answers = answers;
        this.bodies = bodies;
    }

    @POST
    @Path("rerun")
    public Response rerun(@BeanParam RunCall call, InputStream body, @Context UriInfo uri) {
        return start(call, order(false, call, body), uri);
    }

    @POST
    @Path("retry")
    public Response retry(@BeanParam RunCall call, InputStream body, @Context UriInfo uri) {
        return start(call, order(true, call, body), uri);
    }

    private Response start(RunCall call, RerunOrder order, UriInfo uri) {
        RunId run = call.run();
        if (order.id() != null && !new RunId(run.organization(), order.id()).isPossible()) {
            throw ProblemException.invalid("/" + ID, "Expected an id of at most 128 characters, but it is none");
        }
        return answers.created(gateway.rerun(run, order, compiler), uri);
    }

    private RerunOrder order(boolean failed, RunCall call, InputStream body) {
        ObjectNode json =
                bodies.control(body, call.headers(), List.of(ID, INPUT, FROM, Signatures.BY, Signatures.REASON));
        if (json.has(ID) && !json.get(ID).isTextual()) {
            throw ProblemException.invalid("/" + ID, "Expected id to be a text, but it is not");
        }
        return new RerunOrder(
                failed,
                json.path(ID).textValue(),
                json.get(INPUT),
                from(json.get(FROM)),
                call.key(),
                Signatures.read(json));
    }

    private static Set<String> from(@Nullable JsonNode json) {
        Set<String> ids = new TreeSet<>();
        if (json != null && !json.isArray()) {
            throw ProblemException.invalid("/" + FROM, "Expected from to be an array of ids, but it is not");
        }
        for (int i = 0; json != null && i < json.size(); i++) {
            if (!json.get(i).isTextual() || json.get(i).textValue().length() > Ids.MAX) {
                throw ProblemException.invalid("/" + FROM + "/" + i, "Expected the id of a task, but it is none");
            }
            ids.add(json.get(i).textValue());
        }
        return ids;
    }
}
