package dev.ratchet.service.bench;

import dev.ratchet.service.config.Environment;
import dev.ratchet.service.config.RatchetConfig;
import dev.ratchet.service.embedded.EmbeddedOptions;
import dev.ratchet.service.embedded.EmbeddedTemporal;
import dev.ratchet.service.embedded.TemporalCli;
import dev.ratchet.service.server.Engine;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ratchet bench}: the plain SDK against Ratchet on one server, as ratios. */
@Command(
        name = "bench",
        description = "Measures Ratchet against the plain SDK on one server, and prints ratios.",
        mixinStandardHelpOptions = true)
public final class BenchCommand implements Callable<Integer> {
    @Option(names = "--only", split = ",", description = "Workloads by name, such as W1,W2. Default: all.")
    private List<String> only = List.of();

    @Option(names = "--passes", defaultValue = "3", description = "Interleaved passes. Default: ${DEFAULT-VALUE}.")
    private int passes;

    @Option(
            names = "--warm-up",
            defaultValue = "30",
            description = "Seconds that each side runs before anything is measured. Default: ${DEFAULT-VALUE}.")
    private int warmUp;

    @Option(names = "--json", description = "File for the readings. Default: none.")
    private @Nullable Path json;

    @Option(names = Child.OPTION, hidden = true)
    private @Nullable String memoryOf;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        Path data = Files.createTempDirectory("ratchet-bench");
        try {
            return memoryOf == null ? measure(data) : probe(memoryOf, data);
        } finally {
            Trees.delete(data);
        }
    }

    private int probe(String side, Path data) {
        TemporalCli cli = TemporalCli.obtain(Environment.system(), System.err::println);
        if (side.equals(Child.RAW)) {
            try (EmbeddedTemporal temporal = EmbeddedTemporal.start(data, EmbeddedOptions.anyPort(cli))) {
                out().println(MemoryProbe.ofRaw(temporal, Workload.WIDE));
            }
        } else {
            try (Engine engine = engine(data, cli)) {
                out().println(
                                side.equals(Child.PARKED)
                                        ? ParkedRuns.ofRatchet(new Rest(
                                                HttpClient.newHttpClient(),
                                                engine.url().orElseThrow()))
                                        : MemoryProbe.ofRatchet(engine, Workload.WIDE));
            }
        }
        out().flush();
        return 0;
    }

    private int measure(Path data) throws IOException {
        BenchReport report;
        try (Engine engine = engine(data, TemporalCli.obtain(Environment.system(), System.err::println));
                Bench bench = new Bench(engine, System.err::println)) {
            report = new BenchReport(Conditions.of(engine));
            print(report, report.head());
            List<Workload> chosen = Workload.all().stream()
                    .filter(workload -> isChosen(workload.name()))
                    .toList();
            print(report, line(report, "warm-up", () -> {
                bench.warmUp(chosen.isEmpty() ? 0 : warmUp);
                return "";
            }));
            for (Workload workload : chosen) {
                print(report, line(report, workload.name(), () -> report.add(bench.compare(workload, passes))));
            }
            if (isChosen("W6M")) {
                print(
                        report,
                        line(
                                report,
                                "W6M",
                                () -> report.add(List.of(bench.bodies().map(10_000, 5)))));
            }
            if (isChosen("W6N")) {
                print(
                        report,
                        line(
                                report,
                                "W6N",
                                () -> report.add(List.of(bench.bodies().loops(500, 20)))));
            }
            if (isChosen("W8")) {
                Latencies latencies = bench.latencies();
                print(report, line(report, "W8 POST", () -> report.add(List.of(latencies.ofPost()))));
                print(report, line(report, "W8 GET", () -> report.add(List.of(latencies.ofGet()))));
            }
        }
        if (isChosen("W6")) {
            print(report, line(report, "W6 memory", () -> memory(report)));
        }
        if (isChosen("W7")) {
            System.err.println("W7, parked runs");
            print(report, line(report, "W7", () -> report.add(ParkedRuns.measure())));
        }
        return report.hasFailures() ? 1 : 0;
    }

    private boolean isChosen(String name) {
        return only.isEmpty() || only.contains(name);
    }

    /** A workload that fails costs its own line only. */
    private static String line(BenchReport report, String name, Callable<String> measurement) {
        try {
            return measurement.call();
        } catch (Exception e) {
            return report.failed(name, e);
        }
    }

    private static String memory(BenchReport report) throws IOException, InterruptedException {
        System.err.println("W6, memory, plain SDK");
        MemoryProbe.Peak raw = MemoryProbe.measure(Child.RAW);
        System.err.println("W6, memory, Ratchet");
        return report.add(raw, MemoryProbe.measure(Child.RATCHET));
    }

    /** Lines and file grow as workloads are done, so that nothing measured is lost. */
    private void print(BenchReport report, String text) throws IOException {
        out().print(text);
        out().flush();
        if (json != null) {
            Files.writeString(json, report.json());
        }
    }

    private static Engine engine(Path data, TemporalCli cli) {
        Environment system = Environment.system();
        Map<String, String> variables = new LinkedHashMap<>(system.variables());
        variables.put("RATCHET_DATA", data.toString());
        variables.put("RATCHET_PORT", "0");
        variables.put("RATCHET_ADMIN_PORT", "0");
        RatchetConfig config = RatchetConfig.load(null, new Environment(variables, system.home()));
        return Engine.embedded(config, EmbeddedOptions.anyPort(cli));
    }

    private PrintWriter out() {
        if (spec == null) {
            throw new IllegalStateException("Expected a command line, but there is none");
        }
        return spec.commandLine().getOut();
    }
}
