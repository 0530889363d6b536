package dev.ratchet.service.resources;

import dev.ratchet.service.api.RunBodies;
import dev.ratchet.service.api.RunBody;
import dev.ratchet.service.gateway.RunGateway;
import dev.ratchet.service.gateway.RunId;
import dev.ratchet.service.gateway.RunReading;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriBuilder;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes responses of runs. Thread-safe. */
public final class Answers {
    private static final int NOT_MODIFIED = 304;

    private final RunGateway gateway;
    private final RunBodies bodies;

    public Answers(RunGateway gateway, RunBodies bodies) {
        this.gateway = gateway;
        this.bodies = bodies;
    }

    /** The run as a reader asked for it, or that it is still the one the reader has. */
    Response read(RunReading reading, RunBodies.Tasks tasks, Request request) {
        EntityTag tag = tag(reading);
        Response.@Nullable ResponseBuilder unchanged = tag == null ? null : request.evaluatePreconditions(tag);
        if (unchanged != null && unchanged.build().getStatus() == NOT_MODIFIED) {
            return unchanged.tag(tag).build();
        }
        return tagged(Response.ok(body(reading, tasks)), tag);
    }

    /** What a request to a run, or for one, came to. */
    Response accepted(RunReading reading) {
        return tagged(Response.accepted(body(reading, RunBodies.Tasks.ALL)), tag(reading));
    }

    /** The same, and where the run is from now on. */
    Response created(RunReading reading, UriInfo uri) {
        RunId run = reading.run();
        UriBuilder location = uri.getBaseUriBuilder().path("api/v1/runs").path(run.id());
        if (!run.organization().equals(RunId.DEFAULT_ORGANIZATION)) {
            location.queryParam("organization", run.organization());
        }
        return Response.fromResponse(accepted(reading))
                .header(HttpHeaders.LOCATION, location.build().toString())
                .build();
    }

    private RunBody body(RunReading reading, RunBodies.Tasks tasks) {
        return bodies.of(
                reading,
                tasks,
                gateway.hydration().ofOneAnswer(reading instanceof RunReading.Told told ? told.tasks() : List.of()));
    }

    private static Response tagged(Response.ResponseBuilder answer, @Nullable EntityTag tag) {
        answer.header(HttpHeaders.CACHE_CONTROL, "no-cache");
        return tag == null ? answer.build() : answer.tag(tag).build();
    }

    /**
     * A description by Temporal alone has none, nor has what is told without a stored value: two of them may differ without
     * a difference in the run.
     */
    private static @Nullable EntityTag tag(RunReading reading) {
        return reading instanceof RunReading.Told told && told.problems().isEmpty()
                ? new EntityTag(Long.toString(told.record().version()))
                : null;
    }
}
