package dev.ratchet.service.bench;

import dev.ratchet.service.embedded.EmbeddedTemporal;
import dev.ratchet.service.server.Engine;
import java.net.http.HttpClient;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Measures workloads interleaved: in each pass first the plain SDK, then Ratchet, on one server in one process. */
final class Bench {
    private final Engine engine;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .executor(Runnable::run)
            .build();
    private final Consumer<String> progress;

    Bench(Engine engine, Consumer<String> progress) {
        this.engine = engine;
        this.progress = progress;
    }

    List<Comparison> run(List<Workload> workloads, int passes) {
        EmbeddedTemporal temporal = engine.temporal().orElseThrow();
        Stopwatch stopwatch = new Stopwatch(temporal.pid().orElse(0L));
        List<Comparison> comparisons = new ArrayList<>();
        try (RawSide raw = new RawSide(temporal.address())) {
            for (Workload workload : workloads) {
                comparisons.add(compare(workload, raw, stopwatch, passes));
            }
        }
        return comparisons;
    }

    private Comparison compare(Workload workload, Side raw, Stopwatch stopwatch, int passes) {
        Side ratchet = ratchet(workload);
        warmUp(workload, raw);
        warmUp(workload, ratchet);
        List<Stopwatch.Reading> rawReadings = new ArrayList<>();
        List<Stopwatch.Reading> ratchetReadings = new ArrayList<>();
        for (int pass = 1; pass <= passes; pass++) {
            progress.accept(workload.name() + ", pass " + pass + " of " + passes);
            rawReadings.add(stopwatch.measure(workload, raw));
            ratchetReadings.add(stopwatch.measure(workload, ratchet));
        }
        return new Comparison(workload, rawReadings, ratchetReadings);
    }

    private Side ratchet(Workload workload) {
        return new RatchetSide(http, engine.url().orElseThrow(), new Documents(workload.task(), workload.group()));
    }

    /** The first runs of a JVM measure its compiler. */
    private static void warmUp(Workload workload, Side side) {
        Shape shape = workload.shape();
        Shape small = new Shape(shape.kind(), Math.min(shape.size(), 100), shape.local());
        for (int i = 0; i < Math.min(workload.runs(), 20) + 2; i++) {
            side.run(small);
        }
    }
}
