package dev.ratchet.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What is posted to those who are to answer, and what their links are good for. */
class NoticesTest {
    private static final NoticeServer SERVER = new NoticeServer();
    private static final byte[] KEY = "a key for notices".getBytes(StandardCharsets.UTF_8);

    @RegisterExtension
    static final EngineOfClass ENGINE = new EngineOfClass()
            .allowing(SERVER.address())
            .with("RATCHET_SECRETS", secrets().toString())
            .with("RATCHET_PUBLIC_URL", "https://ratchet.example/");

    private static Path secrets() {
        try {
            Path folder = Files.createTempDirectory("ratchet-secrets-");
            Files.writeString(
                    folder.resolve("RATCHET_NOTIFY_KEY"),
                    "whsec_" + Base64.getEncoder().encodeToString(KEY));
            return folder;
        } catch (IOException failed) {
            throw new java.io.UncheckedIOException(failed);
        }
    }

    @AfterAll
    static void close() {
        SERVER.close();
    }

    private static RunHandle submit(String task) {
        return ENGINE.api().submit(Doc.tasks("on_failure: 'skip_dependents'", task));
    }

    private static String url(String path) {
        return "http://" + SERVER.address() + path;
    }

    private static NoticeServer.Notice notice(RunHandle run) {
        org.awaitility.Awaitility.await().until(() -> !SERVER.notices(run.id()).isEmpty());
        return SERVER.notices(run.id()).get(0);
    }

    @Test
    void shouldPostAnAssignmentSignedAndSayWhereTheAnswerGoes() throws GeneralSecurityException {
        RunHandle run =
                submit("{id: 'job', type: 'agent', notify: '" + url("/ok") + "', input: {n: 1}, deadline_ms: 60000}");

        NoticeServer.Notice notice = notice(run);

        JsonNode body = notice.json();
        assertThat(body.path("job_id").asText()).isEqualTo("default/" + run.id() + "/job/1");
        assertThat(body.path("input").path("n").asInt()).isEqualTo(1);
        assertThat(body.path("due_at").asLong()).isPositive();
        assertThat(body.path("complete_url").asText())
                .isEqualTo(
                        "https://ratchet.example/api/v1/runs/" + run.id() + "/tasks/job/complete?organization=default");
        assertThat(notice.header("idempotency-key"))
                .isEqualTo(body.path("job_id").asText());
        assertThat(notice.header("webhook-id")).isEqualTo(body.path("job_id").asText());
        assertThat(notice.header("webhook-signature")).isEqualTo("v1," + signature(notice));
        assertThat(new Agents(ENGINE.api(), "default").next(0, 1_000)).isNull();
        new Agents(ENGINE.api(), "default").complete(run.id(), "job", "{\"output\": 5}", 200);
        assertThat(run.ended().completed().task("job").path("output").asInt()).isEqualTo(5);
    }

    private static String signature(NoticeServer.Notice notice) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(KEY, "HmacSHA256"));
        String signed = notice.header("webhook-id") + "." + notice.header("webhook-timestamp") + "." + notice.body();
        return Base64.getEncoder().encodeToString(mac.doFinal(signed.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void shouldFailATaskWhoseAgentsMayNotBeCalled() {
        RunHandle run = submit("{id: 'job', type: 'agent', notify: 'http://127.0.0.1:9/'}");

        assertThat(run.ended().task("job").at("/error/code").asText()).isEqualTo("egress_denied");
    }

    @Test
    void shouldFailATaskThatItsAgentsRefuse() {
        RunHandle run = submit("{id: 'job', type: 'agent', notify: '" + url("/410") + "'}");

        assertThat(run.ended().task("job").at("/error/code").asText()).isEqualTo("execution_failed");
        assertThat(SERVER.notices(run.id())).hasSize(1);
    }

    @Test
    void shouldPostAgainToWhoIsBusy() {
        RunHandle run = submit("{id: 'job', type: 'agent', notify: '" + url("/busy") + "'}");

        org.awaitility.Awaitility.await().until(() -> SERVER.notices(run.id()).size() >= 2);
        List<NoticeServer.Notice> notices = SERVER.notices(run.id());

        assertThat(notices)
                .extracting(notice -> notice.header("webhook-id"))
                .containsOnly(notices.get(0).header("webhook-id"));
        assertThat(run.now().state("job")).isEqualTo("waiting");
        run.abort();
    }

    @Test
    void shouldDecideOnceByASignedLink() {
        RunHandle run = submit("{id: 'ask', type: 'approval', question: 'Go <there>?', assignees: ['ann'], notify: '"
                + url("/ok") + "'}");
        JsonNode notice = notice(run).json();
        String approve = path(notice, "approve_url");
        String reject = path(notice, "reject_url");

        HttpResponse<byte[]> page = ENGINE.api().look(approve);
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(new String(page.body(), StandardCharsets.UTF_8)).contains("Go &lt;there&gt;?", "Approve");
        assertThat(run.now().state("ask")).isEqualTo("waiting");
        assertThat(post(approve.substring(0, approve.length() - 1) + "_")).isEqualTo(403);
        assertThat(post(approve)).isEqualTo(200);
        assertThat(post(approve)).isEqualTo(409);
        assertThat(post(reject)).isEqualTo(409);

        JsonNode output = run.ended().completed().task("ask").path("output");
        assertThat(output.path("approved").asBoolean()).isTrue();
        assertThat(output.path("by").asText()).isEqualTo("ann");
    }

    /** However many press the button at once, and whichever button it is. */
    @RepeatedTest(3)
    void shouldLetOneOfManyDecide() {
        RunHandle run = ENGINE.api()
                .submit(Doc.tasks(
                        "on_failure: 'skip_dependents'",
                        "{id: 'ask', type: 'approval', question: 'Go?', notify: '" + url("/ok") + "'}",
                        "{id: 'hold', type: 'wait', duration_ms: 600000}"));
        JsonNode notice = notice(run).json();
        String approve = path(notice, "approve_url");
        String reject = path(notice, "reject_url");
        List<CompletableFuture<Integer>> posts = new ArrayList<>();
        try (ExecutorService together = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 12; i++) {
                String link = i % 3 == 2 ? reject : approve;
                posts.add(CompletableFuture.supplyAsync(() -> post(link), together));
            }
        }

        assertThat(posts).extracting(CompletableFuture::join).containsOnly(200, 409);
        assertThat(posts).filteredOn(post -> post.join() == 200).hasSize(1);
        int winner = IntStream.range(0, posts.size())
                .filter(i -> posts.get(i).join() == 200)
                .findFirst()
                .orElseThrow();
        RunAnswer now = run.when(answer -> answer.state("ask").equals("completed"));
        assertThat(now.task("ask").at("/output/approved").asBoolean()).isEqualTo(winner % 3 != 2);
        run.abort();
    }

    @Test
    void shouldMakeNoLinksForWhatALinkCannotSay() {
        RunHandle run = submit(
                "{id: 'ask', type: 'approval', question: 'Which?', choices: ['a', 'b'], notify: '" + url("/ok") + "'}");

        JsonNode notice = notice(run).json();

        assertThat(notice.has("approve_url")).isFalse();
        assertThat(notice.path("decision_url").asText()).endsWith("/tasks/ask/decision?organization=default");
        run.abort();
    }

    private static String path(JsonNode notice, String name) {
        String base = "https://ratchet.example/api/v1";
        assertThat(notice.path(name).asText()).startsWith(base);
        return notice.path(name).asText().substring(base.length());
    }

    private static int post(String path) {
        return Objects.requireNonNull(ENGINE.api().send(path, new byte[0], "application/x-www-form-urlencoded"))
                .statusCode();
    }
}
