package dev.ratchet.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ratchet.plan.Plan;
import dev.ratchet.run.RunStatus;
import dev.ratchet.testkit.PlanBuilder;
import io.temporal.api.enums.v1.TimeoutType;
import io.temporal.api.failure.v1.Failure;
import io.temporal.api.failure.v1.TimeoutFailureInfo;
import io.temporal.client.WorkflowStub;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What cannot be read fails a workflow task, and is read again: the run goes the way that it would have gone. */
@Timeout(60)
class ReadsThatFailTest {
    private static final RenewalLimits EAGER = new RenewalLimits(
            new RenewalLimits.Bound(6, 1 << 30, 1_000, 1_000),
            new RenewalLimits.Bound(20_000, 1 << 30, 1_000, 1_000),
            new RenewalLimits.Bound(40_000, 1 << 30, 1_000, 1_000),
            600_000,
            600_000);

    private final Plan plan = PlanBuilder.chain("a", "b", "c").build();
    private final ScriptedWorker worker = new ScriptedWorker(plan, true);

    @Test
    void shouldReadAPlanAgainThatCouldNotBeRead() throws Exception {
        completes("plan", RenewalLimits.DEFAULT);
    }

    @Test
    void shouldReadAStoredResultAgainThatCouldNotBeRead() throws Exception {
        completes("blob", RenewalLimits.DEFAULT);
    }

    @Test
    void shouldReadAllAgainInEachExecution() throws Exception {
        completes("", EAGER);
    }

    private void completes(String reads, RenewalLimits limits) throws Exception {
        PlanSource failing = worker.failingOnce(read -> read.startsWith(reads));
        try (RunsForTests runs = new RunsForTests(failing, limits, worker)) {
            WorkflowStub run = runs.start("r1");
            Snapshot end = runs.find("r1").getResult(Snapshot.class);

            assertThat(end.run().state()).isEqualTo(RunStatus.COMPLETED);
            assertThat(end.tasks().size()
                            + end.pages().stream().mapToInt(Snapshot.Page::size).sum())
                    .isEqualTo(3);
            assertThat(worker.performed).containsExactly("a#1.1", "b#1.1", "c#1.1");
            runs.replay(run);
        }
    }

    @Test
    void shouldTakeHeartbeatDetailsOfAnotherVersionForSilence() {
        assertThat(LastWord.of(lost("not what a dispatch says"))).isEqualTo(DispatchResult.NOTHING);
        assertThat(LastWord.of(lost(DispatchResult.storedAs("ref")))).isEqualTo(DispatchResult.storedAs("ref"));
    }

    private static RuntimeException lost(Object details) {
        return RunsForTests.CONVERTER.failureToException(Failure.newBuilder()
                .setMessage("lost")
                .setTimeoutFailureInfo(TimeoutFailureInfo.newBuilder()
                        .setTimeoutType(TimeoutType.TIMEOUT_TYPE_HEARTBEAT)
                        .setLastHeartbeatDetails(
                                RunsForTests.CONVERTER.toPayloads(details).orElseThrow()))
                .build());
    }
}
