package dev.ratchet.faults;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ratchet.faults.EngineApi.Answer;
import dev.ratchet.faults.LedgerEntry.Kind;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Holds a run that ended against its document, its readers, the ledger and Temporal. */
final class DrawnRunCheck {
    private static final Set<String> TERMINAL = Set.of("completed", "failed", "skipped", "cancelled");

    private final Operator operator;
    private final PatientClient client;
    private final Ledger ledger;
    private final FaultTimes faults;
    private final Findings findings;
    private final String id;

    DrawnRunCheck(Operator operator, PatientClient client, Ledger ledger, FaultTimes faults, Findings findings) {
        this.operator = operator;
        this.client = client;
        this.ledger = ledger;
        this.faults = faults;
        this.findings = findings;
        this.id = operator.run().id();
    }

    void check(Executions executions) {
        Optional<Answer> answer = client.get("/runs/" + id);
        if (answer.isEmpty() || answer.get().status() != 200) {
            findings.add("I1", id, "was accepted, but is answered %s", answer);
            return;
        }
        JsonNode told = answer.get().body();
        states(told);
        effects(id, told);
        late(told);
        times(told);
        reads(told);
        long chains = executions.chains(id);
        if (chains != 1) {
            findings.add("I2", id, "Temporal has %d executions of it", chains);
        }
    }

    private void states(JsonNode told) {
        String state = told.path("state").asText();
        boolean aborted = operator.abortedAt() > 0;
        if (aborted != state.equals("aborted")) {
            findings.add("I9", id, "is %s, but an abort was %s", state, aborted ? "taken" : "not taken");
        }
        told.path("tasks").properties().forEach(each -> {
            if (!TERMINAL.contains(each.getValue().path("state").asText())) {
                findings.add("I7", id, "%s, but its %s is %s", state, each.getKey(), each.getValue());
            }
        });
        if (operator.isPatched() != told.path("tasks").has("call-patched")) {
            findings.add("I16", id, "the patch was %s, but the run tells otherwise", operator.isPatched());
        }
        if (aborted || operator.isSkipped()) {
            return;
        }
        Foretold foretold = Foretold.of(asPatched());
        if (!foretold.state().equals(state)) {
            findings.add("I7", id, "is %s, but should be %s: %s", state, foretold.state(), told.path("error"));
        }
        foretold.tasks().forEach((task, end) -> {
            JsonNode is = told.path("tasks").path(task);
            if (!is.path("state").asText().equals(end)) {
                findings.add("I7", id, "%s should be %s, but is %s", task, end, is);
            }
        });
    }

    private List<DrawnTask> asPatched() {
        List<DrawnTask> tasks = new ArrayList<>(operator.run().tasks());
        if (operator.isPatched()) {
            List<DrawnTask.Edge> edges =
                    List.of(new DrawnTask.Edge(operator.run().about(), true));
            tasks.add(new DrawnTask("call-patched", edges, "none_failed", true, false, false));
        }
        return tasks;
    }

    /** Of a run and of its children. */
    private void effects(String run, JsonNode told) {
        Map<String, Integer> raw = new TreeMap<>();
        String prefix = "default/" + run + "/";
        Ledger own = ledger.of("default/" + run);
        own.all(Kind.DELIVERED)
                .forEach(entry -> raw.merge(entry.key().substring(prefix.length()), 1, Integer::sum));
        raw.keySet().stream()
                .filter(task -> !told.path("tasks").has(task))
                .forEach(task -> findings.add("I4", run, "%s was called, but is no task of it", task));
        told.path("tasks").properties().forEach(each -> {
            effect(run, each.getKey(), each.getValue(), own.applied(prefix + each.getKey()));
            deliveries(run, each.getKey(), each.getValue(), raw.getOrDefault(each.getKey(), 0));
            JsonNode child = each.getValue().path("child_run");
            if (child.isTextual()) {
                child(child.asText(), each.getKey());
            }
        });
    }

    private void child(String child, String task) {
        Optional<Answer> answer = client.get("/runs/" + child);
        if (answer.isPresent() && answer.get().status() == 200) {
            effects(child, answer.get().body());
        } else {
            findings.add("I1", id, "the child %s of %s is answered %s", child, task, answer);
        }
    }

    private void effect(String run, String task, JsonNode told, int applied) {
        boolean calls = task.substring(task.lastIndexOf('.') + 1).startsWith("call");
        boolean completed = told.path("state").asText().equals("completed");
        if (applied > 1) {
            findings.add("I3", run, "the effect of %s was applied %d times", task, applied);
        }
        if (calls && completed && applied == 0) {
            findings.add("I3", run, "%s completed without its effect", task);
        }
    }

    private void deliveries(String run, String task, JsonNode told, int raw) {
        if (raw > 0 && told.path("attempts").asInt() == 0) {
            findings.add("I4", run, "%s was called %d times, but is %s", task, raw, told);
        }
        if (raw <= told.path("attempts").asInt()) {
            return;
        }
        int deliveries = 0;
        int lost = 0;
        String path = "/runs/" + run + "/tasks/" + URLEncoder.encode(task, StandardCharsets.UTF_8) + "/attempts";
        Optional<Answer> attempts = client.get(path);
        for (JsonNode attempt : attempts.map(Answer::body).orElseThrow().path("attempts")) {
            deliveries += attempt.path("deliveries").asInt();
            lost += attempt.path("lost").asInt();
        }
        if (raw > deliveries) {
            findings.add(
                    "I3", run, "%s was called %d times, but %d deliveries are told, %d lost", task, raw, deliveries, lost);
        }
    }

    /** Calls after the end, or after an abort, that no fault accounts for; the names of effects are the run's, also in children. */
    private void late(JsonNode told) {
        long end = told.path("ended_at").asLong();
        long abort = operator.abortedAt() == 0 ? Long.MAX_VALUE : operator.abortedAt() + 2_000;
        for (LedgerEntry entry : ledger.all(Kind.DELIVERED)) {
            if (!entry.name().startsWith(id + ".") || faults.lieIn(operator.acceptedAt(), entry.at())) {
                continue;
            }
            if (entry.at() > end + 100) {
                findings.add("I4", id, "%s was called %d ms after the end", entry.key(), entry.at() - end);
            }
            if (entry.at() > abort) {
                findings.add("I9", id, "%s was called %d ms after the abort", entry.key(), entry.at() - abort + 2_000);
            }
        }
        if (operator.abortedAt() > 0
                && end > operator.abortedAt() + 10_000
                && !faults.lieIn(operator.acceptedAt(), end)) {
            findings.add("I9", id, "ended %d ms after the abort", end - operator.abortedAt());
        }
    }

    private void times(JsonNode told) {
        long began = told.path("started_at").asLong();
        long ended = told.path("ended_at").asLong();
        told.path("tasks").properties().forEach(each -> {
            long from = each.getValue().path("started_at").asLong(began);
            long to = each.getValue().path("ended_at").asLong(ended);
            if (from < began || to < from || to > ended) {
                findings.add(
                        "times", id, "%s lasted from %d to %d, its run from %d to %d", each.getKey(), from, to, began, ended);
            }
        });
    }

    private void reads(JsonNode told) {
        switch (operator.run().meddling()) {
            case RETRY, SKIP -> {
                // a task that was tried again went back, and that is right
            }
            case NONE, PAUSE_AND_RESUME, ABORT, PATCH, EARLY_ANSWER ->
                operator.reads().violations(told).forEach(violation -> findings.add("I11", id, "%s", shortened(violation)));
        }
    }

    private static String shortened(String violation) {
        return violation.length() > 2_000 ? violation.substring(0, 2_000) + "…" : violation;
    }
}
