package dev.ratchet.service.gateway;

import dev.ratchet.run.RunRecord;
import dev.ratchet.run.RunStatus;
import dev.ratchet.run.Usage;
import dev.ratchet.workflow.RunStart;
import dev.ratchet.workflow.Snapshot;
import io.temporal.api.history.v1.HistoryEvent;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A run whose execution ended before any worker took it up: what it was started with is all there ever was. */
final class Unbegun {
    private final TemporalRpc rpc;

    Unbegun(TemporalRpc rpc) {
        this.rpc = rpc;
    }

    /** @return null when it was taken up, or goes on from an earlier execution */
    @Nullable
    Snapshot of(List<HistoryEvent> events) {
        boolean begun = events.stream().anyMatch(HistoryEvent::hasWorkflowTaskCompletedEventAttributes);
        RunStart start = begun || events.isEmpty()
                ? null
                : rpc.value(
                        events.getFirst()
                                .getWorkflowExecutionStartedEventAttributes()
                                .getInput(),
                        RunStart.class);
        return start == null || start.carried() != null ? null : of(start);
    }

    private static Snapshot of(RunStart start) {
        RunRecord nothing = new RunRecord(
                RunStatus.PENDING,
                0,
                1,
                null,
                null,
                start.createdAt(),
                null,
                null,
                Usage.NONE,
                null,
                null,
                null,
                null,
                0);
        Snapshot.RunFacts facts = new Snapshot.RunFacts(
                start.run().id(),
                start.run().organization(),
                start.name(),
                start.run().labels(),
                start.createdAt(),
                start.document(),
                start.rerunOf(),
                start.parent());
        return new Snapshot(nothing, List.of(), List.of(), start.plan(), facts, List.of());
    }
}
