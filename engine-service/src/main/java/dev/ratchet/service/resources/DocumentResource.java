package dev.ratchet.service.resources;

import dev.ratchet.service.gateway.RunGateway;
import dev.ratchet.service.gateway.RunId;
import dev.ratchet.task.blob.BlobStore;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.jspecify.annotations.Nullable;

/** The document of a run as it stands, or stood. */
@Path("api/v1/runs/{id}/document")
@Produces(MediaType.APPLICATION_JSON)
public final class DocumentResource {
    private final RunGateway gateway;
    private final BlobStore blobs;

    public DocumentResource(RunGateway gateway, BlobStore blobs) {
        this.gateway = gateway;
        this.blobs = blobs;
    }

    @GET
    public Response get(
            @PathParam("id") String id,
            @QueryParam("organization") @Nullable String organization,
            @QueryParam("revision") @Nullable String revision) {
        return Blobs.stream(
                blobs, gateway.document(new RunId(Query.organization(organization), id), Query.revision(revision)));
    }
}
