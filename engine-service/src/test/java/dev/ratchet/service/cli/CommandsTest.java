package dev.ratchet.service.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ratchet.document.Json;
import dev.ratchet.service.server.EngineForTests;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Commands against a running engine: what they print, and their exit statuses. */
class CommandsTest {
    private static String url;

    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeAll
    static void start() {
        url = EngineForTests.shared().url().orElseThrow();
    }

    @Test
    void shouldRunADocumentAndSayHowItWent() {
        assertThat(run("run", "../examples/first.json", "--url", url)).isEqualTo(ExitStatus.COMPLETED);
        assertThat(out.toString())
                .contains("analyze  completed", "design  completed", "implement  completed")
                .containsPattern("(?m)^total +completed +\\d+ +0\\.\\d+ USD")
                .contains(" is completed");
    }

    @Test
    void shouldPrintTheRunAsJson() throws Exception {
        assertThat(run("run", "../examples/first.json", "--url", url, "-o", "json"))
                .isEqualTo(ExitStatus.COMPLETED);
        JsonNode run = Json.mapper().readTree(out.toString());
        assertThat(run.path("state").asText()).isEqualTo("completed");
        assertThat(run.path("tasks")).hasSize(3);
    }

    @Test
    void shouldPutValuesIntoTheInput() throws Exception {
        Path file = file(
                "{\"input\": {\"a\": 1, \"b\": 2}, \"tasks\": [{\"id\": \"t\", \"type\": \"transform\", \"expression\": \"input\"}]}");
        assertThat(run(
                        "run",
                        file.toString(),
                        "--url",
                        url,
                        "-o",
                        "json",
                        "--input",
                        "b=three",
                        "--input",
                        "c={\"d\": 4}"))
                .isEqualTo(ExitStatus.COMPLETED);
        assertThat(Json.mapper().readTree(out.toString()).path("output"))
                .isEqualTo(Json.mapper().readTree("{\"a\": 1, \"b\": \"three\", \"c\": {\"d\": 4}}"));
    }

    @Test
    void shouldFailWhereTheRunFails() throws Exception {
        Path file = file("{\"tasks\": [{\"id\": \"t\", \"type\": \"function\", \"function\": \"fail\","
                + "\"input\": {\"code\": \"execution_failed\", \"message\": \"as told\"}}]}");
        assertThat(run("run", file.toString(), "--url", url)).isEqualTo(ExitStatus.FAILED);
        assertThat(out.toString()).contains("t  failed", "execution_failed", "is failed");
    }

    @Test
    void shouldPauseResumeAndSkip() throws Exception {
        Path file = file("{\"tasks\": [{\"id\": \"t\", \"type\": \"wait\", \"duration_ms\": 600000}]}");
        assertThat(run("submit", file.toString(), "--url", url)).isEqualTo(ExitStatus.COMPLETED);
        String id = out.toString().strip();
        assertThat(run("pause", id, "--url", url, "--by", "ann", "--reason", "lunch"))
                .isEqualTo(ExitStatus.COMPLETED);
        assertThat(out.toString()).contains("run " + id + " is paused");
        assertThat(run("resume", id, "--url", url)).isEqualTo(ExitStatus.COMPLETED);
        assertThat(out.toString()).contains("run " + id + " is running");
        assertThat(run("retry", id, "t", "--url", url)).isEqualTo(ExitStatus.REFUSED);
        assertThat(err.toString()).contains("task_not_waiting");
        assertThat(run("skip", id, "t", "--url", url)).isEqualTo(ExitStatus.COMPLETED);
        assertThat(run("watch", id, "--url", url)).isEqualTo(ExitStatus.COMPLETED);
        assertThat(run("audit", id, "--url", url)).isEqualTo(ExitStatus.COMPLETED);
        assertThat(out.toString())
                .contains(
                        "  pause by ann: lunch\n",
                        "  resume\n",
                        "  retry t (refused: task_not_waiting)\n",
                        "  skip t\n");
        assertThat(run("audit", id, "--url", url, "-o", "json")).isEqualTo(ExitStatus.COMPLETED);
        assertThat(out.toString()).contains("\"reason\" : \"lunch\"");
        assertThat(run("pause", id, "--url", url, "--curl")).isEqualTo(ExitStatus.COMPLETED);
        assertThat(out.toString()).contains("curl -sS -X POST '" + url + "/api/v1/runs/" + id + "/pause'");
    }

    @Test
    void shouldCarryOutAgain() throws Exception {
        Path file = file("{\"tasks\": [{\"id\": \"t\", \"type\": \"function\", \"function\": \"noop\"}, {\"id\": \"u\","
                + " \"type\": \"function\", \"function\": \"fail\", \"deps\": [\"t\"]}]}");
        assertThat(run("submit", file.toString(), "--url", url)).isEqualTo(ExitStatus.COMPLETED);
        String id = out.toString().strip();
        assertThat(run("watch", id, "--url", url)).isEqualTo(ExitStatus.FAILED);
        assertThat(run("retry", id, "--url", url, "--id", id + "-2", "--by", "ann"))
                .isEqualTo(ExitStatus.COMPLETED);
        assertThat(out.toString()).contains("run " + id + "-2 is " + id + " again");
        assertThat(run("watch", id + "-2", "--url", url)).isEqualTo(ExitStatus.FAILED);
        assertThat(run("audit", id + "-2", "--url", url)).isEqualTo(ExitStatus.COMPLETED);
        assertThat(out.toString()).contains("  rerun by ann\n");
        assertThat(run("rerun", id, "--url", url, "--from", "t,u", "-o", "json"))
                .isEqualTo(ExitStatus.COMPLETED);
        assertThat(out.toString()).contains("\"rerun_of\" : \"" + id + "\"");
        assertThat(run("retry", id, "t", "--url", url, "--id", "x")).isEqualTo(ExitStatus.REFUSED);
    }

    @Test
    void shouldPatchARun() throws Exception {
        Path file = file("{\"tasks\": [{\"id\": \"t\", \"type\": \"wait\", \"duration_ms\": 600000}]}");
        assertThat(run("submit", file.toString(), "--url", url)).isEqualTo(ExitStatus.COMPLETED);
        String id = out.toString().strip();
        Path patch = folder.resolve("patch.json");
        Files.writeString(
                patch,
                "[{\"op\": \"add\", \"path\": \"/tasks/-\", \"value\":"
                        + " {\"id\": \"u\", \"type\": \"function\", \"function\": \"noop\", \"deps\": [\"t\"]}}]");
        assertThat(run("patch", id, patch.toString(), "--url", url, "--dry-run"))
                .isEqualTo(ExitStatus.COMPLETED);
        assertThat(run("patch", id, patch.toString(), "--url", url, "--revision", "1"))
                .isEqualTo(ExitStatus.COMPLETED);
        assertThat(out.toString()).contains("would be revision 2: added u", "\nrevision 2: added u");
        assertThat(run("patch", id, patch.toString(), "--url", url, "--revision", "1"))
                .isEqualTo(ExitStatus.REFUSED);
        assertThat(err.toString()).contains("revision_conflict");
        assertThat(run("abort", id, "--url", url)).isEqualTo(ExitStatus.COMPLETED);
    }

    @Test
    void shouldAbortAndSayThatItWasAborted() throws Exception {
        Path file = file(
                "{\"tasks\": [{\"id\": \"t\", \"type\": \"function\", \"function\": \"sleep\", \"input\": {\"ms\": 60000}}]}");
        assertThat(run("submit", file.toString(), "--url", url)).isEqualTo(ExitStatus.COMPLETED);
        String id = out.toString().strip();
        assertThat(run("abort", id, "--url", url)).isEqualTo(ExitStatus.COMPLETED);
        assertThat(run("watch", id, "--url", url)).isEqualTo(ExitStatus.ABORTED);
        assertThat(run("abort", id, "--url", url)).isEqualTo(ExitStatus.REFUSED);
        assertThat(err.toString()).contains("run_aborted");
        assertThat(run("get", id, "--url", url, "-o", "json")).isEqualTo(ExitStatus.COMPLETED);
        assertThat(out.toString()).contains("\"state\" : \"aborted\"");
    }

    @Test
    void shouldApproveAndComplete() throws Exception {
        Path file = file(
                "{\"tasks\": [{\"id\": \"ask\", \"type\": \"approval\", \"question\": \"Go?\", \"choices\": [\"a\", \"b\"]},"
                        + "{\"id\": \"job\", \"type\": \"agent\"}]}");
        assertThat(run("submit", file.toString(), "--url", url)).isEqualTo(ExitStatus.COMPLETED);
        String id = out.toString().strip();

        assertThat(run("approve", id, "ask", "--choice", "c", "--url", url)).isEqualTo(ExitStatus.REFUSED);
        assertThat(err.toString()).contains("/choice");
        assertThat(run("approve", id, "ask", "--choice", "b", "--by", "ann", "--comment", "fine", "--url", url))
                .isEqualTo(ExitStatus.COMPLETED);
        assertThat(run("complete", id, "job", "--output", "{]", "--url", url)).isEqualTo(ExitStatus.REFUSED);
        assertThat(run("complete", id, "job", "--output", "[1, 2]", "--url", url))
                .isEqualTo(ExitStatus.COMPLETED);
        assertThat(run("watch", id, "--url", url)).isEqualTo(ExitStatus.COMPLETED);
        assertThat(run("get", id, "--url", url, "-o", "json")).isEqualTo(ExitStatus.COMPLETED);
        assertThat(out.toString()).contains("\"choice\" : \"b\"", "\"by\" : \"ann\"", "[ 1, 2 ]");
    }

    @Test
    void shouldNameEachProblemOfARefusedDocument() throws Exception {
        Path file = file(
                "{\"tasks\": [{\"id\": \"a\", \"prompt\": \"x\", \"deps\": [\"b\"]}, {\"id\": \"c\", \"prompt\": \"x\", \"deps\": [\"c\"]}]}");
        assertThat(run("run", file.toString(), "--url", url)).isEqualTo(ExitStatus.REFUSED);
        assertThat(err.toString()).contains("/tasks/0/deps/0", "dep_not_found", "/tasks/1/deps/0", "dag_cycle");
        assertThat(run("validate", file.toString())).isEqualTo(ExitStatus.REFUSED);
        assertThat(out.toString()).contains("/tasks/0/deps/0  dep_not_found", "has 2 problem(s)");
    }

    @Test
    void shouldCheckAndDrawDocumentsWithoutAnEngine() {
        assertThat(run("validate", "../examples/first.json")).isEqualTo(ExitStatus.COMPLETED);
        assertThat(out.toString()).contains("is sound");
        assertThat(run("graph", "../examples/first.json")).isEqualTo(ExitStatus.COMPLETED);
        assertThat(out.toString()).contains("flowchart TD", "analyze");
        assertThat(run("graph", "../examples/first.json", "--format", "dot")).isEqualTo(ExitStatus.COMPLETED);
        assertThat(out.toString()).contains("digraph");
    }

    @ParameterizedTest
    @ValueSource(strings = {"run", "submit"})
    void shouldSayThatNobodyAnswers(String command) {
        assertThat(run(command, "../examples/first.json", "--url", "http://127.0.0.1:1"))
                .isEqualTo(ExitStatus.UNREACHABLE);
        assertThat(err.toString()).contains("Expected an engine at http://127.0.0.1:1, but none answers");
    }

    @Test
    void shouldRefuseFilesThatAreNotThereOrNoJson() throws Exception {
        assertThat(run("run", folder.resolve("absent.json").toString(), "--url", url))
                .isEqualTo(ExitStatus.REFUSED);
        assertThat(run("validate", file("{").toString())).isEqualTo(ExitStatus.REFUSED);
        assertThat(err.toString()).doesNotContain("\tat ");
    }

    @Test
    void shouldPrintTheEquivalentCall() {
        assertThat(run("get", "my run", "--curl", "--url", "http://host:1")).isEqualTo(ExitStatus.COMPLETED);
        assertThat(run("abort", "a'b", "--curl", "--url", "http://host:1", "--organization", "acme"))
                .isEqualTo(ExitStatus.COMPLETED);
        assertThat(run("submit", "doc.json", "--curl", "--url", "http://host:1"))
                .isEqualTo(ExitStatus.COMPLETED);
        assertThat(run("approve", "r", "t", "--reject", "--curl", "--url", "http://host:1"))
                .isEqualTo(ExitStatus.COMPLETED);
        assertThat(run("complete", "r", "a[1].t", "--curl", "--url", "http://host:1"))
                .isEqualTo(ExitStatus.COMPLETED);
        assertThat(out.toString().lines())
                .contains(
                        "curl -sS -X POST 'http://host:1/api/v1/runs/r/tasks/t/decision' -H 'Content-Type: application/json' --data-binary '{\"approved\":false}'",
                        "curl -sS -X POST 'http://host:1/api/v1/runs/r/tasks/a%5B1%5D.t/complete'")
                .contains(
                        "curl -sS 'http://host:1/api/v1/runs/my%20run'",
                        "curl -sS -X POST 'http://host:1/api/v1/runs/a%27b/abort?organization=acme'",
                        "curl -sS -X POST 'http://host:1/api/v1/runs' -H 'Content-Type: application/json' --data-binary '@doc.json'");
    }

    @Test
    void shouldAskForTheAddressOfTemporalWhereItIsNeeded() {
        assertThat(run("server", "--config", "../examples/no-such.yaml")).isEqualTo(ExitStatus.REFUSED);
        assertThat(run("server")).isEqualTo(ExitStatus.REFUSED);
        assertThat(run("worker")).isEqualTo(ExitStatus.REFUSED);
        assertThat(err.toString()).contains("TEMPORAL_ADDRESS");
    }

    private Path file(String document) throws Exception {
        return Files.writeString(folder.resolve("document.json"), document);
    }

    private int run(String... arguments) {
        return Main.commandLine()
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(arguments);
    }
}
