package dev.ratchet.service.resources;

import dev.ratchet.run.TaskRecord;
import dev.ratchet.run.Value;
import dev.ratchet.service.api.AttemptsBody;
import dev.ratchet.service.api.OneTaskBody;
import dev.ratchet.service.gateway.RunGateway;
import dev.ratchet.service.gateway.RunId;
import dev.ratchet.service.gateway.RunReading;
import dev.ratchet.service.problem.ProblemCode;
import dev.ratchet.service.problem.ProblemException;
import dev.ratchet.task.blob.BlobStore;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One task of a run. */
@Path("api/v1/runs/{id}/tasks/{task}")
public final class TaskResource {
    private final RunGateway gateway;
    private final BlobStore blobs;

    public TaskResource(RunGateway gateway, BlobStore blobs) {
        this.gateway = gateway;
        this.blobs = blobs;
    }

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    public OneTaskBody get(
            @PathParam("id") String id,
            @PathParam("task") String task,
            @QueryParam("organization") @Nullable String organization) {
        Found found = find(id, task, organization);
        return OneTaskBody.of(
                found.run(),
                task,
                found.record().orElse(null),
                gateway.hydration().ofOneAnswer());
    }

    @GET
    @Path("attempts")
    @Produces(MediaType.APPLICATION_JSON)
    public AttemptsBody attempts(
            @PathParam("id") String id,
            @PathParam("task") String task,
            @QueryParam("organization") @Nullable String organization) {
        return find(id, task, organization)
                .record()
                .map(AttemptsBody::of)
                .orElse(new AttemptsBody(java.util.List.of()));
    }

    /** The whole output as it is stored, under its own media type. */
    @GET
    @Path("output")
    public Response output(
            @PathParam("id") String id,
            @PathParam("task") String task,
            @QueryParam("organization") @Nullable String organization) {
        Found found = find(id, task, organization);
        Value output = found.record().map(TaskRecord::output).orElse(null);
        if (output == null) {
            throw ProblemException.of(
                    ProblemCode.TASK_NOT_FOUND, "Expected task " + found.key() + " to have an output, but it has none");
        }
        return Blobs.stream(blobs, output);
    }

    private Found find(String id, String task, @Nullable String organization) {
        RunId run = new RunId(Query.organization(organization), id);
        RunReading.Told told = gateway.task(run, task).told();
        Optional<TaskRecord> record = told.tasks().stream()
                .filter(known -> known.key().toString().equals(task))
                .findFirst();
        if (record.isEmpty() && told.withAllTasks().knownPlan().root().indexOf(task) < 0) {
            throw ProblemException.of(
                    ProblemCode.TASK_NOT_FOUND, "Expected run " + id + " to have that task, but it has not");
        }
        return new Found(told, task, record);
    }

    /** A task of the run; without a record while it is pending. */
    private record Found(RunReading.Told run, String key, Optional<TaskRecord> record) {}
}
