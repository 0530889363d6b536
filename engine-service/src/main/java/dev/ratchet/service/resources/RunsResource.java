package dev.ratchet.service.resources;

import dev.ratchet.service.gateway.Compiled;
import dev.ratchet.service.gateway.DocumentCompiler;
import dev.ratchet.service.gateway.RunGateway;
import dev.ratchet.service.gateway.RunId;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** New runs. */
@Path("api/v1/runs")
@Produces(MediaType.APPLICATION_JSON)
public final class RunsResource {
    private final RunGateway gateway;
    private final DocumentCompiler compiler;
    private final Answers answers;
    private final Bodies bodies;

    public RunsResource(RunGateway gateway, DocumentCompiler compiler, Answers answers, Bodies bodies) {
        this.gateway = gateway;
        this.compiler = compiler;
        this.answers = answers;
        this.bodies = bodies;
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    public Response submit(
            InputStream body,
            @HeaderParam("Idempotency-Key") @Nullable String key,
            @Context HttpHeaders headers,
            @Context UriInfo uri) {
        Compiled compiled = compiler.compile(bodies.json(body, headers));
        String organization = compiled.head().organization();
        return answers.created(
                gateway.submit(
                        compiled, organization == null ? RunId.DEFAULT_ORGANIZATION : organization, Query.key(key)),
                uri);
    }
}
