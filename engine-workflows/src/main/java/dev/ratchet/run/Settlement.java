package dev.ratchet.run;

import dev.ratchet.document.ErrorCode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What outcomes, and their absence, mean. Pure. */
final class Settlement {
    /** How many deliveries of one attempt may be lost before the task fails (contract, part 3). */
    static final int MAX_LOST = 5;

    /** The least time from one delivery to the next after the first loss; twice as long after each further one. */
    private static final long FIRST_PAUSE_MS = 1_000;

    private Settlement() {}

    /** Doubled and late outcomes are no-ops. */
    static List<RunEvent> settle(RunView view, long at, List<Outcome> outcomes) {
        List<RunEvent> events = new ArrayList<>();
        Set<TaskKey> seen = new HashSet<>();
        for (Outcome outcome :
                outcomes.stream().sorted(Comparator.comparing(Outcome::key)).toList()) {
            TaskView task = view.task(outcome.key());
            if (task != null && isCurrent(task, outcome) && seen.add(outcome.key())) {
                events.addAll(settle(view, task, at, outcome));
            }
        }
        return events;
    }

    static List<RunEvent> returned(RunView view, RunInput.Returned in) {
        List<RunEvent> events = settle(view, in.at(), in.outcomes());
        Set<TaskKey> handedBack = new HashSet<>(in.handedBack());
        for (TaskKey key : stillOwed(view, in.dispatch(), events)) {
            events.addAll(
                    handedBack.contains(key)
                            ? List.of(giveBack(view, key, in.at()))
                            : lose(view, key, in.at(), "its worker ended without an outcome of it"));
        }
        return closed(view, in.at(), in.dispatch(), events);
    }

    /** What somebody else's worker returned is looked at before its task completes. */
    static List<RunEvent> gaveBack(RunView view, RunInput.GaveBack in) {
        if (!view.owed(in.dispatch()).contains(in.key())) {
            return List.of();
        }
        Given given = new Given("dispatch " + in.dispatch(), in.value(), null, null, in.note());
        return List.of(
                view.isStopping(in.key())
                        ? new RunEvent.Cancelled(in.at(), in.key(), null, false)
                        : new RunEvent.AnswerTaken(in.at(), in.key(), given),
                new RunEvent.DispatchClosed(in.at(), in.dispatch()));
    }

    static List<RunEvent> lost(RunView view, RunInput.Lost in) {
        List<RunEvent> events = settle(view, in.at(), in.outcomes());
        Long groupHandedAt = view.groupHandedAt(in.dispatch());
        for (TaskKey key : stillOwed(view, in.dispatch(), events)) {
            events.addAll(lose(view, key, in.at(), in.why(), groupHandedAt));
        }
        UnheardMembers.of(view, in.dispatch()).forEach(key -> events.add(new RunEvent.DeliveryUnheard(in.at(), key)));
        return closed(view, in.at(), in.dispatch(), events);
    }

    /** Its time was over while it waited for a worker, or soon after one had it. A group is then run one by one. */
    static List<RunEvent> untaken(RunView view, RunInput.Untaken in) {
        List<RunEvent> events = new ArrayList<>();
        for (TaskKey key : view.owed(in.dispatch())) {
            TaskView task = Objects.requireNonNull(view.task(key));
            Outcome.Failed failed = new Outcome.Failed(untakenError(task, in.begun()), true, null);
            events.addAll(settle(
                    view,
                    task,
                    in.at(),
                    new Outcome(
                            key,
                            task.attempt(),
                            task.delivery(),
                            task.handedAt(),
                            in.at(),
                            failed,
                            null,
                            false,
                            in.begun())));
        }
        if (in.begun()) {
            UnheardMembers.of(view, in.dispatch())
                    .forEach(key -> events.add(new RunEvent.DeliveryUnheard(in.at(), key)));
        }
        return closed(view, in.at(), in.dispatch(), events);
    }

    private static TaskError untakenError(TaskView task, boolean begun) {
        String expected = "Expected " + task.key() + " to end within "
                + task.node().task().timeoutMs() + " ms of its hand-over to task queue "
                + task.node().taskQueue();
        return TaskError.of(
                ErrorCode.TIMEOUT,
                expected
                        + (begun
                                ? ", but its worker was not done with it"
                                : ", but no worker took it; is there a worker on its task queue?"));
    }

    private static List<RunEvent> closed(RunView view, long at, long dispatch, List<RunEvent> events) {
        if (view.closing() != null) {
            Set<TaskKey> settled = settled(events);
            view.executing(dispatch).stream()
                    .filter(key -> !settled.contains(key))
                    .forEach(key -> events.add(new RunEvent.Cancelled(at, key, null, false)));
        }
        if (view.dispatches().contains(dispatch)) {
            events.add(new RunEvent.DispatchClosed(at, dispatch));
        }
        return events;
    }

    private static boolean isCurrent(TaskView task, Outcome outcome) {
        return task.phase().isInFlight()
                && task.attempt() == outcome.attempt()
                && task.delivery() == outcome.delivery();
    }

    private static List<TaskKey> stillOwed(RunView view, long dispatch, List<RunEvent> events) {
        Set<TaskKey> settled = settled(events);
        return view.owed(dispatch).stream()
                .filter(key -> !settled.contains(key))
                .toList();
    }

    private static Set<TaskKey> settled(List<RunEvent> events) {
        Set<TaskKey> settled = new HashSet<>();
        for (RunEvent event : events) {
            switch (event) {
                case RunEvent.Completed e -> settled.add(e.key());
                case RunEvent.Failed e -> settled.add(e.key());
                case RunEvent.AttemptFailed e -> settled.add(e.key());
                case RunEvent.Cancelled e -> settled.add(e.key());
                case RunEvent.DeliveryLost e -> settled.add(e.key());
                case RunEvent.DeliveryUnheard e -> settled.add(e.key());
                case RunEvent.HandedBack e -> settled.add(e.key());
                default -> throw new IllegalStateException("Expected an outcome, but it was " + event);
            }
        }
        return settled;
    }

    private static List<RunEvent> settle(RunView view, TaskView task, long at, Outcome told) {
        Outcome outcome = told.within(task.handedAt(), at);
        return switch (outcome.result()) {
            case Outcome.Completed completed ->
                List.of(new RunEvent.Completed(
                        at,
                        task.key(),
                        outcome.startedAt(),
                        outcome.endedAt(),
                        completed,
                        used(task, outcome),
                        outcome.simulated()));
            case Outcome.Failed failed -> List.of(failed(view, task, at, outcome, failed));
            case Outcome.Cancelled cancelled -> cancelled(view, task, at, outcome);
            case Outcome.Interrupted interrupted ->
                List.of(
                        view.isStopping(task.key())
                                ? new RunEvent.Cancelled(at, task.key(), used(task, outcome), false)
                                : new RunEvent.HandedBack(at, task.key(), true, used(task, outcome)));
        };
    }

    /** What nobody knows is presumed to be what was set aside: it may well have been charged. */
    private static @Nullable Usage used(TaskView task, Outcome outcome) {
        return outcome.unknown() ? Usage.presumed(task.reserved()) : outcome.usage();
    }

    static RunEvent failed(RunView view, TaskView task, long at, Outcome outcome, Outcome.Failed failed) {
        TaskError error = failed.error();
        if (!view.isStopping(task.key())
                && task.node().retry().allows(task.attempt(), error.code(), failed.retryable())) {
            long delay = task.node().retry().delayAfter(task.attempt());
            Long asked = failed.retryAfterMs();
            return new RunEvent.AttemptFailed(
                    at,
                    task.key(),
                    outcome.startedAt(),
                    outcome.endedAt(),
                    error,
                    used(task, outcome),
                    at + (asked == null ? delay : Math.max(delay, asked)));
        }
        return new RunEvent.Failed(at, task.key(), outcome.startedAt(), outcome.endedAt(), error, used(task, outcome));
    }

    /** A worker that stopped an attempt nobody asked it to stop owes it again. */
    private static List<RunEvent> cancelled(RunView view, TaskView task, long at, Outcome outcome) {
        return !view.isStopping(task.key()) && !view.isFolding()
                ? lose(view, task.key(), at, "its worker stopped it unasked")
                : List.of(new RunEvent.Cancelled(at, task.key(), used(task, outcome), false));
    }

    /** It was never begun: nothing was spent on it. */
    private static RunEvent giveBack(RunView view, TaskKey key, long at) {
        return !view.isStopping(key) ? new RunEvent.HandedBack(at, key) : new RunEvent.Cancelled(at, key, null, false);
    }

    /** A lost delivery is booked before it is the last one that the task gets. */
    private static List<RunEvent> lose(RunView view, TaskKey key, long at, @Nullable String why) {
        return lose(view, key, at, why, null);
    }

    /** @param groupHandedAt when the group was handed over that it was lost with; absent when it was with none */
    private static List<RunEvent> lose(
            RunView view, TaskKey key, long at, @Nullable String why, @Nullable Long groupHandedAt) {
        TaskView task = Objects.requireNonNull(view.task(key));
        if (view.isStopping(key)) {
            return List.of(new RunEvent.Cancelled(at, key, null, true));
        }
        RunEvent lost = new RunEvent.DeliveryLost(
                at, key, againAt(task, groupHandedAt == null ? task.handedAt() : groupHandedAt, at));
        if (task.lostDeliveries() + 1 < MAX_LOST) {
            return List.of(lost);
        }
        TaskError error = TaskError.of(
                ErrorCode.WORKER_LOST,
                "Expected one of " + MAX_LOST + " deliveries of " + key + " to report, but each was lost"
                        + (why == null ? "" : "; the last one because " + why));
        return List.of(lost, new RunEvent.Failed(at, key, null, null, error, null));
    }

    /** Deliveries that fail at once do so again: what is away, such as a store, may be back after some seconds. */
    private static long againAt(TaskView task, long handedAt, long at) {
        return Math.max(at, handedAt + (FIRST_PAUSE_MS << task.lostDeliveries()));
    }
}
