package dev.ratchet.run;

import dev.ratchet.plan.Node;
import dev.ratchet.plan.Policies.ExecutionMode;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** What tasks see of the run when they are handed out: builds attempts, and collects the settled tasks that they read. */
final class Sight {
    private static final String COMPLETED = TaskStatus.COMPLETED.wire();

    private final RunView view;

    Sight(RunView view) {
        this.view = view;
    }

    /** The task's next attempt, or the one in flight; what it reads is added to the sources. */
    Attempt attempt(TaskView task, Map<String, Source> sources) {
        Node node = task.node();
        EdgeMarks marks = task.edgeMarks();
        EdgeMarks edges = marks == null ? EdgeMarks.of(view, task) : marks;
        List<Attempt.Feed> feeds = edges.feeds(node);
        feeds.forEach(feed -> addSources(task, List.of(feed.from()), sources));
        List<String> context = (node.mode() == ExecutionMode.PREPARED && task.payload() == null)
                        || node.mode() == ExecutionMode.ROUTING
                ? edges.context(node)
                : List.of();
        addSources(task, context, sources);
        addSources(task, node.task().reads(), sources);
        addSurroundings(task, sources);
        boolean running = task.phase().isInFlight();
        return new Attempt(
                task.key(),
                node.task(),
                running ? task.attempt() : task.attempt() + 1,
                running ? task.delivery() : 1,
                feeds,
                context,
                task.payload(),
                task.earlierAttempts());
    }

    /** Adds the tasks that ids mean to a task. */
    void addSources(TaskView reader, List<String> ids, Map<String, Source> sources) {
        for (String id : ids) {
            addSource(inSight(reader, id), sources);
        }
    }

    static void addSource(TaskView source, Map<String, Source> sources) {
        sources.computeIfAbsent(
                source.key().toString(),
                key -> new Source(source.phase().status().wire(), source.output(), source.error()));
    }

    /** What {@code item} and {@code previous} mean to a task in a body, under the names of their scopes. */
    void addSurroundings(TaskView task, Map<String, Source> sources) {
        for (String path = task.key().scope(); !path.isEmpty(); path = ScopePath.outer(path)) {
            TaskKey composite = ScopePath.composite(path);
            RepetitionView repetition = task(composite).repetition();
            if (repetition != null && repetition.items() != null) {
                sources.putIfAbsent(composite + "[]", new Source(COMPLETED, repetition.items(), null));
            } else if (repetition != null) {
                addPrevious(composite, ScopePath.number(path), repetition, sources);
            }
        }
    }

    /** Adds what the turn before gave. */
    static void addPrevious(TaskKey loop, int number, RepetitionView repetition, Map<String, Source> sources) {
        Value last = repetition.last();
        if (number > 0 && last != null) {
            sources.putIfAbsent(ScopePath.of(loop, number - 1), new Source(COMPLETED, last, null));
        }
    }

    /** The task that an id means: one of the same scope, else of the nearest scope around it. */
    private TaskView inSight(TaskView reader, String id) {
        String path = reader.key().scope();
        TaskView found = view.task(new TaskKey(path, id));
        while (found == null && !path.isEmpty()) {
            path = ScopePath.outer(path);
            found = view.task(new TaskKey(path, id));
        }
        return Objects.requireNonNull(found, () -> "Expected a task " + id + " in sight, but there is none");
    }

    private TaskView task(TaskKey key) {
        return Objects.requireNonNull(view.task(key), () -> "Expected a task " + key + ", but there is none");
    }

    private TaskView sibling(TaskView task, String id) {
        return task(new TaskKey(task.key().scope(), id));
    }
}
