package dev.ratchet.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ratchet.faults.LedgerEntry.Kind;
import dev.ratchet.service.embedded.TemporalForTests;
import java.time.Duration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A worker is frozen while it holds calls, for longer than its heartbeats may be away, and comes back as if nothing was. */
abstract class ZombieWorker {
    private static final Duration FROZEN = Duration.ofSeconds(20);

    /** Polls of the frozen worker may swallow deliveries too. */
    private static final int FAULTS = 4;

    @RegisterExtension
    static final Stage STAGE =
            new Stage("zombie", folder -> TemporalForTests.shared().address());

    @BeforeAll
    static void freezeAWorkerAndLetItComeBack() {
        EngineProcesses engine = STAGE.engine();
        LedgerProcess ledger = STAGE.ledger();
        JvmProcess zombie = engine.startWorker();
        engine.awaitService();
        ledger.hold("undone.b", Barrier.Moment.BEFORE_EFFECT);
        ledger.hold("done.b", Barrier.Moment.AFTER_EFFECT);
        STAGE.submit(chain("undone"));
        STAGE.submit(chain("done"));
        ledger.awaitHeld("undone.b");
        ledger.awaitHeld("done.b");
        engine.awaitWorking(engine.startWorker());

        engine.freeze(zombie);
        Pause.of(FROZEN);
        ledger.release("undone.b");
        ledger.release("done.b");
        engine.thaw(zombie);
    }

    @Test
    void shouldRecordOnceWhatTheZombieHadNotDone() {
        assertRecordedOnce("undone");
    }

    @Test
    void shouldRecordOnceWhatTheZombieHadDone() {
        assertRecordedOnce("done");
    }

    private static void assertRecordedOnce(String run) {
        RunReport report = STAGE.ends(run, "completed", FAULTS);

        String key = "default/" + run + "/b";
        await("the answer to the zombie")
                .until(() -> STAGE.ledger().read().all(Kind.ANSWERED, key).size() == 2);
        assertThat(report.lost("b")).isPositive();
        assertThat(STAGE.ledger().read().applied(key)).isEqualTo(1);
        JsonNode later = STAGE.api().run(run);
        assertThat(later).as("late outcomes change nothing").isEqualTo(report.run());
    }

    private static Documents chain(String run) {
        return STAGE.document(run).call("a").call("b", "a").call("c", "b");
    }
}
