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
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The processes of one round: Temporal, a service, two workers, a worker of the plain SDK, a ledger, and the network between
 * them. Each fault is a verb that hits, lasts and is healed; those of one target must not overlap. Thread-safe otherwise.
 */
final class Fleet implements AutoCloseable {
    private static final int WORKERS = 2;
    private static final int SIGTERM_SECONDS = 60;

    private final Schedule schedule;
    private final OwnTemporal temporal;
    private final LedgerProcess ledger;
    private final TcpProxy toLedger;
    private final TcpProxy toTemporal;
    private final EngineProcesses engine;
    private final Executions executions;
    private final Optional<ClockShim> clock;
    private final JvmProcess plain;
    private final Member service;
    private final List<Member> workers = new ArrayList<>();
    private final AtomicInteger restarts = new AtomicInteger();
    private volatile boolean closed;

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
        this.service = new Member(() -> {
            engine.startService();
            return engine.service();
        });
        for (int i = 0; i < WORKERS; i++) {
            workers.add(new Member(engine::startWorker));
        }
    }

    /** Starts everything, and waits until it works. */
    static Fleet start(Schedule schedule, Path folder) throws IOException {
        Fleet fleet = new Fleet(schedule, folder);
        fleet.startEngine();
        return fleet;
    }

    private void startEngine() {
        service.start();
        engine.awaitService();
        workers.forEach(Member::start);
        engine.awaitWorking(workers.getFirst().process());
        Thread.ofVirtual().start(this::supervise);
    }

    private void supervise() {
        List<Member> all = new ArrayList<>(workers);
        all.add(service);
        while (!closed) {
            for (Member member : all) {
                if (member.keepUp()) {
                    restarts.incrementAndGet();
                    schedule.note("a process had ended by itself");
                }
            }
            Pause.of(Duration.ofMillis(300));
        }
    }

    /** How often a process ended that nobody had ended. */
    int restarts() {
        return restarts.get();
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
        Member worker = workers.get(hit.choice() % WORKERS);
        Duration lasts = Duration.ofMillis(hit.lastsMs());
        switch (hit.fault()) {
            case WORKER_KILLED -> kill(worker, lasts);
            case WORKER_TERMINATED -> terminate(worker, lasts);
            case WORKER_FROZEN -> freeze(worker.process(), lasts);
            case WORKER_WITH_A_CLOCK_OF_ITS_OWN -> putClockOff(worker, hit.choice(), lasts);
            case SERVICE_KILLED -> kill(service, lasts);
            case SERVICE_TERMINATED -> terminate(service, lasts);
            case SERVICE_FROZEN -> freeze(service.process(), lasts);
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

    private void kill(Member member, Duration lasts) {
        engine.kill(member.giveUp());
        Pause.of(lasts);
        member.start();
    }

    private void terminate(Member member, Duration lasts) {
        JvmProcess process = member.giveUp();
        engine.stop(process);
        try {
            process.awaitEnd(SIGTERM_SECONDS);
        } finally {
            process.close();
            Pause.of(lasts);
            member.start();
        }
    }

    private void freeze(JvmProcess process, Duration lasts) {
        if (process.isAlive()) {
            engine.freeze(process);
            Pause.of(lasts);
            engine.thaw(process);
        }
    }

    /** A worker whose clock is up to ten minutes before or behind takes the place of another. */
    private void putClockOff(Member worker, int choice, Duration lasts) {
        long seconds = (choice % 2 == 0 ? 1 : -1) * (5L + choice * 6L / 10);
        schedule.note("the clock is off by " + seconds + " s");
        engine.stop(worker.giveUp());
        worker.start(() -> engine.startWorker(clock.orElseThrow().environment(seconds)));
        Pause.of(lasts);
        engine.stop(worker.giveUp());
        worker.start();
    }

    private void cutPower(Duration lasts) {
        workers.forEach(worker -> engine.kill(worker.giveUp()));
        engine.kill(service.giveUp());
        temporal.kill();
        Pause.of(lasts);
        restartTemporal();
        service.start();
        workers.forEach(Member::start);
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
        List<JvmProcess> writers = processes();
        writers.stream().filter(JvmProcess::isAlive).forEach(DiskLimit::fill);
        Pause.of(lasts);
        writers.stream().filter(JvmProcess::isAlive).forEach(DiskLimit::free);
    }

    private List<JvmProcess> processes() {
        List<JvmProcess> processes =
                new ArrayList<>(workers.stream().map(Member::process).toList());
        processes.add(service.process());
        return processes;
    }

    private static void weather(TcpProxy way, TcpProxy.Weather bad, Duration lasts) {
        way.become(bad);
        Pause.of(lasts);
        way.become(TcpProxy.Weather.FAIR);
    }

    /** Stops service and workers in good order, so that nobody remembers what was stored. */
    void stopEngine() {
        List<JvmProcess> ending =
                new ArrayList<>(workers.stream().map(Member::giveUp).toList());
        ending.add(service.giveUp());
        ending.forEach(engine::stop);
        ending.forEach(process -> process.awaitEnd(SIGTERM_SECONDS));
    }

    /** Starts a service and one worker again. */
    void startAgain() {
        service.start();
        workers.getFirst().start();
        engine.awaitService();
        engine.awaitWorking(workers.getFirst().process());
    }

    @Override
    public void close() throws IOException {
        closed = true;
        workers.forEach(Member::giveUp);
        service.giveUp();
        engine.close();
        plain.close();
        executions.close();
        ledger.close();
        temporal.stop();
        toLedger.close();
        toTemporal.close();
    }
}
