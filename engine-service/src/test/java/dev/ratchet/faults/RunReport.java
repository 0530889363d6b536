package dev.ratchet.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.TreeMap;

/** An ended run as the API tells it, next to its document; makes the facts that the ledger must bear out. */
record RunReport(JsonNode document, JsonNode run, Calls calls, Map<String, JsonNode> attempts) {
    /**
     * Reads everything there is to say about a run. Of the thousands of tasks that loops and maps have, attempts are asked for
     * only where the ledger had more than one call.
     */
    static RunReport read(EngineApi api, JsonNode document, Ledger ledger) {
        String id = document.path("id").asText();
        JsonNode run = api.run(id);
        Calls calls = Calls.of(document, run);
        Map<String, JsonNode> attempts = new TreeMap<>();
        for (String name : calls.all().keySet()) {
            if (calls.top().contains(name) || ledger.deliveries(key(document) + "/" + name) > 1) {
                attempts.put(name, api.attempts(id, name));
            }
        }
        return new RunReport(document, run, calls, attempts);
    }

    /** The run is as it should be, also by the ledger. */
    void check(Ledger ledger, String state, int faults) {
        assertThat(run.path("state").asText()).as("%s", run).isEqualTo(state);
        assertThat(LedgerCheck.violations(facts(), ledger, faults))
                .as("what the ledger says against %s", run)
                .isEmpty();
    }

    String state(String task) {
        return run.path("tasks").path(task).path("state").asText();
    }

    int lost(String task) {
        return sum(task, "lost", 0);
    }

    int deliveries(String task) {
        return sum(task, "deliveries", recordedAttempts(task));
    }

    private int sum(String task, String field, int unasked) {
        if (!attempts.containsKey(task)) {
            return unasked;
        }
        int sum = 0;
        for (JsonNode attempt : attempts.get(task)) {
            sum += attempt.path(field).asInt();
        }
        return sum;
    }

    int recordedAttempts(String task) {
        return run.path("tasks").path(task).path("attempts").asInt();
    }

    private RunFacts facts() {
        Map<String, RunFacts.TaskFacts> tasks = new TreeMap<>();
        calls.all()
                .forEach((id, deps) -> tasks.put(
                        id, new RunFacts.TaskFacts(state(id), deps, recordedAttempts(id), deliveries(id), lost(id))));
        return new RunFacts(
                key(document),
                tasks,
                document.path("policy").path("max_parallelism").asInt(16),
                run.path("ended_at").asLong());
    }

    private static String key(JsonNode document) {
        return document.path("organization").asText("default") + "/"
                + document.path("id").asText();
    }
}
