package dev.ratchet.service.bench;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/** How soon the API answers, one request at a time. */
final class Latencies {
    private static final int TASKS = 1_000;
    private static final int TIMES = 300;
    private static final int UNTIMED = 200;
    private static final double MOST_POST_MS = 15;
    private static final double MOST_GET_MS = 10;

    private final Rest rest;

    Latencies(Rest rest) {
        this.rest = rest;
    }

    /** From POST to 202; each run has ended before the next is sent. */
    Figure ofPost() {
        String document = new Documents(Documents.Task.FUNCTION, null).of(Shape.diamond());
        List<Double> times = new ArrayList<>();
        for (int i = 0; i < UNTIMED + TIMES; i++) {
            long began = System.nanoTime();
            String id = rest.submit(document);
            times.add((System.nanoTime() - began) / 1e6);
            var ignored = rest.awaitEnd(id);
        }
        return figure("W8 POST", "POST to 202, diamond", MOST_POST_MS, times);
    }

    /** The whole run with all its tasks, while its last one waits for a person; each reading asks the run itself. */
    Figure ofGet() {
        String id = rest.submit(document());
        while (!rest.read(id).path("tasks").path("ask").path("state").asText().equals("waiting")) {
            var ignored = rest.get(id + "?tasks=none&wait_ms=1000&until=change");
        }
        List<Double> times = new ArrayList<>();
        for (int i = 0; i < UNTIMED + TIMES; i++) {
            long began = System.nanoTime();
            var ignored = rest.get(id);
            times.add((System.nanoTime() - began) / 1e6);
        }
        rest.approve(id, "ask");
        var ignored = rest.awaitEnd(id);
        return figure("W8 GET", "GET of a running run of 1,000", MOST_GET_MS, times);
    }

    private static Figure figure(String name, String text, double target, List<Double> times) {
        return Figure.ofTimes(name, text, target, times.subList(UNTIMED, times.size()));
    }

    /** As many as wide as there can be, and one behind them that waits. */
    static String document() {
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        ArrayNode tasks = document.putArray("tasks");
        ObjectNode ask = JsonNodeFactory.instance.objectNode().put("id", "ask").put("type", "approval");
        ArrayNode deps = ask.put("question", "Go on?").putArray("deps");
        for (int i = 0; i < TASKS - 1; i++) {
            String id = "t%05d".formatted(i);
            tasks.addObject().put("id", id).put("type", "function").put("function", "noop");
            deps.add(id);
        }
        tasks.add(ask);
        return document.toString();
    }
}
