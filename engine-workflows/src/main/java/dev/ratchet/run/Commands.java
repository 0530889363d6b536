package dev.ratchet.run;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ratchet.plan.Body;
import dev.ratchet.plan.Edge;
import dev.ratchet.plan.Node;
import dev.ratchet.plan.Plan;
import dev.ratchet.plan.Policies.ExecutionMode;
import dev.ratchet.plan.Scope;
import dev.ratchet.plan.TaskSpec;
import dev.ratchet.verdict.EdgeStatus;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What events ask of the world outside. Pure. */
public final class Commands {
    private static final String COMPLETED = TaskStatus.COMPLETED.wire();

    /** Jobs that share one local activity. */
    private static final int JOBS_PER_ACTIVITY = 64;

    private final RunState view;
    private final List<RunCommand> commands = new ArrayList<>();
    private final List<InlineJob> jobs = new ArrayList<>();
    private final Map<String, Source> jobSources = new TreeMap<>();

    private Commands(RunState view) {
        this.view = view;
    }

    /**
     * What must be done because of events that were applied to the view, in their order. What the events asked for and
     * has been answered since, as in a group that came back, is not asked again.
     */
    public static List<RunCommand> of(RunState view, List<RunEvent> events) {
        Commands result = new Commands(view);
        events.forEach(result::add);
        result.flush();
        return result.commands;
    }

    private void add(RunEvent event) {
        switch (event) {
            case RunEvent.DecisionAsked e -> {
                if (isStill(e.key(), Phase.DECIDING)) {
                    decide(task(e.key()));
                }
            }
            case RunEvent.PreparationAsked e -> {
                if (isStill(e.key(), Phase.PREPARING)) {
                    addJob(new InlineJob.Prepare(attempt(task(e.key()), jobSources)));
                }
            }
            case RunEvent.Executing e -> {
                if (view.closingUntil() == null && task(e.key()).phase() == Phase.EXECUTING) {
                    addJob(new InlineJob.Execute(attempt(task(e.key()), jobSources)));
                }
            }
            case RunEvent.HandedOver e -> {
                if (view.owed(e.dispatch()).containsAll(e.keys())) {
                    commands.add(dispatch(e));
                }
            }
            case RunEvent.GroupHandedOver e -> {
                if (view.dispatches().contains(e.dispatch())) {
                    commands.add(group(e));
                }
            }
            case RunEvent.Closing e -> {
                if (e.until() != null) {
                    commands.add(new RunCommand.CancelDispatches());
                }
            }
            case RunEvent.Parked e -> announce(e.key());
            case RunEvent.Escalated e -> escalate(e.key());
            case RunEvent.AnswerTaken e -> {
                if (task(e.key()).phase() == Phase.EXECUTING) {
                    addJob(new InlineJob.Execute(attempt(task(e.key()), jobSources)));
                }
                withdraw(e.key());
            }
            case RunEvent.Announced e -> nothing();
            case RunEvent.ScopeAsked e -> {
                RepetitionView repetition = task(e.key()).repetition();
                if (repetition != null && repetition.isAsked(e.number())) {
                    turn(task(e.key()), repetition, e.number());
                }
            }
            case RunEvent.Gathering e -> {
                TaskView task = task(e.key());
                RepetitionView repetition = task.repetition();
                if (task.phase() == Phase.EXECUTING && repetition != null) {
                    addJob(new InlineJob.Gather(
                            attempt(task, jobSources), repetition.parts(), repetition.body() instanceof Body.Each));
                }
            }
            case RunEvent.ScopeClosing e -> {
                if (e.cancels()) {
                    cancelStopping();
                }
            }
            case RunEvent.RepeatBegan e -> nothing();
            case RunEvent.ScopeBegan e -> nothing();
            case RunEvent.ScopeEnded e -> nothing();
            case RunEvent.RepeatGivenUp e -> nothing();
            case RunEvent.AnswerKept e -> nothing();
            case RunEvent.Reopened e -> nothing();
            case RunEvent.Paused e -> nothing();
            case RunEvent.Resumed e -> nothing();
            case RunEvent.Patched e -> nothing();
            case RunEvent.Started e -> nothing();
            case RunEvent.BatchBegan e -> nothing();
            case RunEvent.Decided e -> nothing();
            case RunEvent.Prepared e -> nothing();
            case RunEvent.Queued e -> nothing();
            case RunEvent.GroupQueued e -> nothing();
            case RunEvent.Skipped e -> withdraw(e.key());
            case RunEvent.Reserved e -> nothing();
            case RunEvent.BudgetAwaited e -> nothing();
            case RunEvent.Completed e -> nothing();
            case RunEvent.AttemptFailed e -> nothing();
            case RunEvent.RetryDue e -> nothing();
            case RunEvent.DeliveryLost e -> nothing();
            case RunEvent.HandedBack e -> nothing();
            case RunEvent.Failed e -> withdraw(e.key());
            case RunEvent.Cancelled e -> withdraw(e.key());
            case RunEvent.DispatchClosed e -> nothing();
            case RunEvent.CommandRead e -> nothing();
            case RunEvent.BudgetRaised e -> nothing();
            case RunEvent.Ended e -> nothing();
        }
    }

    /** What a run that goes on as a new execution has to say again: what was under way when it did is lost. */
    public static List<RunCommand> again(RunState view) {
        Commands result = new Commands(view);
        view.unannounced().forEach(result::announce);
        return result.commands;
    }

    private void announce(TaskKey key) {
        TaskView task = task(key);
        Hold hold = task.hold();
        if (task.phase() == Phase.PARKED && hold != null && hold.isAnnounced()) {
            commands.add(new RunCommand.Announce(key, task.attempt(), hold, task.dueAt()));
        }
    }

    /** Answered, skipped, too late or cancelled: nobody should begin with it any more. */
    private void withdraw(TaskKey key) {
        Hold hold = task(key).hold();
        String queue = hold == null ? null : hold.askedQueue();
        if (queue != null) {
            commands.add(new RunCommand.Withdraw(key, task(key).attempt(), queue));
        }
    }

    /** Who was asked first need not begin any more; who has begun may still answer. */
    private void escalate(TaskKey key) {
        Hold hold = task(key).hold();
        if (hold != null && hold.queue() != null && !hold.queue().equals(hold.askedQueue())) {
            commands.add(new RunCommand.Withdraw(key, task(key).attempt(), hold.queue()));
        }
        announce(key);
    }

    /** Who wants to begin is not helped to while the run ends; who has begun may finish if the policy lets it. */
    private boolean isStill(TaskKey key, Phase asked) {
        return view.closing() == null && task(key).phase() == asked;
    }

    /** The event is news only. */
    private static void nothing() {}

    private void addJob(InlineJob job) {
        jobs.add(job);
        if (jobs.size() == JOBS_PER_ACTIVITY) {
            flush();
        }
    }

    private void flush() {
        if (!jobs.isEmpty()) {
            commands.add(new RunCommand.Inline(jobs, new TreeMap<>(jobSources)));
            jobs.clear();
            jobSources.clear();
        }
    }

    /** What carries attempts of other turns too goes on: nobody can stop a part of it. */
    private void cancelStopping() {
        Set<Long> stopping = new TreeSet<>();
        for (long dispatch : view.dispatches()) {
            List<TaskKey> owed = view.owed(dispatch);
            if (!owed.isEmpty() && owed.stream().allMatch(view::isStopping)) {
                stopping.add(dispatch);
            }
        }
        if (!stopping.isEmpty()) {
            commands.add(new RunCommand.CancelSome(stopping));
        }
    }

    private void turn(TaskView task, RepetitionView repetition, int number) {
        List<String> leaves = new ArrayList<>();
        for (TaskView leaf : view.scope(ScopePath.of(task.key(), number)).leaves()) {
            leaves.add(leaf.key().id());
            addSource(leaf, jobSources);
        }
        JsonNode condition = null;
        if (repetition.body() instanceof Body.Loop loop) {
            condition = loop.condition();
            addSources(task, loop.reads(), jobSources);
            addPrevious(task.key(), number, repetition, jobSources);
        }
        addSurroundings(task, jobSources);
        addJob(new InlineJob.Turn(
                task.key(), number, leaves, condition, task.node().task().input()));
    }

    private void decide(TaskView task) {
        Node node = task.node();
        addSources(task, node.lateReads(), jobSources);
        addSurroundings(task, jobSources);
        node.edges().stream()
                .filter(edge -> edge.lateCondition() >= 0)
                .forEach(edge -> addSources(task, List.of(edge.from()), jobSources));
        addJob(new InlineJob.Decide(
                task.key(), node.late(), node.when(), node.task().input()));
    }

    private RunCommand dispatch(RunEvent.HandedOver event) {
        Map<String, Source> sources = new TreeMap<>();
        List<Attempt> attempts = new ArrayList<>();
        long timeout = 0;
        for (TaskKey key : event.keys()) {
            attempts.add(attempt(task(key), sources));
            timeout = Math.max(timeout, task(key).node().task().timeoutMs());
        }
        Node first = task(event.keys().getFirst()).node();
        if (first.mode() == ExecutionMode.EXTERNAL) {
            return new RunCommand.External(
                    event.dispatch(),
                    attempts.getFirst(),
                    timeout,
                    Objects.requireNonNull(first.taskQueue()),
                    first.priority());
        }
        return new RunCommand.Dispatch(
                event.dispatch(), attempts, sources, timeout, first.taskQueue(), first.priority());
    }

    private Attempt attempt(TaskView task, Map<String, Source> sources) {
        Node node = task.node();
        List<Attempt.Feed> feeds = new ArrayList<>();
        for (EdgeReading edge : view.edges(task)) {
            String input = edge.edge().toInput();
            if (edge.status() == EdgeStatus.LIVE && input != null) {
                feeds.add(new Attempt.Feed(edge.edge().from(), edge.edge().port(), input));
                addSources(task, List.of(edge.edge().from()), sources);
            }
        }
        List<String> context = (node.mode() == ExecutionMode.PREPARED && task.payload() == null)
                        || node.mode() == ExecutionMode.ROUTING
                ? context(task)
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
                task.payload());
    }

    /** The completed direct dependencies, in the order written. */
    private List<String> context(TaskView task) {
        return task.node().edges().stream()
                .map(Edge::from)
                .distinct()
                .filter(id -> sibling(task, id).phase() == Phase.COMPLETED)
                .toList();
    }

    private void addSources(TaskView reader, List<String> ids, Map<String, Source> sources) {
        for (String id : ids) {
            addSource(inSight(reader, id), sources);
        }
    }

    private static void addSource(TaskView source, Map<String, Source> sources) {
        sources.computeIfAbsent(
                source.key().toString(),
                key -> new Source(source.phase().status().wire(), source.output(), source.error()));
    }

    /** What {@code item} and {@code previous} mean to a task in a body, under the names of their scopes. */
    private void addSurroundings(TaskView task, Map<String, Source> sources) {
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

    private static void addPrevious(TaskKey loop, int number, RepetitionView repetition, Map<String, Source> sources) {
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

    private RunCommand group(RunEvent.GroupHandedOver event) {
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
                TaskView source = sibling(member, outside);
                if (piece.put(outside, withoutEdges(source.node())) == null) {
                    settled.add(view.carried(source.key()));
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

    private TaskView task(TaskKey key) {
        return Objects.requireNonNull(view.task(key), () -> "Expected a task " + key + ", but there is none");
    }

    private TaskView sibling(TaskView task, String id) {
        return task(new TaskKey(task.key().scope(), id));
    }
}
