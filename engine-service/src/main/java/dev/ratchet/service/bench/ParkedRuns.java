package dev.ratchet.service.bench;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ratchet.document.Json;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/**
 * Many runs that wait for a person, in an engine of their own: what each holds in memory, and how soon the task behind
 * the answer begins while all the others go on waiting.
 */
final class ParkedRuns {
    static final int RUNS = 1_000;

    private static final int REHEARSED = 500;
    private static final int WOKEN = 100;
    private static final double MOST_KB = 20;
    private static final double MOST_MS = 50;
    private static final Duration GLANCE = Duration.ofMillis(5);
    private static final String ANSWER = "parked ";

    private final Rest rest;
    private int numbered;

    private ParkedRuns(Rest rest) {
        this.rest = rest;
    }

    /** Measures in a process of its own. */
    static List<Figure> measure() throws IOException, InterruptedException {
        return read(Child.of(Child.PARKED));
    }

    /** The child: prints what {@link #measure} reads. */
    static String ofRatchet(Rest rest) {
        return ANSWER + Json.write(new ParkedRuns(rest).figures());
    }

    static List<Figure> read(String output) {
        return output.lines()
                .filter(line -> line.startsWith(ANSWER))
                .map(line -> List.of(Json.read(line.substring(ANSWER.length()), Figure[].class)))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("Expected figures of parked runs, but: " + output));
    }

    /** A rehearsal loads and compiles what parking needs, which is no run's memory. */
    private List<Figure> figures() {
        park(REHEARSED).forEach(this::wake);
        Retained before = Retained.now();
        List<String> parked = park(RUNS);
        Retained held = Retained.now().minus(before);
        List<Wake> wakes = new ArrayList<>();
        for (int i = 0; i < RUNS; i += RUNS / WOKEN) {
            wakes.add(wake(parked.get(i)));
        }
        return List.of(memory(held, RUNS), wakeUp(wakes));
    }

    static Figure memory(Retained held, int runs) {
        double kb = 1024.0 * runs;
        Map<String, Double> beside = new LinkedHashMap<>();
        beside.put("heap", held.heap() / kb);
        beside.put("outside", held.outside() / kb);
        beside.put("resident", held.resident() / kb);
        return new Figure(
                "W7 memory", "a run parked on an approval, of 1,000", "KB", held.counted() / kb, MOST_KB, beside);
    }

    static Figure wakeUp(List<Wake> wakes) {
        return Figure.ofTimes(
                        "W7",
                        "answer to next task, 1,000 parked",
                        MOST_MS,
                        wakes.stream().map(Wake::started).toList())
                .with(
                        "end seen",
                        Comparison.median(wakes.stream().map(Wake::seen).toList()));
    }

    /** Returns when all of them wait. Each is a graph of its own, as those of different people are. */
    private List<String> park(int runs) {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < runs; i++) {
            ids.add(rest.submit(document(numbered++)));
        }
        ids.forEach(this::awaitParked);
        return ids;
    }

    static String document(int number) {
        return """
                {"tasks": [{"id": "ask", "type": "approval", "question": "Go on with %d?"},
                 {"id": "next", "type": "function", "function": "noop", "deps": ["ask"]}]}""".formatted(number);
    }

    /** By looking: a feed of changes would stay in memory for a while. */
    private void awaitParked(String id) {
        long until = System.nanoTime() + Side.LONGEST.toNanos();
        while (!task(id, "ask").path("state").asText().equals("waiting")) {
            if (System.nanoTime() > until) {
                throw new IllegalStateException("Expected run " + id + " to wait for its answer, but it does not");
            }
            LockSupport.parkNanos(GLANCE.toNanos());
        }
    }

    private JsonNode task(String id, String task) {
        return rest.read(id).path("tasks").path(task);
    }

    private Wake wake(String id) {
        long told = System.currentTimeMillis();
        long began = System.nanoTime();
        rest.approve(id, "ask");
        var ignored = rest.awaitEnd(id);
        double seen = (System.nanoTime() - began) / 1e6;
        return new Wake(task(id, "next").path("started_at").asLong() - told, seen);
    }

    /**
     * One answer, in milliseconds from before it was sent.
     *
     * @param started until the next task began on its worker, as the run recorded it
     * @param seen until the end of the run was seen over HTTP
     */
    record Wake(double started, double seen) {}
}
