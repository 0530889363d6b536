package dev.ratchet.faults;

import dev.ratchet.faults.FaultPlan.Hit;
import dev.ratchet.replay.Replay;
import dev.ratchet.task.blob.BlobPlanSource;
import dev.ratchet.task.blob.FolderBlobStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;

/**
 * One round of a campaign, on processes of its own: a minute of drawn runs under drawn faults, then all is healed, every run
 * must end, and everything is checked. A seed gives the same documents in the same order, and the same faults at the same
 * second. Not thread-safe.
 */
final class Round {
    private static final int LOAD_MS = 60_000;
    private static final int BETWEEN_RUNS_MS = 1_200;
    private static final int MOST_OPEN = 16;
    private static final int REPLAYED = 5;

    /** I10, and the longest timeout that a drawn document has. */
    private static final Duration PATIENCE = Stage.HEALED.plusSeconds(20);

    private final long seed;
    private final Schedule schedule;
    private final Findings findings = new Findings();
    private final FaultTimes times = new FaultTimes();
    private final List<Operator> operators = new ArrayList<>();
    private final Map<Operator, Thread> threads = new LinkedHashMap<>();
    private String notes = "";

    Round(long seed) {
        this.seed = seed;
        this.schedule = new Schedule(seed, "./ratchet chaos 1 --seed " + seed);
    }

    RoundResult play(Path folder) throws IOException {
        try (Fleet fleet = Fleet.start(schedule, folder)) {
            PatientClient client = new PatientClient(fleet.api(), findings);
            load(fleet, client);
            awaitEnds(client);
            client.close();
            check(fleet);
            damage(fleet, folder);
            notes = client + "; " + fleet.restarts() + " processes ended by themselves; " + notes;
        } catch (RuntimeException | Error failed) {
            findings.add("round", "seed " + seed, "could not be played to its end: %s", failed);
        }
        if (!findings.all().isEmpty()) {
            keep(folder);
        }
        return new RoundResult(
                seed, operators.size(), times.counts(), findings.all(), notes, schedule.toString(), folder);
    }

    private void load(Fleet fleet, PatientClient client) {
        FaultPlan plan = FaultPlan.draw(Chance.of(seed, -1), LOAD_MS, fleet.possible());
        List<Thread> faults = begin(fleet, plan);
        Thread.ofVirtual().start(new AgentHand(client));
        submit(client, fleet.ledger());
        faults.forEach(Round::join);
        schedule.note("all is healed");
    }

    /** One thread for each fault, so that two can be there at once. */
    private List<Thread> begin(Fleet fleet, FaultPlan plan) {
        long start = System.nanoTime();
        List<Thread> threads = new ArrayList<>();
        for (Hit hit : plan.hits()) {
            List<Thread> before = conflicting(hit, plan, threads);
            threads.add(Thread.ofVirtual().start(() -> {
                Pause.of(Duration.ofMillis(hit.atMs()).minusNanos(System.nanoTime() - start));
                before.forEach(Round::join);
                suffer(fleet, hit);
            }));
        }
        return threads;
    }

    /** Faults of the same targets wait for each other, should healing one take longer than it was planned to. */
    private static List<Thread> conflicting(Hit hit, FaultPlan plan, List<Thread> threads) {
        List<Thread> conflicting = new ArrayList<>();
        for (int i = 0; i < threads.size(); i++) {
            Hit before = plan.hits().get(i);
            if (before.fault().targets().stream().anyMatch(hit.fault().targets()::contains)) {
                conflicting.add(threads.get(i));
            }
        }
        return conflicting;
    }

    private void suffer(Fleet fleet, Hit hit) {
        long from = System.currentTimeMillis();
        try {
            fleet.suffer(hit);
        } catch (RuntimeException | Error failed) {
            findings.add("fault", hit.fault().name(), "could not be carried out: %s", failed);
        } finally {
            times.add(hit.fault(), from, System.currentTimeMillis());
        }
    }

    private void submit(PatientClient client, LedgerProcess ledger) {
        long start = System.nanoTime();
        Semaphore open = new Semaphore(MOST_OPEN);
        for (int number = 0; number * BETWEEN_RUNS_MS < LOAD_MS; number++) {
            Pause.of(Duration.ofMillis((long) number * BETWEEN_RUNS_MS).minusNanos(System.nanoTime() - start));
            open.acquireUninterruptibly();
            if (Duration.ofNanos(System.nanoTime() - start).toMillis() > LOAD_MS) {
                return;
            }
            Operator operator = new Operator(RunDrawing.draw(seed, number, ledger::url), client, ledger, findings);
            schedule.note(
                    "submit " + operator.run().id() + " (" + operator.run().meddling() + ")");
            operators.add(operator);
            threads.put(operator, Thread.ofVirtual().start(() -> {
                try {
                    operator.accompany();
                } finally {
                    open.release();
                }
            }));
        }
    }

    private void awaitEnds(PatientClient client) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        threads.forEach((operator, thread) -> {
            long left = deadline - System.nanoTime();
            if (!joined(thread, Duration.ofNanos(Math.max(1, left)))) {
                findings.add(
                        "I10",
                        operator.run().id(),
                        "has not ended %s after the last fault was healed: %s",
                        PATIENCE,
                        client.once(
                                "last look",
                                () -> client.api().get("/runs/" + operator.run().id(), 30)));
            }
        });
        schedule.note("all ends are awaited");
    }

    private void check(Fleet fleet) {
        PatientClient client = new PatientClient(fleet.api(), findings);
        Ledger ledger = fleet.ledger().read();
        for (Operator operator : operators) {
            if (operator.isAccepted() && operator.isEnded()) {
                try {
                    check(operator, client, fleet.executions(), ledger);
                } catch (RuntimeException failed) {
                    findings.add("check", operator.run().id(), "could not be checked: %s", failed);
                }
            }
        }
        schedule.note("all is checked");
    }

    private void check(Operator operator, PatientClient client, Executions executions, Ledger ledger) {
        String run = operator.run().id();
        client.run(run)
                .ifPresentOrElse(
                        told -> new DrawnRunCheck(operator.end(told), client, ledger, times, findings).check(),
                        () -> findings.add("I1", run, "was accepted, but is not there"));
        long chains = executions.chains(run);
        if (chains != 1) {
            findings.add("I2", run, "Temporal has %d executions of it", chains);
        }
    }

    private void damage(Fleet fleet, Path folder) throws IOException {
        replay(fleet, folder);
        List<String> runs = operators.stream()
                .filter(Operator::isEnded)
                .map(operator -> operator.run().id())
                .toList();
        PatientClient client = new PatientClient(fleet.api(), findings);
        BlobDamage damage = new BlobDamage(folder.resolve("blobs"), Chance.of(seed, -2), findings);
        fleet.stopEngine();
        damage.strike();
        fleet.startAgain();
        damage.read(client, runs);
        damage.mend();
        damage.readMended(client, runs);
        notes = damage.toString();
        schedule.note(notes);
    }

    /** I12, for some: it takes time. */
    private void replay(Fleet fleet, Path folder) {
        try (Replay replay = Replay.today()) {
            for (int i = 0; i < operators.size(); i += REPLAYED) {
                String run = operators.get(i).run().id();
                if (operators.get(i).isEnded()) {
                    try {
                        replay.replay(
                                fleet.executions().history(run),
                                new BlobPlanSource(new FolderBlobStore(folder.resolve("blobs"))));
                    } catch (Exception failed) {
                        findings.add("I12", run, "does not replay: %s", failed);
                    }
                }
            }
        }
        schedule.note("some are replayed");
    }

    /** Documents of the runs that something was found of. */
    private void keep(Path folder) throws IOException {
        for (Operator operator : operators) {
            if (findings.all().stream()
                    .anyMatch(each -> each.about().contains(operator.run().id()))) {
                Files.writeString(
                        folder.resolve(operator.run().id() + ".json"),
                        operator.run().document().toPrettyString());
            }
        }
        Files.writeString(folder.resolve("schedule.txt"), schedule.toString());
    }

    private static void join(Thread thread) {
        joined(thread, Duration.ofMinutes(5));
    }

    private static boolean joined(Thread thread, Duration patience) {
        try {
            return thread.join(patience);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
