package dev.ratchet.service.resources;

import dev.ratchet.service.api.ValidationBody;
import dev.ratchet.service.gateway.DocumentCompiler;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.io.InputStream;

/** What would be said of a document if it were submitted. Nothing runs. */
@Path("api/v1/validate")
@Produces(MediaType.APPLICATION_JSON)
public final class ValidateResource {
    private final DocumentCompiler compiler;
    private final Bodies bodies;

    public ValidateResource(DocumentCompiler compiler, Bodies bodies) {
        this.compiler = compiler;
        this.bodies = bodies;
    }

    /** Problems of a document are this call's answer, not its failure; only what is no JSON is refused. */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    public ValidationBody validate(InputStream body, @Context HttpHeaders headers) {
        return ValidationBody.of(compiler.inspect(bodies.json(body, headers)));
    }
}
