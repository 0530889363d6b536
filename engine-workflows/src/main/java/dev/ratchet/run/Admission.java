package dev.ratchet.run;

import dev.ratchet.document.ErrorCode;
import dev.ratchet.plan.Body;
import dev.ratchet.plan.Policies.OnConditionError;
import dev.ratchet.plan.Policies.Scheduling;
import dev.ratchet.verdict.EdgeStatus;
import dev.ratchet.verdict.Verdict;
import dev.ratchet.verdict.Verdicts;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Gives ready tasks their verdicts, a batch at a time or each at once. Pure. */
final class Admission {
    private Admission() {}

    static List<RunEvent> admit(RunView view, LaneView lane, long at) {
        List<RunEvent> events = new ArrayList<>();
        for (int index : lane.decided()) {
            events.add(rule(view, view.task(lane, index), at));
        }
        if (lane.scheduling() == Scheduling.BATCH && lane.open() > 0) {
            return events;
        }
        int before = events.size();
        for (int index : lane.ready()) {
            TaskView task = view.task(lane, index);
            events.add(task.node().needsDecision() ? new RunEvent.DecisionAsked(at, task.key()) : rule(view, task, at));
        }
        lane.readyGroups().values().forEach(group -> events.add(new RunEvent.GroupQueued(at, lane.scope(), group)));
        if (lane.scheduling() == Scheduling.BATCH
                && events.subList(before, events.size()).stream().anyMatch(Admission::opens)) {
            events.add(before, new RunEvent.BatchBegan(at, lane.scope(), lane.batches() + 1));
        }
        return events;
    }

    private static boolean opens(RunEvent event) {
        return !(event instanceof RunEvent.Skipped || event instanceof RunEvent.Failed);
    }

    private static RunEvent rule(RunView view, TaskView task, long at) {
        List<EdgeReading> edges = view.edges(task);
        boolean strict = view.plan().policy().onConditionError() == OnConditionError.FAIL;
        String undecidedEdge = strict ? edgeError(edges) : null;
        if (undecidedEdge != null) {
            return undecided(task, at, undecidedEdge);
        }
        Verdict verdict = Verdicts.of(
                task.node().rule(), edges.stream().map(EdgeReading::status).toList());
        return switch (verdict) {
            case RUN -> ownCondition(task, at, strict);
            case SKIP_UPSTREAM_FAILURE ->
                skip(task, at, SkipReason.UPSTREAM_FAILURE, sources(edges, EdgeStatus.FAILED));
            case SKIP_CONDITION -> skip(task, at, SkipReason.CONDITION, sources(edges, EdgeStatus.UNTAKEN));
            case SKIP_RULE_NOT_MET -> skip(task, at, SkipReason.RULE_NOT_MET, Stream.empty());
        };
    }

    /** Its own condition matters only to a task that runs otherwise. */
    private static RunEvent ownCondition(TaskView task, long at, boolean strict) {
        Answer when = task.whenAnswer();
        if (when != null && when.error() != null && strict) {
            return undecided(task, at, "of " + task.key() + " to be decided, but " + when.error());
        }
        return when == null || when.isYes() ? admit(task, at) : skip(task, at, SkipReason.CONDITION, Stream.empty());
    }

    /** The condition of an edge belongs to the edge's target. */
    private static @Nullable String edgeError(List<EdgeReading> edges) {
        return edges.stream()
                .filter(edge -> edge.conditionError() != null)
                .findFirst()
                .map(edge -> "of the edge from " + edge.edge().from() + " to be decided, but " + edge.conditionError())
                .orElse(null);
    }

    private static RunEvent undecided(TaskView task, long at, String what) {
        TaskError error = TaskError.of(ErrorCode.CONDITION_FAILED, "Expected the condition " + what);
        return new RunEvent.Failed(at, task.key(), null, null, error, null);
    }

    private static RunEvent admit(TaskView task, long at) {
        return switch (task.node().mode()) {
            case PREPARED, PARKED, TIMED, EXTERNAL, CHILD -> new RunEvent.PreparationAsked(at, task.key());
            case COMPOSITE ->
                task.node().body() instanceof Body.Loop loop
                        ? new RunEvent.RepeatBegan(at, task.key(), loop.maxIterations(), null)
                        : new RunEvent.PreparationAsked(at, task.key());
            case INLINE, ROUTING, DISPATCHED -> new RunEvent.Queued(at, task.key());
        };
    }

    private static Stream<String> sources(List<EdgeReading> edges, EdgeStatus status) {
        return edges.stream()
                .filter(edge -> edge.status() == status)
                .map(edge -> edge.edge().from());
    }

    private static RunEvent skip(TaskView task, long at, SkipReason reason, Stream<String> blockedBy) {
        return new RunEvent.Skipped(
                at, task.key(), reason, blockedBy.distinct().sorted().toList());
    }
}
