package dev.ratchet.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ratchet.faults.LedgerEntry.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Temporal is killed with -9 in the middle of a run, and then everything is; all of it comes back on the same data. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
abstract class TemporalCrash {
    private static final int WIDTH = 20;
    private static final int BATCHES = 3;
    private static final int SIDE_BY_SIDE = 10;
    private static final OwnTemporal TEMPORAL = new OwnTemporal();
    private static final List<JvmProcess> WORKER = new ArrayList<>();

    @RegisterExtension
    static final Stage STAGE = new Stage("power", TEMPORAL);

    @Test
    @Execution(ExecutionMode.SAME_THREAD)
    @Order(1)
    void shouldFinishARunThatTemporalDiedUnder() {
        EngineProcesses engine = STAGE.engine();
        WORKER.add(engine.startWorker());
        engine.awaitService();
        submitSixtyTasks("hiccup");

        awaitEffects("hiccup");
        STAGE.schedule.note("kill -9 Temporal");
        TEMPORAL.kill();
        Pause.of(Duration.ofMillis(STAGE.schedule.choose("Temporal is away for ms", 1_500)));
        TEMPORAL.restart();
        STAGE.schedule.note("Temporal is back");

        assertAllDone(STAGE.ends("hiccup", "completed", SIDE_BY_SIDE));
    }

    @Test
    @Execution(ExecutionMode.SAME_THREAD)
    @Order(2)
    void shouldFinishARunThatEverythingDiedUnder() {
        submitSixtyTasks("blackout");

        awaitEffects("blackout");
        WORKER.add(PowerCut.of(STAGE, TEMPORAL, WORKER.getLast()));

        assertAllDone(STAGE.ends("blackout", "completed", SIDE_BY_SIDE));
    }

    /** Three batches of twenty, ten at a time. */
    private static void submitSixtyTasks(String run) {
        Documents document =
                STAGE.document(run).policy("max_parallelism", SIDE_BY_SIDE).latency(300);
        String[] before = {};
        for (int batch = 0; batch < BATCHES; batch++) {
            String[] tasks = new String[WIDTH];
            for (int i = 0; i < WIDTH; i++) {
                tasks[i] = "b%d-%02d".formatted(batch, i);
                document.call(
                        tasks[i], before.length == 0 ? before : new String[] {before[i], before[(i + 1) % WIDTH]});
            }
            before = tasks;
        }
        STAGE.submit(document);
    }

    private static void awaitEffects(String run) {
        int enough = 5 + STAGE.schedule.choose("effects of " + run + " before the fault, and 5", 40);
        await("effects of " + run)
                .atMost(Stage.HEALED)
                .pollInterval(Duration.ofMillis(10))
                .until(() -> STAGE.ledger()
                                .read()
                                .of("default/" + run)
                                .all(Kind.APPLIED)
                                .size()
                        >= enough);
    }

    private static void assertAllDone(RunReport report) {
        assertThat(IntStream.range(0, WIDTH).mapToObj("b2-%02d"::formatted))
                .allMatch(task -> report.state(task).equals("completed"));
    }
}
