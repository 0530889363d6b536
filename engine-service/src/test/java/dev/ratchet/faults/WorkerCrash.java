package dev.ratchet.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ratchet.faults.LedgerEntry.Kind;
import dev.ratchet.service.embedded.TemporalForTests;
import java.time.Duration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The only worker is killed with -9 while it holds runs at different moments; another one takes over. */
abstract class WorkerCrash {
    private static final String POOL = "pool-" + ProcessHandle.current().pid();
    private static final int TOGETHER = 6;

    /** Heartbeats bring what is settled every second. */
    private static final Duration REPORTED = Duration.ofSeconds(3);

    private static final long LONG_MS = 12_000;
    private static final long SHORT_MS = 1_500;
    private static final long LATE_MS = 5_000;

    @RegisterExtension
    static final Stage STAGE =
            new Stage("crash", folder -> TemporalForTests.shared().address());

    @BeforeAll
    static void killTheWorkerAtFourMoments() {
        EngineProcesses engine = STAGE.engine();
        LedgerProcess ledger = STAGE.ledger();
        JvmProcess first = engine.startWorker();
        engine.startPool(POOL);
        engine.awaitService();
        ledger.hold("before.b", Barrier.Moment.BEFORE_EFFECT);
        ledger.hold("after.b", Barrier.Moment.AFTER_EFFECT);
        ledger.hold("between.b", Barrier.Moment.AFTER_EFFECT);
        STAGE.submit(chain("before"));
        STAGE.submit(chain("after"));
        STAGE.submit(STAGE.document("between").call("a").callOn(POOL, "b", "a").call("c", "b"));
        STAGE.submit(waiting("timer", LONG_MS));
        submitPackAndGroup(ledger);
        ledger.awaitHeld("before.b");
        ledger.awaitHeld("after.b");
        ledger.awaitHeld("between.b");
        ledger.awaitHeld("pack.t3");
        ledger.awaitHeld("group.t3");
        await().until(() -> STAGE.api()
                .run("timer")
                .path("tasks")
                .path("w")
                .path("state")
                .asText()
                .equals("waiting"));

        Pause.of(REPORTED);
        engine.kill(first);
        ledger.release("between.b");
        engine.awaitWorking(engine.startWorker());
    }

    /** In each of them one call is held; what is done beside or before it is long reported when the worker dies. */
    private static void submitPackAndGroup(LedgerProcess ledger) {
        ledger.hold("pack.t3", Barrier.Moment.BEFORE_EFFECT);
        ledger.hold("group.t3", Barrier.Moment.AFTER_EFFECT);
        Documents pack = STAGE.document("pack").policy("tasks_per_activity", 8);
        Documents group = STAGE.document("group");
        for (int i = 0; i < TOGETHER; i++) {
            pack.call("t" + i);
            if (i == 0) {
                group.callIn("g", "t0");
            } else {
                group.callIn("g", "t" + i, "t" + (i - 1));
            }
        }
        STAGE.submit(pack);
        STAGE.submit(group);
    }

    @Test
    void shouldDeliverAgainWhatTheLostWorkerHadNotDone() {
        RunReport report = STAGE.ends("before", "completed", 1);

        assertDeliveredTwice(report, "before");
    }

    @Test
    void shouldApplyOnceWhatTheLostWorkerHadDoneAndNotReported() {
        RunReport report = STAGE.ends("after", "completed", 1);

        assertDeliveredTwice(report, "after");
    }

    @Test
    void shouldRepeatOfAPackOnlyWhatWasNotReported() {
        assertOnlyTheHeldOneIsRepeated(STAGE.ends("pack", "completed", 1), "pack");
    }

    @Test
    void shouldRepeatOfAGroupOnlyWhatWasNotReported() {
        assertOnlyTheHeldOneIsRepeated(STAGE.ends("group", "completed", 1), "group");
    }

    private static void assertOnlyTheHeldOneIsRepeated(RunReport report, String run) {
        Ledger ledger = STAGE.ledger().read();
        for (int i = 0; i < TOGETHER; i++) {
            assertThat(ledger.deliveries("default/" + run + "/t" + i))
                    .as("t%d", i)
                    .isEqualTo(i == 3 ? 2 : 1);
        }
        assertThat(report.lost("t3")).isEqualTo(1);
    }

    @Test
    void shouldGoOnFromBetweenTwoBatches() {
        RunReport report = STAGE.ends("between", "completed", 0);

        assertThat(report.lost("b")).isZero();
        assertThat(report.deliveries("b")).isEqualTo(1);
    }

    @Test
    void shouldKeepATimerOverTheLossOfItsWorker() {
        STAGE.ends("timer", "completed", 0);

        assertThat(waited("timer")).as("not early").isGreaterThanOrEqualTo(Duration.ofMillis(LONG_MS));
    }

    @Test
    void shouldFireATimerNeitherEarlyNorLate() {
        STAGE.ends("timer", "completed", 0);
        STAGE.submit(waiting("punctual", SHORT_MS));
        STAGE.ends("punctual", "completed", 0);

        assertThat(waited("punctual")).isBetween(Duration.ofMillis(SHORT_MS), Duration.ofMillis(SHORT_MS + LATE_MS));
    }

    private static Documents waiting(String run, long millis) {
        return STAGE.document(run).call("a").waiting("w", millis, "a").call("c", "w");
    }

    /** By the ledger's monotonic clock. */
    private static Duration waited(String run) {
        Ledger ledger = STAGE.ledger().read();
        return Duration.ofNanos(ledger.first(Kind.DELIVERED, "default/" + run + "/c")
                - ledger.first(Kind.ANSWERED, "default/" + run + "/a"));
    }

    private static void assertDeliveredTwice(RunReport report, String run) {
        assertThat(report.deliveries("b")).isEqualTo(2);
        assertThat(report.lost("b")).isEqualTo(1);
        assertThat(STAGE.ledger().read().deliveries("default/" + run + "/b")).isEqualTo(2);
        assertThat(STAGE.ledger().read().applied("default/" + run + "/b")).isEqualTo(1);
    }

    private static Documents chain(String run) {
        return STAGE.document(run).call("a").call("b", "a").call("c", "b");
    }
}
