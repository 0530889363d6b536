package dev.ratchet.faults;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ratchet.document.Json;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/** Run documents whose tasks call the ledger. The effect of task {@code a} of run {@code r} is named {@code r.a}. */
final class Documents {
    static final int TURNS_TO_A_CALL = 4;

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
        call(task(id, deps), name(id), "");
        return this;
    }

    /** Such a task for a graph that is yet to have it. */
    ObjectNode callAlone(String id) {
        call(id);
        return (ObjectNode) tasks.remove(tasks.size() - 1);
    }

    private void call(ObjectNode task, String name, String query) {
        task.put("type", "http").put("method", "POST").put("url", ledger.url(name, latencyMs, query));
    }

    private String name(String task) {
        return document.path("id").asText() + "." + task;
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

    /**
     * A loop of exactly that many turns, if each counts once. Every fourth calls the ledger, and names its effect
     * {@code r.id.8}; the others go by without a worker's attempt.
     */
    Documents loop(String id, int turns) {
        ObjectNode loop = task(id, "loop").put("max_iterations", turns).put("until", "output.n == " + turns);
        ArrayNode body = loop.putArray("body");
        ObjectNode call = body.addObject().put("id", "call").put("when", "iteration % " + TURNS_TO_A_CALL + " == 0");
        call(call, name(id) + ".${iteration}", "");
        body.addObject()
                .put("id", "count")
                .put("type", "transform")
                .put("expression", "{\"n\": iteration == 0 ? 1 : previous.n + 1}")
                .put("trigger_rule", "all_done")
                .putArray("deps")
                .add("call");
        return this;
    }

    /** A map that calls the ledger for each item, under the name {@code r.id.7}; for the items chosen it refuses. */
    Documents map(String id, int items, int width, IntPredicate refused) {
        ArrayNode given = document.putObject("input").putArray("refused");
        IntStream.range(0, items).forEach(item -> given.add(refused.test(item)));
        ObjectNode map = task(id, "map").put("items", "input.refused").put("max_parallelism", width);
        map.put("on_item_failure", "collect");
        call(map.putArray("body").addObject().put("id", "call"), name(id) + ".${index}", "refuse=${item}");
        return this;
    }

    /** A map of which each item is a run of its own that calls the ledger once, under the name {@code r.id.7}. */
    Documents children(String id, int items, int width) {
        ObjectNode map = task(id, "map").put("items", "input.items").put("max_parallelism", width);
        ArrayNode given = document.putObject("input").putArray("items");
        IntStream.range(0, items).forEach(given::add);
        ObjectNode child = map.putArray("body").addObject().put("id", "child").put("type", "run");
        child.putObject("input").put("item", "${item}");
        ObjectNode call = child.putObject("graph").putArray("tasks").addObject().put("id", "call");
        call(call, name(id) + ".${input.item}", "");
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
        return task(id, deps).put("type", type);
    }

    private ObjectNode task(String id, String[] deps) {
        ObjectNode task = tasks.addObject().put("id", id);
        List.of(deps).forEach(task.withArray("/deps")::add);
        return task;
    }
}
