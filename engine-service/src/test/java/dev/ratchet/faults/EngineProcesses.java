package dev.ratchet.faults;

import static org.awaitility.Awaitility.await;

import dev.ratchet.service.cli.Main;
import dev.ratchet.service.embedded.Ports;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A deployment of its own for one test: a service and workers, each a process started as {@code ./ratchet server} and
 * {@code ./ratchet worker} start them, with a task queue and a blob folder that nobody else uses. Its verbs are the faults;
 * each is noted in the schedule.
 */
final class EngineProcesses implements AutoCloseable {
    private final String name;
    private final Path folder;
    private final Schedule schedule;
    private final Map<String, String> environment = new HashMap<>();
    private final List<JvmProcess> processes = new CopyOnWriteArrayList<>();
    private final int port = Ports.choose(0);
    private final int adminPort = Ports.choose(0);
    private volatile Optional<JvmProcess> service = Optional.empty();

    EngineProcesses(String name, Path folder, String temporal, LedgerProcess ledger, Schedule schedule) {
        this.name = name;
        this.folder = folder;
        this.schedule = schedule;
        environment.put("TEMPORAL_ADDRESS", temporal);
        environment.put("RATCHET_TASK_QUEUE", name);
        environment.put("RATCHET_DATA", folder.toString());
        environment.put("RATCHET_PORT", Integer.toString(port));
        environment.put("RATCHET_ADMIN_PORT", Integer.toString(adminPort));
        environment.put("RATCHET_EGRESS_ALLOW", ledger.address());
    }

    /** The API; there while the service is. */
    EngineApi api() {
        return new EngineApi("http://127.0.0.1:" + port);
    }

    void startService() {
        service = Optional.of(start("service", Map.of(), "server"));
    }

    /** Waits until the API answers. */
    void awaitService() {
        await("the API of " + name).atMost(Duration.ofSeconds(120)).until(() -> api().answers());
    }

    /** Waits until the worker polls. */
    void awaitWorking(JvmProcess worker) {
        await(worker.name())
                .atMost(Duration.ofSeconds(120))
                .until(() -> worker.tail().contains("Working on"));
    }

    /** A worker for runs and their tasks. */
    JvmProcess startWorker() {
        return start("worker", Map.of(), "worker");
    }

    /** Such a worker in an environment of its own. */
    JvmProcess startWorker(Map<String, String> more) {
        return start("worker", more, "worker");
    }

    /** The service that was started last. */
    JvmProcess service() {
        return service.orElseThrow();
    }

    /** A worker for tasks that name this pool; it never sees a run. */
    JvmProcess startPool(String taskQueue) {
        return start("pool", Map.of("RATCHET_TASK_QUEUE", taskQueue), "worker");
    }

    void kill(JvmProcess process) {
        note("kill -9", process);
        process.kill();
    }

    void killService() {
        kill(service.orElseThrow());
    }

    /** SIGTERM, as a rolling deploy sends it; does not wait for the end. */
    void stop(JvmProcess process) {
        note("SIGTERM", process);
        process.terminate();
    }

    void freeze(JvmProcess process) {
        note("SIGSTOP", process);
        process.freeze();
    }

    void thaw(JvmProcess process) {
        note("SIGCONT", process);
        process.thaw();
    }

    /** The ends of all logs: for failures. */
    String logs() {
        StringBuilder logs = new StringBuilder();
        processes.forEach(process -> logs.append("--- ")
                .append(process.name())
                .append(process.isAlive() ? "" : " (ended)")
                .append('\n')
                .append(process.tail())
                .append('\n'));
        return logs.toString();
    }

    @Override
    public void close() {
        processes.forEach(JvmProcess::close);
    }

    private JvmProcess start(String role, Map<String, String> more, String command) {
        Map<String, String> own = new HashMap<>(environment);
        own.putAll(more);
        try {
            JvmProcess process =
                    JvmProcess.start(name + "-" + role + "-" + processes.size(), folder, own, Main.class, command);
            processes.add(process);
            note("start", process);
            return process;
        } catch (IOException failed) {
            throw new UncheckedIOException("Expected to start a " + role + ", but " + failed, failed);
        }
    }

    private void note(String verb, JvmProcess process) {
        schedule.note(verb + " " + process.name() + " (pid " + process.pid() + ")");
    }
}
