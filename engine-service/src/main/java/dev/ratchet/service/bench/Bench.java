package dev.ratchet.service.bench;

import dev.ratchet.service.embedded.EmbeddedTemporal;
import dev.ratchet.service.server.Engine;
import java.net.http.HttpClient;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Measures workloads interleaved: in each pass first the plain SDK, then Ratchet, on one server in one process. */
final class Bench implements AutoCloseable {
    private final Consumer<String> progress;
    private final Stopwatch stopwatch;
    private final RawSide raw;
    private final Rest rest;

    Bench(Engine engine, Consumer<String> progress) {
        EmbeddedTemporal temporal = engine.temporal().orElseThrow();
        this.progress = progress;
        this.stopwatch = new Stopwatch(temporal.pid().orElse(0L));
        this.raw = new RawSide(temporal.address());
        HttpClient http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .executor(Runnable::run)
                .build();
        this.rest = new Rest(http, engine.url().orElseThrow());
    }

    /**
     * Lets the JVM compile both sides, for the same time each, before anything is measured: its compiler otherwise takes
     * half of the processor.
     *
     * @param seconds for each side, of which remote chains get two thirds and local ones the rest
     */
    void warmUp(int seconds) {
        for (Workload workload : Workload.warmUps()) {
            double share = workload.shape().local() ? 1 / 3.0 : 2 / 3.0;
            for (Side side : List.of(raw, ratchet(workload))) {
                progress.accept("warming up, " + workload.text());
                long until = System.nanoTime() + (long) (seconds * share * 1e9);
                while (System.nanoTime() < until) {
                    stopwatch.measure(workload, side);
                }
            }
        }
    }

    /** Measures one workload, so many passes. */
    Comparison compare(Workload workload, int passes) {
        Side ratchet = ratchet(workload);
        settle(workload, raw);
        settle(workload, ratchet);
        List<Stopwatch.Reading> rawReadings = new ArrayList<>();
        List<Stopwatch.Reading> ratchetReadings = new ArrayList<>();
        for (int pass = 1; pass <= passes; pass++) {
            progress.accept(workload.name() + ", pass " + pass + " of " + passes);
            rawReadings.add(stopwatch.measure(workload, raw));
            ratchetReadings.add(stopwatch.measure(workload, ratchet));
        }
        return new Comparison(workload, rawReadings, ratchetReadings);
    }

    /** What tasks in bodies cost. */
    Bodies bodies() {
        return new Bodies(rest);
    }

    /** How soon the API answers. */
    Latencies latencies() {
        return new Latencies(rest);
    }

    private Side ratchet(Workload workload) {
        return new RatchetSide(rest, new Documents(workload.task(), workload.group()));
    }

    /** A few small runs of the workload itself, for what only it needs. */
    private static void settle(Workload workload, Side side) {
        Shape shape = workload.shape();
        Shape small = new Shape(shape.kind(), Math.min(shape.size(), 100), shape.local());
        for (int i = 0; i < Math.min(workload.runs(), 20) + 2; i++) {
            side.run(small);
        }
    }

    @Override
    public void close() {
        raw.close();
    }
}
