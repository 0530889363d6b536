package dev.ratchet.service.bench;

import dev.ratchet.service.config.Environment;
import dev.ratchet.service.config.RatchetConfig;
import dev.ratchet.service.embedded.EmbeddedOptions;
import dev.ratchet.service.embedded.TemporalCli;
import dev.ratchet.service.server.Engine;
import java.io.IOException;
import java.io.PrintWriter;
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

    @Option(names = "--json", description = "File for the readings. Default: none.")
    private @Nullable Path json;

    @Option(names = MemoryProbe.OPTION, hidden = true)
    private @Nullable String memoryOf;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        Path data = Files.createTempDirectory("ratchet-bench");
        try (Engine engine = engine(data)) {
            if (memoryOf != null) {
                out().println(MemoryProbe.runOnce(memoryOf, engine, Workload.WIDE));
                return 0;
            }
            List<Workload> chosen = Workload.all().stream()
                    .filter(workload -> only.isEmpty() || only.contains(workload.name()))
                    .toList();
            List<Comparison> comparisons = new Bench(engine, System.err::println).run(chosen, passes);
            report(new BenchReport(Conditions.of(engine), comparisons, memory()));
        } finally {
            Trees.delete(data);
        }
        return 0;
    }

    private Map<String, MemoryProbe.Peak> memory() throws IOException, InterruptedException {
        Map<String, MemoryProbe.Peak> peaks = new LinkedHashMap<>();
        if (only.isEmpty() || only.contains("W6")) {
            for (String side : List.of("raw", "ratchet")) {
                System.err.println("W6, memory, " + side);
                peaks.put(side, MemoryProbe.measure(side, Map.of()));
            }
        }
        return peaks;
    }

    private void report(BenchReport report) throws IOException {
        out().print(report.table());
        out().flush();
        if (json != null) {
            Files.writeString(json, report.json());
        }
    }

    private static Engine engine(Path data) {
        Environment system = Environment.system();
        Map<String, String> variables = new LinkedHashMap<>(system.variables());
        variables.put("RATCHET_DATA", data.toString());
        variables.put("RATCHET_PORT", "0");
        variables.put("RATCHET_ADMIN_PORT", "0");
        RatchetConfig config = RatchetConfig.load(null, new Environment(variables, system.home()));
        TemporalCli cli = TemporalCli.obtain(system, System.err::println);
        return Engine.embedded(config, EmbeddedOptions.anyPort(cli));
    }

    private PrintWriter out() {
        if (spec == null) {
            throw new IllegalStateException("Expected a command line, but there is none");
        }
        return spec.commandLine().getOut();
    }
}
