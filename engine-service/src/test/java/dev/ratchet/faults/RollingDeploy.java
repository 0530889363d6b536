package dev.ratchet.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ratchet.faults.LedgerEntry.Kind;
import dev.ratchet.service.embedded.TemporalForTests;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Workers are replaced one after the other by SIGTERM while runs go on. */
abstract class RollingDeploy {
    /** The grace of a worker, and some. */
    private static final long GONE_SECONDS = 50;

    /**
     * A worker that goes cuts its polls. One that Temporal answers in that very moment takes its attempt along, which nobody
     * ever begins: heartbeats find it. It takes a busy machine for that to happen at all.
     */
    private static final int POLLS_CUT = 3;

    private static final int TASKS = 60;
    private static final AtomicReference<JvmProcess> OLD = new AtomicReference<>();

    @RegisterExtension
    static final Stage STAGE =
            new Stage("deploy", folder -> TemporalForTests.shared().address());

    @BeforeAll
    static void replaceTheWorkers() {
        EngineProcesses engine = STAGE.engine();
        JvmProcess first = engine.startWorker();
        OLD.set(first);
        engine.awaitService();
        STAGE.ledger().hold("slow.b", Barrier.Moment.BEFORE_EFFECT);
        STAGE.submit(STAGE.document("slow").call("a").call("b", "a").call("c", "b"));
        STAGE.ledger().awaitHeld("slow.b");
        engine.awaitWorking(engine.startWorker());
        Documents busy = STAGE.document("busy").policy("max_parallelism", 6).latency(400);
        for (int i = 0; i < TASKS; i++) {
            busy.call("t%02d".formatted(i));
        }
        STAGE.submit(busy);
        int enough = 1 + STAGE.schedule.choose("effects before SIGTERM, and 1", 10);
        await("the run is under way")
                .atMost(Stage.HEALED)
                .until(() -> STAGE.ledger()
                                .read()
                                .of("default/busy")
                                .all(Kind.APPLIED)
                                .size()
                        >= enough);
        engine.stop(first);
        engine.startWorker();
    }

    @Test
    void shouldNeitherLoseNorRepeatWhatRunsWhenAWorkerIsTold() {
        RunReport report = STAGE.ends("busy", "completed", 0);

        Ledger ledger = STAGE.ledger().read();
        int cut = 0;
        for (int i = 0; i < TASKS; i++) {
            String task = "t%02d".formatted(i);
            assertThat(ledger.deliveries("default/busy/" + task)).as(task).isEqualTo(1);
            cut += report.lost(task);
        }
        assertThat(cut).as("polls cut while they were answered").isLessThanOrEqualTo(POLLS_CUT);
    }

    @Test
    void shouldGoOnElsewhereWithWhatAWorkerHandsBack() {
        OLD.get().awaitEnd(GONE_SECONDS);
        RunReport report = STAGE.ends("slow", "completed", 1);

        assertThat(report.lost("b")).isZero();
        assertThat(STAGE.ledger().read().applied("default/slow/b")).isEqualTo(1);
        assertThat(STAGE.ledger().read().all(Kind.HUNG_UP, "default/slow/b")).hasSize(1);
    }
}
