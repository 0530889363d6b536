package dev.ratchet.run;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ratchet.plan.Body;
import dev.ratchet.plan.Node;
import dev.ratchet.plan.Policies.ExecutionMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What events ask of the world outside. Pure. */
public final class Commands {
    /** Jobs that share one local activity. */
    private static final int JOBS_PER_ACTIVITY = 64;

    private final RunState view;
    private final Sight sight;
    private final List<RunCommand> commands = new ArrayList<>();
    private boolean hasCancelled;
    private final List<InlineJob> jobs = new ArrayList<>();
    private final Map<String, Source> jobSources = new TreeMap<>();

    private Commands(RunState view) {
        this.view = view;
        this.sight = new Sight(view);
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
                    addJob(new InlineJob.Prepare(sight.attempt(task(e.key()), jobSources)));
                }
            }
            case RunEvent.Executing e -> {
                if (view.closingUntil() == null && task(e.key()).phase() == Phase.EXECUTING) {
                    addJob(new InlineJob.Execute(sight.attempt(task(e.key()), jobSources)));
                }
            }
            case RunEvent.HandedOver e -> {
                if (view.owed(e.dispatch()).containsAll(e.keys())) {
                    commands.add(dispatch(e));
                }
            }
            case RunEvent.GroupHandedOver e -> {
                if (view.dispatches().contains(e.dispatch())) {
                    commands.add(PieceOfPlan.of(view, e));
                }
            }
            case RunEvent.Closing e -> {
                if (e.until() != null) {
                    commands.add(new RunCommand.CancelDispatches());
                    view.delegated().forEach(this::stopChild);
                }
            }
            case RunEvent.Parked e -> announce(e.key());
            case RunEvent.Delegated e -> startChild(e.key());
            case RunEvent.LookedAfter e -> startChild(e.key());
            case RunEvent.Recalled e -> stopChild(e.key());
            case RunEvent.Escalated e -> escalate(e.key());
            case RunEvent.AnswerTaken e -> {
                if (task(e.key()).phase() == Phase.EXECUTING) {
                    addJob(new InlineJob.Execute(sight.attempt(task(e.key()), jobSources)));
                }
                withdraw(e.key());
            }
            case RunEvent.Announced e -> nothing();
            case RunEvent.ScopeAsked e -> {
                RepetitionView repetition = task(e.key()).repetition();
                if (repetition != null && isEvaluated(e)) {
                    turn(task(e.key()), repetition, e.number());
                }
            }
            case RunEvent.Gathering e -> {
                TaskView task = task(e.key());
                RepetitionView repetition = task.repetition();
                if (task.phase() == Phase.EXECUTING && repetition != null) {
                    addJob(new InlineJob.Gather(
                            sight.attempt(task, jobSources),
                            repetition.parts(),
                            repetition.body() instanceof Body.Each));
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
            case RunEvent.Skipped e -> {
                withdraw(e.key());
                stopChild(e.key());
            }
            case RunEvent.Reserved e -> nothing();
            case RunEvent.BudgetAwaited e -> nothing();
            case RunEvent.Completed e -> nothing();
            case RunEvent.AttemptFailed e -> nothing();
            case RunEvent.RetryDue e -> nothing();
            case RunEvent.DeliveryLost e -> nothing();
            case RunEvent.DeliveryUnheard e -> nothing();
            case RunEvent.WorkerSought e -> commands.add(new RunCommand.SeekWorker(e.taskQueue()));
            case RunEvent.WorkerMissed e -> nothing();
            case RunEvent.WorkerFound e -> nothing();
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
        List<TaskKey> unannounced = view.unannounced();
        unannounced.forEach(result::announce);
        unannounced.forEach(result::startChild);
        view.delegated().stream().filter(result::isRecalled).forEach(result::stopChild);
        return result.commands;
    }

    private void announce(TaskKey key) {
        TaskView task = task(key);
        Hold hold = task.hold();
        if (task.phase() == Phase.PARKED && hold != null && hold.isAnnounced()) {
            commands.add(new RunCommand.Announce(key, task.attempt(), hold, task.dueAt()));
        }
    }

    /** The work that puts together what a run gives that completed. */
    public static RunCommand.Inline whole(RunState view, TaskKey carriedOut) {
        Map<String, Source> sources = new TreeMap<>();
        List<String> leaves = leaves(view.scope(TaskKey.ROOT), sources);
        return new RunCommand.Inline(List.of(new InlineJob.Whole(carriedOut, leaves)), sources, List.of());
    }

    private static List<String> leaves(ScopeView scope, Map<String, Source> sources) {
        List<String> leaves = new ArrayList<>();
        for (TaskView leaf : scope.leaves()) {
            leaves.add(leaf.key().id());
            Sight.addSource(leaf, sources);
        }
        return leaves;
    }

    private boolean isRecalled(TaskKey key) {
        Errand errand = task(key).errand();
        return errand != null && errand.recalled();
    }

    private void startChild(TaskKey key) {
        TaskView task = task(key);
        Value graph = task.payload();
        if (task.phase() == Phase.DELEGATED && !isRecalled(key) && graph != null) {
            commands.add(new RunCommand.StartChild(key, task.attempt(), graph));
        }
    }

    /** Of a task that no run carries out there is nothing to stop. */
    private void stopChild(TaskKey key) {
        TaskView task = task(key);
        if (task.node().mode().isDelegated() && task.attempt() > 0) {
            commands.add(new RunCommand.StopChild(key, task.attempt()));
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

    private boolean isEvaluated(RunEvent.ScopeAsked asked) {
        return view.life(ScopePath.of(asked.key(), asked.number())) == ScopeLife.EVALUATED;
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
            List<InlineJob.Execute> ahead = ahead();
            commands.add(new RunCommand.Inline(jobs, new TreeMap<>(jobSources), ahead));
            jobs.clear();
            jobSources.clear();
        }
    }

    /** Where something else goes on, what comes next is too uncertain to begin with. */
    private List<InlineJob.Execute> ahead() {
        return jobs.size() == 1
                        && jobs.getFirst() instanceof InlineJob.Execute first
                        && view.inFlight() == 1
                        && !view.isFolding()
                ? new Ahead(view, sight).of(task(first.key()), jobSources)
                : List.of();
    }

    /** What carries attempts of other turns too goes on: nobody can stop a part of it. */
    private void cancelStopping() {
        if (hasCancelled) {
            return;
        }
        hasCancelled = true;
        Set<Long> stopping = new TreeSet<>();
        for (long dispatch : view.dispatches()) {
            List<TaskKey> owed = view.owed(dispatch);
            if (!owed.isEmpty() && owed.stream().allMatch(view::isCancelling)) {
                stopping.add(dispatch);
            }
        }
        if (!stopping.isEmpty()) {
            commands.add(new RunCommand.CancelSome(stopping));
        }
    }

    private void turn(TaskView task, RepetitionView repetition, int number) {
        List<String> leaves = leaves(view.scope(ScopePath.of(task.key(), number)), jobSources);
        JsonNode condition = null;
        if (repetition.body() instanceof Body.Loop loop) {
            condition = loop.condition();
            sight.addSources(task, loop.reads(), jobSources);
            Sight.addPrevious(task.key(), number, repetition, jobSources);
        }
        sight.addSurroundings(task, jobSources);
        addJob(new InlineJob.Turn(
                task.key(), number, leaves, condition, task.node().task().input()));
    }

    private void decide(TaskView task) {
        Node node = task.node();
        sight.addSources(task, node.lateReads(), jobSources);
        sight.addSurroundings(task, jobSources);
        node.edges().stream()
                .filter(edge -> edge.lateCondition() >= 0)
                .forEach(edge -> sight.addSources(task, List.of(edge.from()), jobSources));
        addJob(new InlineJob.Decide(
                task.key(), node.late(), node.when(), node.task().input()));
    }

    private RunCommand dispatch(RunEvent.HandedOver event) {
        Map<String, Source> sources = new TreeMap<>();
        List<Attempt> attempts = new ArrayList<>();
        long timeout = 0;
        for (TaskKey key : event.keys()) {
            attempts.add(sight.attempt(task(key), sources));
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

    private TaskView task(TaskKey key) {
        return Objects.requireNonNull(view.task(key), () -> "Expected a task " + key + ", but there is none");
    }
}
