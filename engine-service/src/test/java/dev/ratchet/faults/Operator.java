package dev.ratchet.faults;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ratchet.faults.EngineApi.Answer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Whoever submits a drawn run, answers what it asks, meddles with it, and reads it until it ended. */
final class Operator {
    private static final Duration BETWEEN_READS = Duration.ofMillis(150);

    private final DrawnRun run;
    private final PatientClient client;
    private final LedgerProcess ledger;
    private final Findings findings;
    private final RunReads reads = new RunReads();
    private final Map<String, String> states = new ConcurrentHashMap<>();
    private volatile long acceptedAt;
    private volatile long abortedAt;
    private volatile boolean patched;
    private volatile boolean skipped;
    private volatile boolean ended;

    Operator(DrawnRun run, PatientClient client, LedgerProcess ledger, Findings findings) {
        this.run = run;
        this.client = client;
        this.ledger = ledger;
        this.findings = findings;
    }

    /** Returns when the run ended, or the client was closed. */
    void accompany() {
        Optional<Answer> accepted = client.post("/runs", run.document());
        if (accepted.isEmpty()) {
            return;
        }
        if (accepted.get().status() != 202) {
            findings.add("I1", run.id(), "refused: %s", accepted.get());
            return;
        }
        acceptedAt = System.currentTimeMillis();
        Thread meddler = Thread.ofVirtual().start(this::meddle);
        read();
        try {
            meddler.join(Duration.ofSeconds(30));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void read() {
        while (!client.isClosed() && !reads.isEnded()) {
            String since = reads.version() == 0 ? "" : "?since=" + reads.version() + "&until=change&wait_ms=2000";
            String path = "/runs/" + run.id() + since;
            Optional<Answer> answer =
                    client.once("GET " + path, () -> client.api().get(path, 15));
            answer.ifPresent(this::take);
            Pause.of(BETWEEN_READS);
        }
        ended = reads.isEnded();
    }

    private void take(Answer answer) {
        if (answer.status() != 200) {
            findings.add("I1", run.id(), "was accepted, but a reading is answered %s", answer);
        } else if (answer.body().has("version")) {
            reads.take(answer.body());
            answer.body().path("tasks").properties().forEach(each -> look(each.getKey(), each.getValue()));
            if (states.getOrDefault(run.about(), "").equals("completed")) {
                letGo();
            }
        }
    }

    private void look(String task, JsonNode told) {
        states.put(task, told.path("state").asText());
        String waitingFor = told.path("waiting_for").asText();
        if (waitingFor.equals("person") && !task.equals(RunDrawing.HOLD)) {
            approve(task);
        } else if (waitingFor.equals("agent") && !task.startsWith("polled")) {
            boolean fails = task.startsWith("moody") && told.path("attempts").asInt() < 2;
            answer(task, fails ? "fail" : "complete", fails ? failure() : PatientClient.nothing());
        }
    }

    private void letGo() {
        if (states.getOrDefault(RunDrawing.HOLD, "").equals("waiting")) {
            approve(RunDrawing.HOLD);
        }
    }

    private void approve(String task) {
        answer(task, "decision", PatientClient.nothing().put("approved", true).put("by", "ann"));
    }

    private static ObjectNode failure() {
        return PatientClient.nothing().put("code", "timeout").put("message", "Expected a free hand, but there is none");
    }

    private void answer(String task, String verb, JsonNode body) {
        String path = "/runs/" + run.id() + "/tasks/" + task + "/" + verb;
        Thread.ofVirtual().start(() -> client.post(path, body));
    }

    private void meddle() {
        Pause.of(Duration.ofMillis(run.atMs()));
        String path = "/runs/" + run.id();
        switch (run.meddling()) {
            case NONE -> {
                // the most of them
            }
            case PAUSE_AND_RESUME -> {
                client.post(path + "/pause");
                Pause.of(Duration.ofSeconds(2));
                client.post(path + "/resume");
            }
            case ABORT -> {
                Optional<Answer> answer = client.post(path + "/abort");
                if (answer.isPresent() && wasAborted(answer.get())) {
                    abortedAt = System.currentTimeMillis();
                }
            }
            case PATCH -> patched = patch();
            case SKIP ->
                skipped = client.post(path + "/tasks/" + run.about() + "/skip")
                        .filter(answer -> answer.status() == 202)
                        .isPresent();
            case RETRY -> retry(path + "/tasks/" + run.about() + "/retry");
            case EARLY_ANSWER -> client.post(path + "/tasks/" + run.about() + "/complete");
        }
    }

    /** A second asking, when the first went unheard, may find the run aborted. */
    private static boolean wasAborted(Answer answer) {
        return answer.status() == 202 || answer.body().path("code").asText().equals("run_aborted");
    }

    private boolean patch() {
        PatchScript.Patch patch = new PatchScript.Patch(0, RunDrawing.addition(run, ledger::url), 1, true);
        Optional<Answer> answer =
                client.until("PATCH " + run.id(), () -> client.api().patch(run.id(), patch, run.id() + "-patch"));
        return answer.filter(each -> each.status() == 200).isPresent();
    }

    private void retry(String path) {
        while (!client.isClosed() && !states.getOrDefault(run.about(), "").equals("completed") && !ended) {
            if (states.getOrDefault(run.about(), "").equals("failed")) {
                client.post(path);
            }
            Pause.of(Duration.ofMillis(500));
        }
    }

    DrawnRun run() {
        return run;
    }

    /** What is known of the run at its end. */
    DrawnRunEnd end(JsonNode told) {
        List<String> wentBack = switch (run.meddling()) {
            // a task that was tried again went back, and that is right
            case RETRY, SKIP -> List.of();
            case NONE, PAUSE_AND_RESUME, ABORT, PATCH, EARLY_ANSWER -> reads.violations(told);
        };
        return new DrawnRunEnd(run, told, acceptedAt, abortedAt, patched, skipped, wentBack);
    }

    boolean isAccepted() {
        return acceptedAt > 0;
    }

    boolean isEnded() {
        return ended;
    }
}
