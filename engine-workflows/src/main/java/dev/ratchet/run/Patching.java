package dev.ratchet.run;

import dev.ratchet.document.ErrorCode;
import dev.ratchet.plan.Node;
import dev.ratchet.plan.Scope;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Another graph for what has not begun. A patch is accepted as a whole or not at all: it must have been made for the graph
 * as it is, and leave alone what has begun. Pure.
 */
final class Patching {
    /** Patches of one run (contract, part 10). */
    static final int MOST_PATCHES = 1_000;

    /** Agent tasks that one patch of a task may add, and those of a run together. */
    static final int MOST_AGENTS = 5;

    static final int MOST_AGENTS_OF_A_RUN = 20;

    private Patching() {}

    static List<RunEvent> patch(RunView view, RunInput.Commanded in, Request.Patch patch) {
        int revision = view.revision();
        if (view.closing() != null) {
            return Requests.refused(
                    in, ErrorCode.TASK_NOT_WAITING, "Expected a run that goes on, but this one comes to its end");
        }
        if (patch.base() != revision) {
            return Requests.refused(
                    in,
                    ErrorCode.REVISION_CONFLICT,
                    "Expected a patch of revision " + revision + ", but it is one of revision " + patch.base());
        }
        String tooMuch = tooMuch(view, patch.change());
        if (tooMuch != null) {
            return Requests.refused(in, ErrorCode.LIMIT_EXCEEDED, tooMuch);
        }
        Scope other = patch.plan().root();
        TaskView begun = begun(view, other);
        return begun == null
                ? accepted(view, in, patch)
                : Requests.refused(
                        in,
                        ErrorCode.TASK_NOT_WAITING,
                        "Expected a patch of tasks that have not begun, but " + begun.key() + " is " + stateOf(begun));
    }

    private static List<RunEvent> accepted(RunView view, RunInput.Commanded in, Request.Patch patch) {
        Command command = in.command();
        List<RunEvent> events = new ArrayList<>();
        events.add(new RunEvent.CommandRead(in.at(), command, null));
        for (TaskView task : view.topological(TaskKey.ROOT)) {
            if (!stays(task, patch.plan().root()) && task.phase() != Phase.PENDING) {
                events.add(new RunEvent.Reopened(in.at(), task.key()));
            }
        }
        Revision revision =
                new Revision(view.revision() + 1, in.at(), command.id(), command.by(), command.why(), patch.change());
        events.add(new RunEvent.Patched(in.at(), revision, patch.plan()));
        return events;
    }

    private static @Nullable String tooMuch(RunView view, Change change) {
        if (view.revision() > MOST_PATCHES) {
            return "Expected at most " + MOST_PATCHES + " patches of a run, but this is one more";
        }
        if (change.agents() > MOST_AGENTS) {
            return "Expected a task to add at most " + MOST_AGENTS + " agent tasks at once, but there are "
                    + change.agents();
        }
        return view.agentsAdded() + change.agents() > MOST_AGENTS_OF_A_RUN
                ? "Expected the tasks of a run to add at most " + MOST_AGENTS_OF_A_RUN
                        + " agent tasks in all, but this makes more"
                : null;
    }

    /** A task that would be changed or removed although it has begun. */
    private static @Nullable TaskView begun(RunView view, Scope other) {
        Set<String> groups = new TreeSet<>();
        for (TaskView task : view.topological(TaskKey.ROOT)) {
            if (!stays(task, other)) {
                if (hasBegun(task)) {
                    return task;
                }
                join(task.node(), groups);
            }
        }
        for (Node node : other.nodes()) {
            TaskView known = view.task(TaskKey.root(node.id()));
            if (known == null || !known.node().equals(node)) {
                join(node, groups);
            }
        }
        return groups.stream()
                .flatMap(group -> view.members(TaskKey.ROOT, group).stream())
                .filter(TaskView::isInGroup)
                .findFirst()
                .orElse(null);
    }

    private static void join(Node node, Set<String> groups) {
        if (node.group() != null) {
            groups.add(node.group());
        }
    }

    /** Whether a task goes on as it is. */
    static boolean stays(TaskView task, Scope other) {
        int index = other.indexOf(task.key().id());
        return index >= 0 && other.node(index).equals(task.node());
    }

    /** What was tried once is not another task when it is tried again. */
    private static boolean hasBegun(TaskView task) {
        return task.attempt() > 0 || task.phase().isSettled() || Dependants.hasBegun(task);
    }

    private static String stateOf(TaskView task) {
        return task.isInGroup() && !task.phase().isSettled()
                ? "with its group on a worker"
                : task.phase().status().wire();
    }
}
