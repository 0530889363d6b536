package dev.ratchet.faults;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ratchet.document.Json;
import java.util.List;

/** Run documents whose tasks call the ledger. The effect of task {@code a} of run {@code r} is named {@code r.a}. */
final class Documents {
    private final LedgerProcess ledger;
    private final ObjectNode document = Json.mapper().createObjectNode();
    private final ArrayNode tasks = document.putArray("tasks");
    private long latencyMs;

    private Documents(String run, LedgerProcess ledger) {
        this.ledger = ledger;
        document.put("id", run);
    }

    static Documents run(String id, LedgerProcess ledger) {
        return new Documents(id, ledger);
    }

    /** How long the calls of the tasks that follow take. */
    Documents latency(long millis) {
        latencyMs = millis;
        return this;
    }

    Documents policy(String field, int value) {
        document.withObject("/policy").put(field, value);
        return this;
    }

    Documents policy(String field, String value) {
        document.withObject("/policy").put(field, value);
        return this;
    }

    /** A task that calls the ledger. */
    Documents call(String id, String... deps) {
        task(id, "http", deps)
                .put("method", "POST")
                .put("url", ledger.url(document.path("id").asText() + "." + id, latencyMs));
        return this;
    }

    /** The same on the workers of a pool. */
    Documents callOn(String pool, String id, String... deps) {
        call(id, deps);
        ((ObjectNode) tasks.get(tasks.size() - 1)).put("task_queue", pool);
        return this;
    }

    /** The same in a group. */
    Documents callIn(String group, String id, String... deps) {
        call(id, deps);
        ((ObjectNode) tasks.get(tasks.size() - 1)).put("group", group);
        return this;
    }

    Documents waiting(String id, long millis, String... deps) {
        task(id, "wait", deps).put("duration_ms", millis);
        return this;
    }

    ObjectNode json() {
        return document;
    }

    private ObjectNode task(String id, String type, String... deps) {
        ObjectNode task = tasks.addObject().put("id", id).put("type", type);
        List.of(deps).forEach(task.withArray("/deps")::add);
        return task;
    }
}
