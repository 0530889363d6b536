package dev.ratchet.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** An ended run as the API tells it, next to its document; makes the facts that the ledger must bear out. */
record RunReport(JsonNode document, JsonNode run, Map<String, JsonNode> attempts) {
    /** Reads everything there is to say about a run. */
    static RunReport read(EngineApi api, JsonNode document) {
        String id = document.path("id").asText();
        Map<String, JsonNode> attempts = new TreeMap<>();
        for (JsonNode task : document.path("tasks")) {
            if (isCall(task)) {
                String name = task.path("id").asText();
                attempts.put(name, api.attempts(id, name));
            }
        }
        return new RunReport(document, api.run(id), attempts);
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
        return sum(task, "lost");
    }

    int deliveries(String task) {
        return sum(task, "deliveries");
    }

    private int sum(String task, String field) {
        int sum = 0;
        for (JsonNode attempt : attempts.get(task)) {
            sum += attempt.path(field).asInt();
        }
        return sum;
    }

    private RunFacts facts() {
        Map<String, RunFacts.TaskFacts> tasks = new TreeMap<>();
        for (JsonNode task : document.path("tasks")) {
            if (isCall(task)) {
                String id = task.path("id").asText();
                tasks.put(
                        id,
                        new RunFacts.TaskFacts(
                                state(id),
                                deps(task),
                                run.path("tasks").path(id).path("attempts").asInt(),
                                deliveries(id),
                                lost(id)));
            }
        }
        String organization = document.path("organization").asText("default");
        return new RunFacts(
                organization + "/" + document.path("id").asText(),
                tasks,
                document.path("policy").path("max_parallelism").asInt(16),
                run.path("ended_at").asLong());
    }

    private List<String> deps(JsonNode task) {
        List<String> deps = new ArrayList<>();
        task.path("deps").forEach(dep -> {
            if (attempts.containsKey(dep.asText())) {
                deps.add(dep.asText());
            }
        });
        return deps;
    }

    private static boolean isCall(JsonNode task) {
        return task.path("type").asText().equals("http");
    }
}
