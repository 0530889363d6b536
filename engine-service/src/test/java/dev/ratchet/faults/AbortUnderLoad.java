package dev.ratchet.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ratchet.faults.LedgerEntry.Kind;
import dev.ratchet.service.embedded.TemporalForTests;
import java.time.Duration;
import java.util.Comparator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A run with many calls in flight is aborted (invariant I9 of {@code docs/reliability.md}). */
abstract class AbortUnderLoad {
    private static final int TASKS = 100;
    private static final int SIDE_BY_SIDE = 30;
    private static final long LONGER_THAN_ALL_THIS_MS = 120_000;

    @RegisterExtension
    static final Stage STAGE =
            new Stage("abort", folder -> TemporalForTests.shared().address());

    @Test
    void shouldStartNothingMoreAndHangUpWhenARunIsAborted() throws Exception {
        EngineProcesses engine = STAGE.engine();
        JvmProcess worker = engine.startWorker();
        engine.awaitService();
        engine.awaitWorking(worker);
        Documents document = STAGE.document("stopped").policy("max_parallelism", SIDE_BY_SIDE);
        for (int i = 0; i < TASKS; i++) {
            document.latency(i < SIDE_BY_SIDE / 2 ? 200 : LONGER_THAN_ALL_THIS_MS)
                    .call("t%03d".formatted(i));
        }
        STAGE.submit(document);
        await("calls in flight").atMost(Stage.HEALED).until(() -> calls().live() >= SIDE_BY_SIDE / 2);

        EngineApi.Answer answer = STAGE.api().abort("stopped");
        long aborted = System.currentTimeMillis();
        STAGE.schedule.note("abort answered with " + answer.status());

        assertThat(answer.status()).as("%s", answer.body()).isEqualTo(202);
        await("closed sockets")
                .atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(50))
                .until(() -> calls().live() == 0);
        RunReport report = STAGE.ends("stopped", "aborted", 0);
        assertThat(last(Kind.DELIVERED)).as("the last call").isLessThanOrEqualTo(aborted + 2_000);
        assertThat(last(Kind.HUNG_UP)).as("the last socket closed").isLessThanOrEqualTo(aborted + 5_000);
        assertThat(report.run().path("ended_at").asLong()).isLessThanOrEqualTo(aborted + 10_000);
        assertThat(calls().all(Kind.HUNG_UP)).isNotEmpty();
        assertThat(calls().all(Kind.DELIVERED)).hasSizeLessThan(TASKS);
    }

    private static Ledger calls() {
        return STAGE.ledger().read().of("default/stopped");
    }

    private static long last(Kind kind) {
        return calls().all(kind).stream()
                .map(LedgerEntry::at)
                .max(Comparator.naturalOrder())
                .orElse(0L);
    }
}
