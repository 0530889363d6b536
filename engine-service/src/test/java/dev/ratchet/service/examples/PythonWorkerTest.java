package dev.ratchet.service.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ratchet.document.Json;
import dev.ratchet.service.server.EngineForTests;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The example worker in Python carries out tasks of a run. Only where Python is, and its package can be had. */
class PythonWorkerTest {
    private static final Path EXAMPLES = Path.of("../examples").toAbsolutePath();
    private static final Path PYTHON = Path.of("target/python").toAbsolutePath();
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static Process worker;

    @BeforeAll
    static void startWorker() throws IOException, InterruptedException {
        assumeTrue(isInstalled(), "needs python3 and the package temporalio");
        ProcessBuilder builder = new ProcessBuilder(
                PYTHON.resolve("bin/python").toString(),
                EXAMPLES.resolve("python-worker/worker.py").toString());
        builder.environment()
                .put(
                        "TEMPORAL_ADDRESS",
                        EngineForTests.shared().temporal().orElseThrow().address());
        builder.environment().put("TASK_QUEUE", "python-for-tests");
        worker = builder.redirectErrorStream(true)
                .redirectOutput(Path.of("target/python-worker.log").toFile())
                .start();
    }

    @AfterAll
    static void stopWorker() {
        if (worker != null) {
            worker.destroy();
        }
    }

    private static boolean isInstalled() throws InterruptedException {
        Path done = PYTHON.resolve("installed");
        try {
            if (!Files.exists(done)
                    && succeeds(List.of("python3", "-m", "venv", PYTHON.toString()))
                    && succeeds(List.of(
                            PYTHON.resolve("bin/pip").toString(),
                            "install",
                            "--quiet",
                            "-r",
                            EXAMPLES.resolve("python-worker/requirements.txt").toString()))) {
                Files.createFile(done);
            }
        } catch (IOException none) {
            return false;
        }
        return Files.exists(done);
    }

    private static boolean succeeds(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        if (!process.waitFor(3, TimeUnit.MINUTES)) {
            process.destroyForcibly();
            return false;
        }
        return process.exitValue() == 0;
    }

    @Test
    void shouldCarryOutATaskInPython() throws Exception {
        JsonNode run = run("to be or not to be");

        assertThat(run.path("state").asText()).as(run.toPrettyString()).isEqualTo("completed");
        assertThat(run.path("tasks").path("count").path("output"))
                .isEqualTo(Json.mapper().readTree("{\"words\": 6, \"distinct\": 4, \"longest\": \"not\"}"));
        assertThat(run.path("output").asText()).isEqualTo("4 of 6 words are distinct");
    }

    @Test
    void shouldSayWhatPythonRaised() throws Exception {
        JsonNode run = run(null);

        JsonNode error = run.path("tasks").path("count").path("error");
        assertThat(error.path("code").asText()).isEqualTo("execution_failed");
        assertThat(error.path("message").asText()).endsWith("no_text: Expected a text, but there is none");
    }

    private static JsonNode run(String text) throws Exception {
        ObjectNode document =
                (ObjectNode) Json.mapper().readTree(Files.readString(EXAMPLES.resolve("python-activity.json")));
        ObjectNode count = (ObjectNode) document.path("tasks").get(0);
        count.put("task_queue", "python-for-tests");
        if (text == null) {
            count.putObject("input");
        }
        String url = EngineForTests.shared().url().orElseThrow() + "/api/v1/runs";
        HttpResponse<String> accepted = HTTP.send(
                HttpRequest.newBuilder(URI.create(url))
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(document.toString()))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        String id = Json.mapper().readTree(accepted.body()).path("id").asText();
        HttpRequest end = HttpRequest.newBuilder(URI.create(url + "/" + id + "?wait_ms=60000&until=terminal"))
                .build();
        return Json.mapper()
                .readTree(HTTP.send(end, HttpResponse.BodyHandlers.ofString()).body());
    }
}
