package dev.ratchet.run;

import dev.ratchet.plan.Node;
import dev.ratchet.plan.Plan;
import dev.ratchet.plan.Scope;
import dev.ratchet.plan.TaskSpec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/** The part of a plan that travels with a group: its members, and the settled tasks outside that they need. Pure. */
final class PieceOfPlan {
    private PieceOfPlan() {}

    static RunCommand.DispatchGroup of(RunState view, RunEvent.GroupHandedOver event) {
        Map<String, Node> piece = new LinkedHashMap<>();
        List<CarriedTask> settled = new ArrayList<>();
        Set<String> members = new TreeSet<>();
        List<TaskView> tasks = view.members(event.scope(), event.group());
        tasks.forEach(task -> members.add(task.key().id()));
        long timeout = 0;
        for (TaskView member : tasks) {
            piece.put(member.key().id(), member.node());
            timeout += member.node().task().timeoutMs() * member.node().retry().maxAttempts();
            for (String outside : outside(member.node(), members)) {
                TaskKey source = new TaskKey(event.scope(), outside);
                if (piece.put(outside, withoutEdges(node(view, source))) == null) {
                    settled.add(view.carried(source));
                }
            }
        }
        return new RunCommand.DispatchGroup(
                event.dispatch(),
                event.group(),
                new Plan(view.plan().policy(), new Scope(List.copyOf(piece.values()))),
                settled,
                event.slots(),
                timeout,
                tasks.getFirst().node().taskQueue());
    }

    private static Set<String> outside(Node member, Set<String> members) {
        Set<String> outside = new TreeSet<>(member.task().reads());
        outside.addAll(member.lateReads());
        member.edges().forEach(edge -> outside.add(edge.from()));
        outside.removeAll(members);
        return outside;
    }

    /** A settled task as a group sees it: a node that needs nothing any more. */
    private static Node withoutEdges(Node node) {
        TaskSpec task = node.task();
        return new Node(
                new TaskSpec(
                        task.id(),
                        task.type(),
                        null,
                        null,
                        null,
                        List.of(),
                        null,
                        task.questions(),
                        List.of(),
                        task.timeoutMs()),
                node.mode(),
                node.quick(),
                List.of(),
                List.of(),
                null,
                List.of(),
                node.rule(),
                node.retry(),
                node.allowFailure(),
                null,
                null,
                null,
                0,
                null);
    }

    private static Node node(RunState view, TaskKey key) {
        return Objects.requireNonNull(view.task(key)).node();
    }
}
