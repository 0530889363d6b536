package dev.ratchet.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ratchet.acceptance.StoredFiles.Damaged;
import dev.ratchet.acceptance.StoredFiles.Fault;
import dev.ratchet.document.Json;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Runs are told without what cannot be read: never an answer of 500, and what is damaged has a name. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DamagedStorageTest {
    private static final Path BLOBS = folder();
    private static final StoredFiles FILES = new StoredFiles(BLOBS);
    private static final String BY_HAND = ", {id: 'ask', type: 'approval', question: 'Go on?'}";

    @RegisterExtension
    static final EngineOfClass ENGINE = new EngineOfClass().with("RATCHET_BLOBS", BLOBS.toString());

    private final Map<Fault, RunHandle> planless = new EnumMap<>(Fault.class);
    private final Map<Fault, Damaged> plans = new EnumMap<>(Fault.class);
    private RunHandle pageless;
    private RunHandle outputless;
    private RunHandle patched;
    private RunHandle stuck;
    private Damaged page;
    private Damaged output;
    private Damaged operations;
    private Damaged document;
    private Damaged stuckPlan;

    /** An engine that is closed has forgotten all that it had read. */
    @BeforeAll
    void givenRunsWhoseValuesAreDamagedWhileTheEngineIsClosed() {
        for (Fault fault : Fault.values()) {
            planless.put(fault, submit(wide(30, "plan" + fault, 5_000)));
        }
        pageless = submit(wide(1_100, "page", 1));
        outputless = submit(Doc.tasks("", echo("big", "output".repeat(10_000)), echo("small", "here")));
        patched = submit("{policy: {}, tasks: [" + echo("first", "patched".repeat(3_000)) + BY_HAND + "]}");
        patched.when(run -> run.task("ask").path("state").asText().equals("waiting"));
        addTask(patched, "operations".repeat(100));
        stuck = submit("{policy: {}, tasks: [" + echo("first", "stuck") + BY_HAND + "]}");
        stuck.when(run -> run.task("ask").path("state").asText().equals("waiting"));
        addTask(stuck, "stuckplan");
        planless.values().forEach(RunHandle::ended);
        pageless.ended();
        outputless.ended();
        ENGINE.close();
        for (Fault fault : Fault.values()) {
            plans.put(fault, FILES.strike(fault, "plan" + fault, DamagedStorageTest::isPlan));
        }
        page = FILES.strike(Fault.FLIPPED, "t0001", JsonNode::isArray);
        output = FILES.strike(Fault.FLIPPED, "outputoutput", json -> json.isTextual() || json.has("text"));
        operations = FILES.strike(Fault.FLIPPED, "operationsoperations", JsonNode::isArray);
        document = FILES.strike(
                Fault.FLIPPED,
                "operationsoperations",
                json -> json.path("tasks").isArray());
        stuckPlan = FILES.strike(Fault.FLIPPED, "stuckplan", DamagedStorageTest::isPlan);
        ENGINE.open();
    }

    @AfterAll
    void forgetAll() throws IOException {
        try (Stream<Path> files = Files.walk(BLOBS)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldTellOfAnEndedRunWithoutItsPlan(Fault fault) {
        String run = "/runs/" + planless.get(fault).id();
        JsonNode told = api().get(run);

        assertThat(told.path("state").asText()).isEqualTo("completed");
        assertThat(told.path("tasks")).hasSize(30);
        assertDegraded(told, "plan", plans.get(fault).ref());
        assertThat(api().look(run).headers().firstValue("ETag")).isEmpty();
        JsonNode task = api().get(run + "/tasks/t0007");
        assertThat(task.path("state").asText()).isEqualTo("completed");
        assertDegraded(task, "plan", plans.get(fault).ref());
        assertThat(api().get(run + "/tasks/t0007/attempts").path("attempts")).hasSize(1);
        api().get(run + "/tasks/t0007/output");
        api().get(run + "/audit");
        api().get(run + "/revisions");
        assertThat(api().get(run + "/document").path("tasks")).hasSize(30);
        assertRefused(api().look(run + "/tasks/unknown"));
        assertRefused(api().look(run + "/graph"));
        api().post(run + "/abort", "", 409);
        if (fault != Fault.CLOSED) {
            // the same plan is stored again, and so mended
            api().post(run + "/rerun", "{}", 202);
            assertThat(api().get(run).path("degraded").asBoolean()).isFalse();
        }
    }

    /** What is on a lost page is neither pending nor to be done again. */
    @Test
    void shouldNotTakeTasksOfALostPageForPending() {
        String run = "/runs/" + pageless.id();
        JsonNode told = api().get(run);

        assertDegraded(told, "tasks", page.ref());
        assertThat(told.path("tasks").size()).isBetween(1, 1_099);
        assertThat(told.path("tasks"))
                .noneMatch(task -> task.path("state").asText().equals("pending"));
        assertRefused(api().look(run + "/tasks/t0001"));
        assertRefused(api().look(run + "/tasks/t0001/output"));
        assertThat(api().get(run + "/graph").path("nodes")).hasSize(1_100);
        assertThat(api().get(run + "/graph").toString()).doesNotContain("pending");
        assertThat(api().post(run + "/retry", "{}", 409).path("code").asText()).isEqualTo("storage_damaged");
        api().post(run + "/rerun", "{}", 202);
    }

    @Test
    void shouldRefuseALostOutputAloneAndTellTheRest() {
        String run = "/runs/" + outputless.id();

        assertThat(api().get(run).path("state").asText()).isEqualTo("completed");
        assertThat(api().get(run + "/tasks/big").path("output_ref").path("ref").asText())
                .isEqualTo(output.ref());
        JsonNode refusal = assertRefused(api().look(run + "/tasks/big/output"));
        assertThat(refusal.path("message").asText()).contains(output.ref());
        api().get(run + "/tasks/small/output");
    }

    @Test
    void shouldTellRevisionsWithoutLostOperations() {
        String run = "/runs/" + patched.id();
        JsonNode revisions = api().get(run + "/revisions");

        assertThat(revisions.path("items")).hasSize(2);
        assertDegraded(revisions, "operations", operations.ref());
        assertRefused(api().look(run + "/document"));
        api().get(run + "/document?revision=1");
        assertThat(api().post(run + "/tasks", "{\"tasks\": [" + Doc.of(echo("x", "x")) + "]}", 409)
                        .path("code")
                        .asText())
                .isEqualTo("storage_damaged");
        api().post(run + "/tasks/ask/decision", "{\"approved\": true}", 200);
        assertThat(new RunHandle(api(), patched.id()).ended().state()).isEqualTo("completed");
    }

    /** The worker cannot take the run up; it says so, and goes on as soon as the plan is back. */
    @Test
    void shouldNameTheBlobThatKeepsALivingRunFromGoingOn() {
        String run = "/runs/" + stuck.id();
        JsonNode told = api().get(run);
        for (int tries = 0; tries < 10 && told.path("problems").isEmpty(); tries++) {
            told = api().get(run);
        }

        assertDegraded(told, "value", stuckPlan.ref());
        assertThat(told.path("state").asText()).isEqualTo("running");
        assertRefused(api().look(run + "/tasks/ask"));
        assertRefused(api().look(run + "/audit"));
        stuckPlan.mend();
        RunHandle again = new RunHandle(api(), stuck.id());
        again.when(answer -> !answer.isDegraded());
        api().post(run + "/tasks/ask/decision", "{\"approved\": true}", 200);
        assertThat(again.ended().state()).isEqualTo("completed");
    }

    private static void assertDegraded(JsonNode answer, String kind, String ref) {
        assertThat(answer.path("degraded").asBoolean()).as(answer.toString()).isTrue();
        assertThat(answer.path("problems")).singleElement().satisfies(problem -> {
            assertThat(problem.path("code").asText()).isEqualTo("storage_damaged");
            assertThat(problem.path("kind").asText()).isEqualTo(kind);
            assertThat(problem.path("ref").asText()).isEqualTo(ref);
            assertThat(problem.path("message").asText()).startsWith("Expected ").contains(ref);
        });
    }

    private static JsonNode assertRefused(HttpResponse<byte[]> answer) {
        JsonNode problem = Json.read(new String(answer.body(), StandardCharsets.UTF_8), JsonNode.class);
        assertThat(answer.statusCode()).as(problem.toString()).isEqualTo(409);
        assertThat(problem.path("code").asText()).isEqualTo("storage_damaged");
        return problem;
    }

    private static boolean isPlan(JsonNode json) {
        return json.path("root").isArray();
    }

    private static void addTask(RunHandle run, String text) {
        JsonNode task = Doc.of(echo("added", text)).set("deps", Json.read("[\"ask\"]", JsonNode.class));
        api().post("/runs/" + run.id() + "/tasks", "{\"tasks\": [" + task + "]}", 202);
    }

    private static String echo(String id, String text) {
        return "{id: '%s', type: 'function', function: 'echo', input: {text: '%s'}}".formatted(id, text);
    }

    private static com.fasterxml.jackson.databind.node.ObjectNode wide(int tasks, String mark, int padding) {
        List<String> all = java.util.stream.IntStream.range(0, tasks)
                .mapToObj(i -> "{id: 't%04d', type: 'function', function: 'noop', metadata: {mark: '%s'}}"
                        .formatted(i, mark.repeat(Math.max(1, padding / mark.length()))))
                .toList();
        return Doc.tasks("scheduling: 'dataflow', max_parallelism: 100", all.toArray(String[]::new));
    }

    private static RunHandle submit(String document) {
        return submit(Doc.of(document));
    }

    private static RunHandle submit(com.fasterxml.jackson.databind.node.ObjectNode document) {
        return api().submit(document);
    }

    private static Api api() {
        return ENGINE.api();
    }

    private static Path folder() {
        try {
            return Files.createTempDirectory("ratchet-damaged-");
        } catch (IOException failed) {
            throw new java.io.UncheckedIOException(failed);
        }
    }
}
