package dev.ratchet.run;

import dev.ratchet.plan.Edge;
import dev.ratchet.plan.Node;
import dev.ratchet.plan.Policies.ExecutionMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a run will want after an inline task, as long as that is one inline task after the other: whoever does the first
 * may go on with them, and so spare the run a trip for each. A guess and no verdict: the run takes in only what it would
 * have started itself. Pure.
 */
final class Ahead {
    /** As many as jobs that share one local activity. */
    private static final int LONGEST = 64;

    private final RunView view;
    private final Sight sight;

    Ahead(RunView view, Sight sight) {
        this.view = view;
        this.sight = sight;
    }

    /** The chain behind a task that is executed; what it reads of tasks that have settled is added to the sources. */
    List<InlineJob.Execute> of(TaskView first, Map<String, Source> sources) {
        List<InlineJob.Execute> chain = new ArrayList<>();
        Set<String> before = new TreeSet<>();
        before.add(first.key().id());
        TaskView last = first;
        while (chain.size() < LONGEST) {
            List<TaskView> targets = view.targets(last);
            if (targets.size() != 1 || !follows(targets.getFirst(), last)) {
                return chain;
            }
            last = targets.getFirst();
            chain.add(new InlineJob.Execute(attempt(last, before, sources)));
            before.add(last.key().id());
        }
        return chain;
    }

    /** Whether nothing but a source's outcome decides about a task, which then is carried out at once. */
    private static boolean follows(TaskView task, TaskView source) {
        Node node = task.node();
        return node.mode().isInline()
                && node.group() == null
                && !node.needsDecision()
                && task.phase() == Phase.PENDING
                && task.ownAttempts() == 0
                && task.given() == null
                && node.edges().stream()
                        .allMatch(edge -> edge.from().equals(source.key().id()));
    }

    /** Its first attempt, all its edges live. */
    private Attempt attempt(TaskView task, Set<String> before, Map<String, Source> sources) {
        Node node = task.node();
        List<String> settled =
                node.task().reads().stream().filter(id -> !before.contains(id)).toList();
        sight.addSources(task, settled, sources);
        List<Attempt.Feed> feeds = new ArrayList<>();
        for (Edge edge : node.edges()) {
            String input = edge.toInput();
            if (input != null) {
                feeds.add(new Attempt.Feed(edge.from(), edge.port(), input));
            }
        }
        List<String> context = node.mode() == ExecutionMode.ROUTING
                ? node.edges().stream().map(Edge::from).distinct().toList()
                : List.of();
        return new Attempt(
                task.key(), node.task(), task.attempt() + 1, 1, feeds, context, null, task.earlierAttempts());
    }
}
