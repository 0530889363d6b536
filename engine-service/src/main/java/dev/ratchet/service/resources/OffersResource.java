package dev.ratchet.service.resources;

import dev.ratchet.plan.TaskType;
import dev.ratchet.service.api.TaskTypesBody;
import dev.ratchet.task.model.ModelListing;
import dev.ratchet.task.model.ModelRegistry;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** What this engine offers. */
@Path("api/v1")
@Produces(MediaType.APPLICATION_JSON)
public final class OffersResource {
    private final TaskType.Catalogue types;
    private final ModelRegistry models;

    public OffersResource(TaskType.Catalogue types, ModelRegistry models) {
        this.types = types;
        this.models = models;
    }

    @GET
    @Path("task-types")
    public TaskTypesBody taskTypes() {
        return TaskTypesBody.of(types);
    }

    @GET
    @Path("models")
    public ModelListing models() {
        return ModelListing.of(models);
    }
}
