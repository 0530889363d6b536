package dev.ratchet.service.resources;

import dev.ratchet.document.Json;
import dev.ratchet.run.Value;
import dev.ratchet.service.gateway.Artifacts;
import dev.ratchet.service.problem.ProblemCode;
import dev.ratchet.service.problem.ProblemException;
import dev.ratchet.task.blob.BlobStore;
import jakarta.ws.rs.GET;
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
import org.jspecify.annotations.Nullable;

/** Values that are too large for a body of JSON, or no JSON at all. */
@Path("api/v1/artifacts")
public final class ArtifactResource {
    private final Artifacts artifacts;

    public ArtifactResource(Artifacts artifacts) {
        this.artifacts = artifacts;
    }

    @POST
    @Produces(MediaType.APPLICATION_JSON)
    public Response store(
            InputStream body, @QueryParam("organization") @Nullable String organization, @Context HttpHeaders headers) {
        if (headers.getLength() > BlobStore.MAX_BYTES) {
            throw ProblemException.of(
                    ProblemCode.TOO_LARGE,
                    "Expected an artifact of at most " + BlobStore.MAX_BYTES + " bytes, but it has more");
        }
        MediaType type = headers.getMediaType();
        String mime = type == null ? MediaType.APPLICATION_OCTET_STREAM : type.toString();
        Value.Stored stored = artifacts.store(Query.organization(organization), body, mime);
        return Response.status(Response.Status.CREATED)
                .entity(Json.write(Artifacts.described(stored)))
                .build();
    }

    @GET
    @Path("{ref}")
    public Response read(@PathParam("ref") String ref, @QueryParam("organization") @Nullable String organization) {
        return Blobs.stream(artifacts.open(Query.organization(organization), ref));
    }
}
