package dev.ratchet.service.resources;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ratchet.plan.Compilation;
import dev.ratchet.service.api.ValidationBody;
import dev.ratchet.service.gateway.DocumentCompiler;
import dev.ratchet.service.gateway.RunGateway;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.io.InputStream;
import java.util.List;

/** What would be said of a document if it were submitted. Nothing runs. */
@Path("api/v1/validate")
@Produces(MediaType.APPLICATION_JSON)
public final class ValidateResource {
    private final RunGateway gateway;
    private final DocumentCompiler compiler;
    private final Bodies bodies;

    public ValidateResource(RunGateway gateway, DocumentCompiler compiler, Bodies bodies) {
        this.gateway = gateway;
        this.compiler = compiler;
        this.bodies = bodies;
    }

    /** Problems of a document are this call's answer, not its failure; only what is no JSON is refused. */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    public ValidationBody validate(InputStream body, @Context HttpHeaders headers) {
        JsonNode document = bodies.json(body, headers);
        Compilation compilation = compiler.inspect(document);
        return ValidationBody.of(compilation, compilation.isSound() ? gateway.queueWarnings(document) : List.of());
    }
}
