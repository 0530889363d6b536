package dev.ratchet.workflow;

import dev.ratchet.document.Weight;
import dev.ratchet.run.Audit;
import dev.ratchet.run.Revision;
import dev.ratchet.run.RunState;
import dev.ratchet.run.TaskPart;
import dev.ratchet.run.TaskRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Tells readers of a run, in parts of about half a megabyte: answers to queries travel beside the commands of a workflow
 * task, and the server refuses more than 2 MB in one piece.
 */
final class Telling {
    /** Bytes of a part; what a reader must know in any case comes on top. */
    static final long PART_BYTES = 512 * 1024;

    private final RunStart start;
    private final RunState state;
    private final Sealing sealing;
    private final Patches patches;

    Telling(RunStart start, RunState state, Sealing sealing, Patches patches) {
        this.start = start;
        this.state = state;
        this.sealing = sealing;
        this.patches = patches;
    }

    /** A part of what is wanted; it says where the next one begins. */
    Snapshot part(SnapshotRequest request) {
        return tell(request, PART_BYTES);
    }

    /** All there is to tell. */
    Snapshot whole() {
        return tell(SnapshotRequest.WHOLE, Long.MAX_VALUE);
    }

    private Snapshot tell(SnapshotRequest request, long most) {
        Audit audit = request.audit() && !state.audit().entries().isEmpty() ? state.audit() : null;
        Snapshot.Rest from = request.from() == null ? Snapshot.Rest.BEGINNING : request.from();
        TaskPart tasks = tasks(request, from, most);
        List<Revision> revisions = new ArrayList<>();
        Snapshot.Rest rest = tasks.last() == null
                ? revisions(request, from, most - tasks.weight(), revisions)
                : new Snapshot.Rest(tasks.last(), false, from.revisions());
        return new Snapshot(
                state.record(),
                tasks.tasks(),
                pages(request),
                planFor(request),
                new Snapshot.RunFacts(
                        start.run().id(),
                        start.run().organization(),
                        start.name(),
                        start.run().labels(),
                        start.createdAt(),
                        start.document(),
                        start.rerunOf(),
                        start.parent()),
                revisions,
                audit,
                rest,
                null);
    }

    private TaskPart tasks(SnapshotRequest request, Snapshot.Rest from, long most) {
        if (!request.tasks() || from.toldTasks()) {
            return TaskPart.NONE;
        }
        if (request.only().isEmpty()) {
            return state.part(request.since(), from.after(), most);
        }
        List<TaskRecord> wanted = request.only().stream()
                .map(state::told)
                .flatMap(Optional::stream)
                .toList();
        return new TaskPart(wanted, 0, null);
    }

    /** The pages that may hold something wanted. */
    private List<Snapshot.Page> pages(SnapshotRequest request) {
        boolean wanted = request.tasks()
                && (request.only().isEmpty() || request.only().stream().anyMatch(state::maybeSealed));
        return wanted
                ? sealing.pages().stream()
                        .filter(page -> page.version() > request.since())
                        .toList()
                : List.of();
    }

    /** Adds as many as there is room for, but at least one; returns where the rest begins. */
    private Snapshot.@Nullable Rest revisions(
            SnapshotRequest request, Snapshot.Rest from, long room, List<Revision> part) {
        List<Revision> all = state.revisions();
        int next = switch (request.revisions()) {
            case NONE -> all.size();
            case LAST -> Math.max(0, all.size() - 1);
            case ALL -> from.revisions();
        };
        long weight = 0;
        for (; next < all.size(); next++) {
            weight += Weight.of(all.get(next));
            if (weight > room && !part.isEmpty()) {
                return new Snapshot.Rest(null, true, next);
            }
            part.add(all.get(next));
        }
        return null;
    }

    /** Readers come often and mostly have the plan already. */
    private PlanRef planFor(SnapshotRequest request) {
        PlanRef plan = patches.plan(start.plan());
        return plan.hash().equals(request.knownPlan()) ? new PlanRef(plan.hash(), null) : plan;
    }
}
