package dev.ratchet.run;

import dev.ratchet.plan.Policies.OnFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which members of a lost group may have begun although nobody heard of it. A worker goes on with a group by itself, and what
 * it had done is told only now and then: the sources of a member may have completed unheard. Pure.
 */
final class UnheardMembers {
    private UnheardMembers() {}

    /** Those that have effects, in topological order; attempts that the dispatch is known to owe are not among them. */
    static List<TaskKey> of(RunView view, long dispatch) {
        List<TaskView> members = view.carried(dispatch);
        List<TaskKey> unheard = new ArrayList<>();
        Set<String> closed = new TreeSet<>();
        if (view.plan().policy().onFailure() != OnFailure.SKIP_DEPENDENTS
                && members.stream().anyMatch(UnheardMembers::stopsOthers)) {
            return unheard;
        }
        for (TaskView member : members) {
            boolean reached = member.node().edges().stream().noneMatch(edge -> closed.contains(edge.from()));
            if (isOver(member) || (!reached && !member.phase().isSettled())) {
                closed.add(member.key().id());
            } else if (mayBegin(member) && member.node().mode().holdsSlot()) {
                unheard.add(member.key());
            }
        }
        return unheard;
    }

    /** Whether its worker began nothing further once it had this outcome. */
    private static boolean stopsOthers(TaskView member) {
        return member.phase() == Phase.FAILED && !member.node().allowFailure();
    }

    /** Whether the group can only go on with it after a delay, or with money, which are the run's to give. */
    private static boolean isOver(TaskView member) {
        return member.phase() == Phase.BACKING_OFF || member.phase() == Phase.AWAITING_BUDGET;
    }

    private static boolean mayBegin(TaskView member) {
        return switch (member.phase()) {
            case PENDING, DECIDING, DECIDED, PREPARING, QUEUED, GROUPED -> true;
            case RUNNING, EXECUTING, AWAITING_BUDGET, BACKING_OFF, PARKED, DELEGATED, REPEATING -> false;
            case COMPLETED, FAILED, SKIPPED, CANCELLED -> false;
        };
    }
}
