package dev.ratchet.run;

import dev.ratchet.plan.Plan;
import java.util.Objects;

/**
 * Carries the tasks of a scope over into another graph. Tasks whose node is the same go on as they are, under the number
 * that they have there; all others begin anew. What follows from the phases of tasks is built again.
 */
final class PatchedScope {
    private final ScopeState before;
    private final ScopeState after;

    private PatchedScope(ScopeState before, ScopeState after) {
        this.before = before;
        this.after = after;
    }

    static ScopeState of(ScopeState before, Plan plan, OpenDispatches open, Tally tally) {
        before.withdraw();
        ScopeState after = new ScopeState(plan.root(), plan.policy(), tally);
        after.withdraw();
        after.follow(before);
        new PatchedScope(before, after).carryOver(open);
        return after;
    }

    private void carryOver(OpenDispatches open) {
        follow(before.main, after.main);
        after.tasks.replaceAll(this::keep);
        after.tasks.forEach(this::countSources);
        after.groups.values().forEach(this::keep);
        open.groupLanes().replaceAll((dispatch, lane) -> lane.scope().equals(after.path()) ? keep(lane) : lane);
        after.tasks.forEach(task -> {
            task.lane = task.lane.isGroup() ? task.lane : after.main;
            after.place(task);
        });
        after.groups.values().forEach(after::place);
    }

    private TaskState keep(TaskState fresh) {
        int index = before.scope.indexOf(fresh.key.id());
        TaskState known = index < 0 ? null : before.tasks.get(index);
        if (known == null || !known.node.equals(fresh.node)) {
            return fresh;
        }
        known.index = fresh.index;
        known.node = fresh.node;
        return known;
    }

    private void countSources(TaskState task) {
        int open = 0;
        for (int source : after.scope.sources(task.index)) {
            open += after.tasks.get(source).phase.isSettled() ? 0 : 1;
        }
        task.unsettledSources = open;
    }

    private void keep(GroupState group) {
        GroupState known = before.groups.get(group.name);
        group.dissolved |= known != null && known.dissolved;
        group.externalOpen = after.externalEdges(group);
    }

    /** A worker has all of a group, so its members are the same in both graphs. */
    private Lane keep(Lane known) {
        TaskState first = before.tasks.get(known.members().getFirst());
        GroupState group = after.group(Objects.requireNonNull(first.node.group()));
        Lane lane = after.main.ofGroup(group, known.dispatch(), known.slots(), known.handedAt());
        follow(known, lane);
        group.members.forEach(member -> after.tasks.get(member).lane = lane);
        after.main.countGroup(1);
        return lane;
    }

    private static void follow(Lane known, Lane lane) {
        lane.batches = known.batches;
        lane.failed = known.failed;
        lane.cancelled = known.cancelled;
    }
}
