package dev.ratchet.faults;

import dev.ratchet.faults.FaultPlan.Hit;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The processes of one round: Temporal, a service, two workers, a worker of the plain SDK, a ledger, and the network between
 * them. Each fault is a verb that hits, lasts and is healed; those of one target must not overlap. Thread-safe otherwise.
 */
final class Fleet implements AutoCloseable {
    private static final int WORKERS = 2;

    private final Schedule schedule;
    private final OwnTemporal temporal;
    private final LedgerProcess ledger;
    private final TcpProxy toLedger;
    private final TcpProxy toTemporal;
    private final EngineProcesses engine;
    private final Executions executions;
    private final Optional<ClockShim> clock;
    private final JvmProcess plain;
    private final JvmProcess[] workers = new JvmProcess[WORKERS];

    private Fleet(Schedule schedule, Path folder) throws IOException {
        this.schedule = schedule;
        this.temporal = new OwnTemporal();
        String address = temporal.start(folder);
        this.toTemporal = TcpProxy.to(Integer.parseInt(address.substring(address.lastIndexOf(':') + 1)));
        LedgerProcess direct = LedgerProcess.start(folder);
        this.toLedger = TcpProxy.to(direct.port());
        this.ledger = direct.behind(toLedger.address());
        this.engine = new EngineProcesses("chaos", folder, toTemporal.address(), ledger, schedule);
        this.executions = new Executions(address);
        this.clock = ClockShim.make(folder);
        this.plain = JvmProcess.start("plain", folder, Map.of(), PlainWorker.class, toTemporal.address());
    }

    /** Starts everything, and waits until it works. */
    static Fleet start(Schedule schedule, Path folder) throws IOException {
        Fleet fleet = new Fleet(schedule, folder);
        fleet.startEngine();
        return fleet;
    }

    private void startEngine() {
        engine.startService();
        engine.awaitService();
        for (int i = 0; i < WORKERS; i++) {
            workers[i] = engine.startWorker();
        }
        engine.awaitWorking(workers[0]);
    }

    LedgerProcess ledger() {
        return ledger;
    }

    EngineApi api() {
        return engine.api();
    }

    Executions executions() {
        return executions;
    }

    String logs() {
        return engine.logs();
    }

    /** The faults that this host can do. */
    Set<Fault> possible() {
        Set<Fault> possible = EnumSet.allOf(Fault.class);
        if (clock.isEmpty()) {
            possible.remove(Fault.WORKER_WITH_A_CLOCK_OF_ITS_OWN);
        }
        if (!DiskLimit.isThere()) {
            possible.remove(Fault.DISK_FULL);
        }
        return possible;
    }

    /** Hits, waits as long as it lasts, and heals. */
    void suffer(Hit hit) {
        schedule.note(hit.fault() + " for " + hit.lastsMs() + " ms");
        int worker = hit.choice() % WORKERS;
        Duration lasts = Duration.ofMillis(hit.lastsMs());
        switch (hit.fault()) {
            case WORKER_KILLED -> {
                engine.kill(workers[worker]);
                Pause.of(lasts);
                workers[worker] = engine.startWorker();
            }
            case WORKER_TERMINATED -> {
                engine.stop(workers[worker]);
                Pause.of(lasts);
                workers[worker] = engine.startWorker();
            }
            case WORKER_FROZEN -> freeze(workers[worker], lasts);
            case WORKER_WITH_A_CLOCK_OF_ITS_OWN -> putClockOff(worker, hit.choice(), lasts);
            case SERVICE_KILLED -> {
                engine.killService();
                Pause.of(lasts);
                engine.startService();
            }
            case SERVICE_TERMINATED -> {
                JvmProcess before = engine.service();
                engine.stop(before);
                before.awaitEnd(60);
                Pause.of(lasts);
                engine.startService();
            }
            case SERVICE_FROZEN -> freeze(engine.service(), lasts);
            case TEMPORAL_KILLED -> {
                temporal.kill();
                Pause.of(lasts);
                restartTemporal();
            }
            case TEMPORAL_FROZEN -> {
                temporal.freeze();
                Pause.of(lasts);
                temporal.thaw();
            }
            case POWER_CUT -> cutPower(lasts);
            case DISK_FULL -> fillDisk(lasts);
            case LEDGER_SLOW -> weather(toLedger, TcpProxy.Weather.SLOW, lasts);
            case LEDGER_CUT -> weather(toLedger, TcpProxy.Weather.CUT, lasts);
            case LEDGER_SILENT -> weather(toLedger, TcpProxy.Weather.SILENT, lasts);
            case WAY_TO_TEMPORAL_SLOW -> weather(toTemporal, TcpProxy.Weather.SLOW, lasts);
            case WAY_TO_TEMPORAL_CUT -> weather(toTemporal, TcpProxy.Weather.CUT, lasts);
            case WAY_TO_TEMPORAL_SILENT -> weather(toTemporal, TcpProxy.Weather.SILENT, lasts);
        }
        schedule.note(hit.fault() + " is healed");
    }

    private void freeze(JvmProcess process, Duration lasts) {
        engine.freeze(process);
        Pause.of(lasts);
        engine.thaw(process);
    }

    /** A worker whose clock is up to ten minutes before or behind takes the place of another. */
    private void putClockOff(int worker, int choice, Duration lasts) {
        long seconds = (choice % 2 == 0 ? 1 : -1) * (5L + choice * 6L / 10);
        schedule.note("the clock is off by " + seconds + " s");
        engine.stop(workers[worker]);
        workers[worker] = engine.startWorker(clock.orElseThrow().environment(seconds));
        Pause.of(lasts);
        engine.stop(workers[worker]);
        workers[worker] = engine.startWorker();
    }

    private void cutPower(Duration lasts) {
        for (JvmProcess worker : workers) {
            engine.kill(worker);
        }
        engine.killService();
        temporal.kill();
        Pause.of(lasts);
        restartTemporal();
        engine.startService();
        for (int i = 0; i < WORKERS; i++) {
            workers[i] = engine.startWorker();
        }
    }

    private void restartTemporal() {
        try {
            temporal.restart();
        } catch (RuntimeException slow) {
            schedule.note("Temporal did not come back at once: " + slow);
            temporal.restart();
        }
    }

    private void fillDisk(Duration lasts) {
        List<JvmProcess> writers = new ArrayList<>(List.of(workers));
        writers.add(engine.service());
        writers.stream().filter(JvmProcess::isAlive).forEach(DiskLimit::fill);
        Pause.of(lasts);
        writers.stream().filter(JvmProcess::isAlive).forEach(DiskLimit::free);
    }

    private static void weather(TcpProxy way, TcpProxy.Weather bad, Duration lasts) {
        way.become(bad);
        Pause.of(lasts);
        way.become(TcpProxy.Weather.FAIR);
    }

    /** Stops service and workers in good order, so that nobody remembers what was stored. */
    void stopEngine() {
        List<JvmProcess> ending = new ArrayList<>(List.of(workers));
        ending.add(engine.service());
        ending.forEach(engine::stop);
        ending.forEach(process -> process.awaitEnd(60));
    }

    /** Starts a service and one worker again. */
    void startAgain() {
        engine.startService();
        workers[0] = engine.startWorker();
        engine.awaitService();
        engine.awaitWorking(workers[0]);
    }

    @Override
    public void close() throws IOException {
        engine.close();
        plain.close();
        executions.close();
        ledger.close();
        temporal.stop();
        toLedger.close();
        toTemporal.close();
    }
}
