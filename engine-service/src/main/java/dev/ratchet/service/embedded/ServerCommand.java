package dev.ratchet.service.embedded;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The command line of the development server: a durable file, loopback only, and settings that were measured. */
final class ServerCommand {
    /** Polls of each shard's queues in a second; the stock 20 make each hop of a chain wait 50 ms twice. */
    private static final String POLLS = "2000";

    private static final Map<String, String> SETTINGS = Map.of(
            "history.transferProcessorMaxPollRPS", POLLS,
            "history.timerProcessorMaxPollRPS", POLLS,
            "history.visibilityProcessorMaxPollRPS", POLLS,
            "system.enableActivityEagerExecution", "true",
            "matching.useNewMatcher", "true", // the old one leaves some tasks lying for two seconds
            "history.timerProcessorMaxTimeShift", "\"50ms\"", // the stock second is how late short timers fire
            "matching.enableFairness", "true", // organizations are fairness keys
            "history.MaxBufferedQueryCount", "10000", // the stock 1 refuses a second query during a workflow task
            // the server's HTTP API, which nobody here uses, asks neither for a key nor for an origin: no host is
            // allowed
            "frontend.httpAllowedHosts", "[\"none.invalid\"]");

    private ServerCommand() {}

    static List<String> of(Path binary, Path database, int port, @Nullable WebUi ui, Map<String, String> more) {
        List<String> command = new ArrayList<>(List.of(
                binary.toString(),
                "server",
                "start-dev",
                "--db-filename",
                database.toString(),
                "--sqlite-pragma",
                "journal_mode=wal",
                "--sqlite-pragma",
                "synchronous=normal",
                "--ip",
                "127.0.0.1",
                "--port",
                Integer.toString(port),
                "--log-level",
                "warn"));
        command.addAll(
                ui == null
                        ? List.of("--headless")
                        : List.of("--ui-ip", ui.address(), "--ui-port", Integer.toString(ui.port())));
        TemporalNamespace.SEARCH_ATTRIBUTES.forEach(
                (name, type) -> command.addAll(List.of("--search-attribute", name + "=" + type.cliName())));
        Map<String, String> settings = new TreeMap<>(SETTINGS);
        settings.putAll(more);
        settings.forEach((key, value) -> command.addAll(List.of("--dynamic-config-value", key + "=" + value)));
        return command;
    }
}
