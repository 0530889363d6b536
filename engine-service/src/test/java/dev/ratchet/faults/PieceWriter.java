package dev.ratchet.faults;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ratchet.faults.DrawnTask.Edge;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/** Writes pieces of a document, and beside each task what its author knows of it. Not thread-safe. */
final class PieceWriter {
    static final String EARLY = "answered-early";
    private static final List<String> NO_HEADS = List.of();

    private final Random random;
    private final String run;
    private final EffectUrls urls;
    private final ArrayNode array;
    private final List<DrawnTask> tasks = new ArrayList<>();
    private boolean budget;

    PieceWriter(Random random, String run, EffectUrls urls, ArrayNode array) {
        this.random = random;
        this.run = run;
        this.urls = urls;
        this.array = array;
    }

    List<DrawnTask> tasks() {
        return List.copyOf(tasks);
    }

    /** From now on each child has a share of its own. */
    void underBudget() {
        budget = true;
    }

    /** Many and quick, so that a network that is away for seconds takes no task's last attempt. */
    static void retry(ObjectNode policy) {
        policy.putObject("retry")
                .put("max_attempts", 12)
                .put("initial_interval_ms", 300)
                .put("backoff", 2)
                .put("max_interval_ms", 4_000);
    }

    /** Writes any piece behind these tasks; returns the ids of its last ones. */
    List<String> write(List<String> heads, boolean failing) {
        return switch (random.nextInt(failing ? 20 : 17)) {
            case 0 -> chain(heads);
            case 1, 2 -> wave(heads);
            case 3 -> map(heads);
            case 4 -> nested(heads);
            case 5, 6 -> loop(heads);
            case 7 -> branch(heads);
            case 8 -> child(heads);
            case 9 -> List.of(add("ask", "approval", heads, task -> task.put("question", "Go on?")));
            case 10 -> agent(heads);
            case 11 -> group(heads);
            case 12 -> prompt(heads);
            case 13 -> values(heads);
            case 14 -> timer(heads);
            case 15 -> activity(heads);
            case 16 -> conditions(heads);
            case 17 -> refusal(heads);
            case 18 -> timeout(heads);
            default -> allowed(heads);
        };
    }

    List<String> flaky() {
        String call = named(RunDrawing.FLAKY, "http", NO_HEADS, task -> {
            call(task, RunDrawing.FLAKY, "busy=1");
            task.putObject("retry").put("max_attempts", 1);
        });
        named(RunDrawing.HOLD, "approval", NO_HEADS, task -> task.put("question", "Was it tried again?"));
        return List.of(call(List.of(call)));
    }

    List<String> answeredEarly() {
        String before = add("wait", "wait", NO_HEADS, task -> task.put("duration_ms", 1_000 + random.nextInt(4_000)));
        return List.of(named(EARLY, "agent", List.of(before), task -> task.put("queue", "chaos-nobody")));
    }

    private List<String> chain(List<String> heads) {
        List<String> last = heads;
        for (int i = 0; i < 2 + random.nextInt(5); i++) {
            last = List.of(call(last));
        }
        return last;
    }

    private List<String> wave(List<String> heads) {
        return IntStream.range(0, 3 + random.nextInt(14))
                .mapToObj(i -> call(heads))
                .toList();
    }

    private List<String> map(List<String> heads) {
        int items = 2 + random.nextInt(20);
        return List.of(add("map", "map", heads, task -> {
            List<String> refused = IntStream.range(0, items)
                    .mapToObj(i -> Boolean.toString(random.nextInt(6) == 0))
                    .toList();
            task.put("items", "[" + String.join(", ", refused) + "]");
            task.put("max_parallelism", 1 + random.nextInt(12)).put("on_item_failure", "collect");
            ArrayNode body = task.putArray("body");
            inside(body, "call", task, "${index}", "refuse=${item}");
            body.addObject()
                    .put("id", "after")
                    .put("type", "transform")
                    .put("expression", "index + 1")
                    .putArray("deps")
                    .add("call");
        }));
    }

    private List<String> nested(List<String> heads) {
        return List.of(add("map", "map", heads, task -> {
            task.put("items", "[1, 2, 3]").put("max_parallelism", 2);
            ObjectNode loop =
                    task.putArray("body").addObject().put("id", "turn").put("type", "loop");
            loop.put("max_iterations", 3).put("until", "iteration >= 1");
            inside(loop.putArray("body"), "call", task, "${index}.${iteration}", "");
        }));
    }

    private List<String> loop(List<String> heads) {
        int last = random.nextInt(6);
        return List.of(add("loop", "loop", heads, task -> {
            task.put("max_iterations", 10).put("until", "iteration >= " + last);
            ArrayNode body = task.putArray("body");
            inside(body, "call", task, "${iteration}", "");
            inside(body, "call-more", task, "${iteration}.more", "")
                    .putArray("deps")
                    .add("call");
        }));
    }

    private List<String> branch(List<String> heads) {
        int taken = random.nextInt(2);
        List<String> ways = List.of("call-" + number() + "a", "call-" + number() + "b");
        String branch = add("branch", "branch", heads, task -> {
            ObjectNode rule = task.putArray("rules").addObject().put("when", taken == 0 ? "true" : "false");
            rule.putArray("to").add(ways.get(0));
            task.putArray("default").add(ways.get(1));
        });
        for (int i = 0; i < ways.size(); i++) {
            String way = ways.get(i);
            write(way, "http", List.of(new Edge(branch, i == taken)), task -> call(task, way, ""));
        }
        return ways;
    }

    private List<String> child(List<String> heads) {
        boolean many = random.nextBoolean();
        return List.of(add("child", many ? "map" : "run", heads, task -> {
            ObjectNode child = task;
            String place = "one";
            if (many) {
                task.put("items", "[0, 1, 2]");
                child = task.putArray("body").addObject().put("id", "child").put("type", "run");
                child.putObject("input").put("place", "${index}");
                place = "${input.place}";
            }
            ObjectNode graph = child.putObject("graph");
            retry(graph.putObject("policy"));
            if (budget) {
                graph.withObject("/policy")
                        .putObject("budget_limit")
                        .put("amount", 0.05)
                        .put("currency", "USD");
            }
            ArrayNode inner = graph.putArray("tasks");
            inside(inner, "call-a", task, place + ".a", "");
            inside(inner, "call-b", task, place + ".b", "").putArray("deps").add("call-a");
        }));
    }

    private List<String> agent(List<String> heads) {
        return switch (random.nextInt(3)) {
            case 0 -> List.of(add("agent", "agent", heads, task -> task.put("queue", "chaos-direct")));
            case 1 -> List.of(add("moody", "agent", heads, task -> task.put("queue", "chaos-direct")));
            default -> List.of(add("polled", "agent", heads, task -> task.put("queue", AgentHand.QUEUE)));
        };
    }

    private List<String> group(List<String> heads) {
        String group = "g" + number();
        List<String> last = heads;
        for (int i = 0; i < 3; i++) {
            String id = "call-" + number();
            last = List.of(named(id, "http", last, task -> {
                call(task, id, "");
                task.put("group", group);
            }));
        }
        return last;
    }

    private List<String> prompt(List<String> heads) {
        return List.of(add("prompt", "prompt", heads, task -> {
            task.put("prompt", "Say something about " + random.nextInt(100)).put("model", "sim");
            task.put("max_output_tokens", 60);
            ObjectNode metadata = task.putObject("metadata").put("sim_latency_ms", random.nextInt(500));
            if (random.nextInt(3) == 0) {
                metadata.put("sim_fail_attempts", 1);
            }
        }));
    }

    private List<String> values(List<String> heads) {
        String cel = add("value", "transform", heads, task -> task.put("expression", "{\"n\": 6 * 7}"));
        String jq = add("value", "transform", List.of(cel), task -> {
            task.put("jq", ".n + 1").putObject("input").put("n", "${tasks['" + cel + "'].output.n}");
        });
        return List.of(add("echo", "function", List.of(jq), task -> {
            task.put("function", random.nextBoolean() ? "echo" : "noop")
                    .putObject("input")
                    .put("text", "a".repeat(random.nextInt(3) == 0 ? 20_000 : 200));
        }));
    }

    private List<String> timer(List<String> heads) {
        return List.of(add("wait", "wait", heads, task -> task.put("duration_ms", 100 + random.nextInt(5_000))));
    }

    private List<String> activity(List<String> heads) {
        String id = "call-" + number();
        return List.of(named(id, "activity", heads, task -> {
            task.put("activity_type", PlainWorker.ACTIVITY).put("task_queue", PlainWorker.QUEUE);
            task.put("timeout_ms", 20_000).putObject("input");
            task.withObject("/input").put("key", "default/" + run + "/" + id).put("url", url(id, ""));
        }));
    }

    /** What a condition leaves out, and what goes on behind it. */
    private List<String> conditions(List<String> heads) {
        String first = call(heads);
        String left = "call-" + number();
        write(left, "http", List.of(new Edge(first, false)), task -> call(task, left, ""));
        String unwanted = "call-" + number();
        tasks.add(new DrawnTask(
                unwanted, List.of(new Edge(first, true)), "none_failed", random.nextBoolean(), false, false));
        ObjectNode task = array.addObject().put("id", unwanted).put("type", "http");
        task.put("when", Boolean.toString(tasks.getLast().wanted()))
                .putArray("deps")
                .add(first);
        call(task, unwanted, "");
        return List.of(left, unwanted, first);
    }

    private List<String> refusal(List<String> heads) {
        String refused = failing("call-" + number(), heads, false);
        String skipped = call(List.of(refused));
        String rescue = ruled("any_failed", List.of(refused));
        String always = ruled("all_done", List.of(skipped, rescue));
        return List.of(rescue, always, skipped);
    }

    private List<String> allowed(List<String> heads) {
        String refused = failing("call-" + number(), heads, true);
        return List.of(ruled("any_failed", List.of(refused)), call(List.of(refused)));
    }

    private List<String> timeout(List<String> heads) {
        String id = "late-" + number();
        drawn(id, heads, "none_failed", true, true);
        ObjectNode task =
                object(id, "function", edges(heads)).put("function", "sleep").put("allow_failure", true);
        task.put("timeout_ms", 800).putObject("input").put("ms", 600_000);
        task.putObject("retry").put("max_attempts", 1);
        return List.of(ruled("all_done", List.of(id)));
    }

    private String failing(String id, List<String> heads, boolean allowed) {
        drawn(id, heads, "none_failed", true, allowed);
        ObjectNode task = object(id, "http", edges(heads)).put("allow_failure", allowed);
        call(task, id, "refuse=true");
        return id;
    }

    private String ruled(String rule, List<String> heads) {
        String id = "call-" + number();
        drawn(id, heads, rule, false, false);
        call(object(id, "http", edges(heads)).put("trigger_rule", rule), id, "");
        return id;
    }

    private String call(List<String> heads) {
        String id = "call-" + number();
        String query = random.nextInt(8) == 0 ? "busy=" + (1 + random.nextInt(2)) : "";
        return named(id, "http", heads, task -> call(task, id, query));
    }

    private void call(ObjectNode task, String id, String query) {
        task.put("method", "POST").put("url", url(id, query));
    }

    private ObjectNode inside(ArrayNode body, String id, ObjectNode holder, String place, String query) {
        ObjectNode task = body.addObject().put("id", id).put("type", "http");
        call(task, holder.path("id").asText() + "." + place, query);
        return task;
    }

    private String url(String effect, String query) {
        return urls.url(run + "." + effect, random.nextInt(4) == 0 ? random.nextInt(1_500) : random.nextInt(60), query);
    }

    private String add(String kind, String type, List<String> heads, Consumer<ObjectNode> fields) {
        return named(kind + "-" + number(), type, heads, fields);
    }

    private String named(String id, String type, List<String> heads, Consumer<ObjectNode> fields) {
        return write(id, type, edges(heads), fields);
    }

    private String write(String id, String type, List<Edge> edges, Consumer<ObjectNode> fields) {
        tasks.add(new DrawnTask(id, edges, "none_failed", true, false, false));
        fields.accept(object(id, type, edges));
        return id;
    }

    private void drawn(String id, List<String> heads, String rule, boolean fails, boolean allowed) {
        tasks.add(new DrawnTask(id, edges(heads), rule, true, fails, allowed));
    }

    private ObjectNode object(String id, String type, List<Edge> edges) {
        ObjectNode task = array.addObject().put("id", id).put("type", type);
        if (type.equals("branch")) {
            edges.forEach(edge -> task.withArray("/deps").add(edge.source()));
            return task;
        }
        for (Edge edge : edges) {
            boolean chosen = tasks.stream().anyMatch(each -> each.id().equals(edge.source()))
                    && edge.source().startsWith("branch");
            if (edge.holds() || chosen) {
                task.withArray("/deps").add(edge.source());
            } else {
                task.withArray("/deps").addObject().put("task", edge.source()).put("when", "false");
            }
        }
        return task;
    }

    private static List<Edge> edges(List<String> heads) {
        return heads.stream().map(head -> new Edge(head, true)).toList();
    }

    /** Ids sort otherwise than they were written, now and then. */
    private int number() {
        return array.size() * 10 + random.nextInt(10);
    }
}
