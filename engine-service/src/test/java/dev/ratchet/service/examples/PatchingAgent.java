package dev.ratchet.service.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ratchet.document.Json;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/** An agent outside of the engine: takes an assignment, adds tasks to the run that it came from, and completes it. */
final class PatchingAgent {
    private static final String PATCH = """
            {"by": {"task": "research"}, "description": "prices matter", "operations": [
              {"op": "add", "path": "/tasks/-", "value":
                {"id": "price", "type": "transform", "expression": "30", "deps": ["research"]}},
              {"op": "add", "path": "/tasks/-", "value":
                {"id": "advice", "type": "transform", "deps": ["report", "price"],
                 "expression": "tasks.report.output + ', from ' + string(tasks.price.output) + ' USD'"}}]}""";

    private PatchingAgent() {}

    static void workOnce(HttpClient http, String api) throws Exception {
        HttpResponse<String> next = http.send(
                HttpRequest.newBuilder(URI.create(api + "/agents/research/next?wait_ms=30000"))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(next.statusCode()).as(next.body()).isEqualTo(200);
        JsonNode job = Json.mapper().readTree(next.body());
        assertThat(job.path("input").path("question").asText()).isEqualTo("Which pump should we buy?");
        String run = api + "/runs/" + job.path("run_id").asText();
        HttpResponse<String> patched = post(http, run + "/patch", PATCH);
        assertThat(patched.statusCode()).as(patched.body()).isEqualTo(200);
        assertThat(Json.mapper().readTree(patched.body()).path("revision").asInt())
                .isEqualTo(2);
        HttpResponse<String> done = post(
                http,
                run + "/tasks/" + job.path("node_id").asText() + "/complete",
                "{\"output\": {\"found\": \"two pumps\"}}");
        assertThat(done.statusCode()).as(done.body()).isEqualTo(200);
    }

    private static HttpResponse<String> post(HttpClient http, String url, String body) throws Exception {
        return http.send(
                HttpRequest.newBuilder(URI.create(url))
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }
}
