package dev.ratchet.service.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ratchet.document.Json;
import dev.ratchet.plan.Plan;
import dev.ratchet.run.RunFold;
import dev.ratchet.run.RunInput;
import dev.ratchet.run.RunState;
import dev.ratchet.run.TaskKey;
import dev.ratchet.run.TaskPart;
import dev.ratchet.run.TaskRecord;
import dev.ratchet.run.Value;
import dev.ratchet.task.blob.FolderBlobStore;
import dev.ratchet.testkit.PlanBuilder;
import dev.ratchet.workflow.PlanRef;
import dev.ratchet.workflow.Snapshot;
import dev.ratchet.workflow.SnapshotRequest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SnapshotPartsTest {
    private final Plan plan = plan();
    private final RunState state = new RunState(plan);
    private final RunFold run = new RunFold(state);
    private final List<SnapshotRequest> asked = new ArrayList<>();

    @TempDir
    private Path folder;

    private Runnable between = () -> {};

    @Test
    void shouldJoinThePartsOfARunThatHoldsStill() {
        begin();

        Snapshot whole = read();

        assertThat(whole.tasks()).isEqualTo(state.records(0));
        assertThat(whole.rest()).isNull();
        assertThat(asked).hasSizeGreaterThan(3).allMatch(request -> request.since() == 0);
    }

    @Test
    void shouldAskForWhatChangedMeanwhile() {
        begin();
        between = () -> {
            if (asked.size() == 3) {
                cancel("t00");
                cancel("t29");
            }
        };

        Snapshot whole = read();

        assertThat(whole.run().version()).isEqualTo(state.version());
        assertThat(whole.tasks()).containsExactlyInAnyOrderElementsOf(state.records(0));
        assertThat(asked.getLast().since()).isPositive();
    }

    @Test
    void shouldMissNothingUpToItsVersionOfARunThatNeverHoldsStill() {
        begin();
        int[] next = {0};
        between = () -> cancel("t%02d".formatted(next[0]++ % 30));

        Snapshot whole = read();

        for (TaskRecord task : whole.tasks()) {
            TaskRecord now = state.told(task.key()).orElseThrow();
            assertThat(task.version() == now.version()
                            || now.version() > whole.run().version())
                    .as("%s", task.key())
                    .isTrue();
        }
        assertThat(whole.tasks()).hasSize(30);
        assertThat(asked).hasSizeLessThan(80);
    }

    @Test
    void shouldAskForThePlanOnlyOnce() {
        begin();
        LivingRuns living =
                new LivingRuns((id, request) -> answer(request), new KnownPlans(new FolderBlobStore(folder)));

        living.read("acme/r1", new SnapshotRequest(0, true));
        int first = asked.size();
        living.read("acme/r1", new SnapshotRequest(0, true));

        assertThat(asked.getFirst().knownPlan()).isNull();
        assertThat(asked.subList(1, asked.size())).allMatch(request -> "hash".equals(request.knownPlan()));
        assertThat(asked).hasSize(2 * first);
    }

    private Snapshot read() {
        QueryAnswer<Snapshot> answer = SnapshotParts.read(this::answer, new SnapshotRequest(0, true));
        return ((QueryAnswer.Answered<Snapshot>) answer).value();
    }

    /** As a run answers: a few tasks at a time. */
    private QueryAnswer<Snapshot> answer(SnapshotRequest request) {
        asked.add(request);
        between.run();
        TaskPart part = state.part(
                request.since(), request.from() == null ? null : request.from().after(), 900);
        boolean known = "hash".equals(request.knownPlan());
        return new QueryAnswer.Answered<>(new Snapshot(
                state.record(),
                part.tasks(),
                List.of(),
                new PlanRef("hash", known ? null : Json.tree(plan)),
                new Snapshot.RunFacts("r1", "acme", null, Map.of(), 1, Value.of(Json.tree(Map.of()))),
                List.of(),
                null,
                part.last() == null ? null : new Snapshot.Rest(part.last(), false, 0),
                null));
    }

    private void begin() {
        run.feed(new RunInput.Begin(1));
        run.proceed(1);
    }

    private void cancel(String id) {
        state.apply(new dev.ratchet.run.RunEvent.HandedBack(2, TaskKey.root(id)));
    }

    private static Plan plan() {
        PlanBuilder plan = new PlanBuilder();
        for (int i = 0; i < 30; i++) {
            plan.task("t%02d".formatted(i)).mode(dev.ratchet.plan.Policies.ExecutionMode.PARKED);
        }
        return plan.build();
    }
}
