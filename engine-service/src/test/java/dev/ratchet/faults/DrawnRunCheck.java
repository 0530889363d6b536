package dev.ratchet.faults;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ratchet.faults.LedgerEntry.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Holds a run that ended against its document, its reader and the ledger. Knows nothing of the engine but what the API tells. */
final class DrawnRunCheck {
    private static final Set<String> TERMINAL = Set.of("completed", "failed", "skipped", "cancelled");

    private final DrawnRunEnd end;
    private final RunsTold api;
    private final Ledger ledger;
    private final FaultTimes faults;
    private final Findings findings;

    DrawnRunCheck(DrawnRunEnd end, RunsTold api, Ledger ledger, FaultTimes faults, Findings findings) {
        this.end = end;
        this.api = api;
        this.ledger = ledger;
        this.faults = faults;
        this.findings = findings;
    }

    void check() {
        states();
        effects(end.id(), end.told());
        twice();
        late();
        times();
        end.wentBack().forEach(violation -> findings.add("I11", end.id(), "%s", violation));
    }

    private void states() {
        JsonNode told = end.told();
        String state = told.path("state").asText();
        boolean aborted = end.isAborted();
        if (aborted != state.equals("aborted")) {
            findings.add("I9", end.id(), "is %s, but an abort was %s", state, aborted ? "taken" : "not taken");
        }
        told.path("tasks").properties().forEach(each -> {
            if (!TERMINAL.contains(each.getValue().path("state").asText())) {
                findings.add("I7", end.id(), "%s, but its %s is %s", state, each.getKey(), each.getValue());
            }
        });
        if (end.patched() != told.path("tasks").has("call-patched")) {
            findings.add("I16", end.id(), "the patch was %s, but the run tells otherwise", end.patched());
        }
        if (aborted || wasSkipped()) {
            return;
        }
        Foretold foretold = Foretold.of(asPatched());
        if (!foretold.state().equals(state)) {
            findings.add("I7", end.id(), "is %s, but should be %s: %s", state, foretold.state(), told.path("error"));
        }
        foretold.tasks().forEach((task, expected) -> {
            JsonNode is = told.path("tasks").path(task);
            if (!is.path("state").asText().equals(expected)) {
                findings.add("I7", end.id(), "%s should be %s, but is %s", task, expected, is);
            }
        });
    }

    /** A skip that got no answer may have been taken all the same. */
    private boolean wasSkipped() {
        JsonNode about = end.told().path("tasks").path(end.run().about());
        return end.skipped()
                || (end.run().meddling() == Meddling.SKIP
                        && about.path("reason").asText().equals("requested"));
    }

    private List<DrawnTask> asPatched() {
        List<DrawnTask> tasks = new ArrayList<>(end.run().tasks());
        if (end.patched()) {
            List<DrawnTask.Edge> edges = List.of(new DrawnTask.Edge(end.run().about(), true));
            tasks.add(new DrawnTask("call-patched", edges, "none_failed", true, false, false));
        }
        return tasks;
    }

    /** Of a run and of its children. */
    private void effects(String run, JsonNode told) {
        Map<String, Integer> raw = new TreeMap<>();
        String prefix = "default/" + run + "/";
        Ledger own = ledger.of("default/" + run);
        own.all(Kind.DELIVERED).forEach(entry -> raw.merge(entry.key().substring(prefix.length()), 1, Integer::sum));
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
        api.run(child)
                .ifPresentOrElse(
                        told -> effects(child, told),
                        () -> findings.add("I1", end.id(), "the child %s of %s is not there", child, task));
    }

    /** The ledger applies an effect once for each key; so the same effect under two keys was there twice. */
    private void twice() {
        Map<String, Integer> applied = new TreeMap<>();
        ledger.all(Kind.APPLIED).stream()
                .map(LedgerEntry::name)
                .filter(name -> name.startsWith(end.id() + "."))
                .forEach(name -> applied.merge(name, 1, Integer::sum));
        applied.forEach((name, times) -> {
            if (times > 1) {
                findings.add("I3", end.id(), "the effect %s was applied under %d keys", name, times);
            }
        });
    }

    private void effect(String run, String task, JsonNode told, int applied) {
        boolean calls = task.substring(task.lastIndexOf('.') + 1).startsWith("call");
        boolean completed = told.path("state").asText().equals("completed");
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
        for (JsonNode attempt : api.attempts(run, task)) {
            deliveries += attempt.path("deliveries").asInt();
            lost += attempt.path("lost").asInt();
        }
        if (raw > deliveries) {
            findings.add(
                    "I3",
                    run,
                    "%s was called %d times, but %d deliveries are told, %d lost",
                    task,
                    raw,
                    deliveries,
                    lost);
        }
    }

    /** Calls after the end, or after an abort, that no fault accounts for; the names of effects are the run's, also in children. */
    private void late() {
        long ended = end.told().path("ended_at").asLong();
        long abort = end.abortedAt() == 0 ? Long.MAX_VALUE : end.abortedAt() + 2_000;
        for (LedgerEntry entry : ledger.all(Kind.DELIVERED)) {
            if (!entry.name().startsWith(end.id() + ".") || faults.lieIn(end.acceptedAt(), entry.at())) {
                continue;
            }
            if (entry.at() > ended + 100) {
                findings.add("I4", end.id(), "%s was called %d ms after the end", entry.key(), entry.at() - ended);
            }
            if (entry.at() > abort) {
                findings.add(
                        "I9", end.id(), "%s was called %d ms after the abort", entry.key(), entry.at() - abort + 2_000);
            }
        }
        if (end.abortedAt() > 0 && ended > end.abortedAt() + 10_000 && !faults.lieIn(end.acceptedAt(), ended)) {
            findings.add("I9", end.id(), "ended %d ms after the abort", ended - end.abortedAt());
        }
    }

    private void times() {
        JsonNode told = end.told();
        long began = told.path("started_at").asLong();
        long ended = told.path("ended_at").asLong();
        told.path("tasks").properties().forEach(each -> {
            long from = each.getValue().path("started_at").asLong(began);
            long to = each.getValue().path("ended_at").asLong(ended);
            if (from < began || to < from || to > ended) {
                findings.add(
                        "times",
                        end.id(),
                        "%s lasted from %d to %d, its run from %d to %d",
                        each.getKey(),
                        from,
                        to,
                        began,
                        ended);
            }
        });
    }
}
