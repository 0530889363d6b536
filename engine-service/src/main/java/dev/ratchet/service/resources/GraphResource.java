package dev.ratchet.service.resources;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ratchet.document.Json;
import dev.ratchet.plan.Graphs;
import dev.ratchet.plan.Plan;
import dev.ratchet.service.gateway.ReadWish;
import dev.ratchet.service.gateway.RunGateway;
import dev.ratchet.service.gateway.RunId;
import dev.ratchet.service.gateway.RunReading;
import dev.ratchet.service.problem.ProblemException;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A run as a picture: its plan with the states of its tasks. */
@Path("api/v1/runs/{id}/graph")
public final class GraphResource {
    private static final String UTF_8 = ";charset=utf-8";

    private final RunGateway gateway;

    public GraphResource(RunGateway gateway) {
        this.gateway = gateway;
    }

    @GET
    public Response get(
            @PathParam("id") String id,
            @QueryParam("organization") @Nullable String organization,
            @QueryParam("format") @Nullable String format) {
        RunReading.Told run = gateway.get(new RunId(Query.organization(organization), id), ReadWish.NOW)
                .told();
        Map<String, String> known = run.tasks().stream()
                .collect(Collectors.toMap(
                        task -> task.key().toString(), task -> task.state().wire(), (a, b) -> b));
        String untouched = run.knowsAllTasks() ? "pending" : null;
        return picture(run.knownPlan(), task -> known.getOrDefault(task, untouched), format == null ? "json" : format);
    }

    private static Response picture(Plan plan, Function<String, @Nullable String> states, String format) {
        return switch (format) {
            case "json" -> json(Graphs.json(plan, states));
            case "mermaid" ->
                Response.ok(Graphs.mermaid(plan, states), MediaType.TEXT_PLAIN + UTF_8)
                        .build();
            case "dot" ->
                Response.ok(Graphs.dot(plan, states), "text/vnd.graphviz" + UTF_8)
                        .build();
            default ->
                throw ProblemException.invalid(
                        "", "Expected format to be json, mermaid or dot, but it is none of these");
        };
    }

    private static Response json(JsonNode graph) {
        return Response.ok(Json.write(graph), MediaType.APPLICATION_JSON).build();
    }
}
