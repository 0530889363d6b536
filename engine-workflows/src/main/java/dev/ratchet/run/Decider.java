package dev.ratchet.run;

import dev.ratchet.document.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * What an input means for a run. Pure: the same view and input give the same events, always. Events must be applied
 * before the next question; {@link RunFold} does so.
 */
public final class Decider {
    private Decider() {}

    public static List<RunEvent> decide(RunView view, RunInput input) {
        if (view.isEnded()) {
            return List.of();
        }
        return switch (input) {
            case RunInput.Begin in -> view.isStarted() ? List.of() : List.of(new RunEvent.Started(in.at()));
            case RunInput.Answered in -> Answers.read(view, in);
            case RunInput.Reported in -> Delegation.reported(view, in);
            case RunInput.Returned in -> Settlement.returned(view, in);
            case RunInput.Lost in -> Settlement.lost(view, in);
            case RunInput.Untaken in -> Settlement.untaken(view, in);
            case RunInput.QueueSeen in -> WorkerSearch.seen(view, in);
            case RunInput.Commanded in -> Requests.read(view, in);
            case RunInput.Elapsed in -> Deadlines.elapsed(view, in.at());
            case RunInput.GaveBack in -> Settlement.gaveBack(view, in);
            case RunInput.Announced in -> Giving.announced(view, in);
            case RunInput.ChildStarted in -> Delegation.started(view, in);
            case RunInput.Broken in -> Ending.broken(view, in.at(), in.error());
            case RunInput.Proceed in -> proceed(view, in.at());
        };
    }

    /** One step of what follows from the state alone; empty when nothing does before another input. */
    private static List<RunEvent> proceed(RunView view, long at) {
        if (view.isFolding()) {
            return schedule(view, at);
        }
        if (view.closing() != null) {
            return Ending.finish(view, at);
        }
        if (!view.isStarted()) {
            return List.of();
        }
        List<RunEvent> stop = Ending.stopsOnFailure(view, at);
        if (!stop.isEmpty()) {
            return stop;
        }
        List<RunEvent> events = view.isPaused() ? List.of() : schedule(view, at);
        if (!events.isEmpty()) {
            return events;
        }
        if (view.unsettled() == 0) {
            return List.of(Ending.ended(view, at));
        }
        return view.isStuck() ? Ending.broken(view, at, stuck(view)) : List.of();
    }

    private static List<RunEvent> schedule(RunView view, long at) {
        List<RunEvent> repeated = view.isFolding() ? List.of() : Repeating.step(view, at);
        if (!repeated.isEmpty()) {
            return repeated;
        }
        List<RunEvent> events = new ArrayList<>();
        goingOn(view, view.admitting()).forEach(lane -> events.addAll(Admission.admit(view, lane, at)));
        if (!events.isEmpty()) {
            return events;
        }
        for (LaneView lane : view.paying()) {
            events.addAll(goesOn(view, lane) ? Reservation.reserve(view, lane, at) : List.of());
            if (!events.isEmpty()) {
                return events;
            }
        }
        List<LaneView> lanes = goingOn(view, view.starting()).stream()
                .filter(Reservation::mayStart)
                .toList();
        return Handover.start(view, lanes, at);
    }

    private static List<LaneView> goingOn(RunView view, List<LaneView> lanes) {
        return view.isFolding()
                ? lanes.stream().filter(lane -> goesOn(view, lane)).toList()
                : lanes;
    }

    private static boolean goesOn(RunView view, LaneView lane) {
        return !view.isFolding() || !Ending.stops(view.plan().policy(), lane);
    }

    private static TaskError stuck(RunView view) {
        List<String> open = view.scopes().stream()
                .flatMap(scope -> view.topological(scope).stream())
                .filter(task -> !task.phase().isSettled())
                .limit(5)
                .map(task -> task.key().toString())
                .toList();
        return Objects.requireNonNull(TaskError.of(
                ErrorCode.SCHEDULER_ERROR,
                "Expected something to go on with, but " + view.unsettled() + " tasks are open and none can start: "
                        + String.join(", ", open)));
    }
}
