package dev.ratchet.run;

import java.util.ArrayList;
import java.util.List;

/**
 * Moves what a worker folded into the time of the run. A worker's clock may be wrong by hours; the delays that begin in a
 * group are the run's to keep, so its last step is taken to happen when the run hears of it, and none before the group was
 * handed over. Distances stay as far as there is time for them.
 */
final class WorkerClock {
    private WorkerClock() {}

    static List<RunInput> inTimeOfRun(List<RunInput> steps, long handedAt, long heardAt) {
        if (steps.isEmpty()) {
            return steps;
        }
        long shift = heardAt - steps.getLast().at();
        List<RunInput> moved = new ArrayList<>(steps.size());
        long last = handedAt;
        for (RunInput step : steps) {
            last = Math.clamp(step.at() + shift, last, Math.max(last, heardAt));
            moved.add(moved(step, last, shift));
        }
        return moved;
    }

    private static RunInput moved(RunInput step, long at, long shift) {
        return switch (step) {
            case RunInput.Reported in ->
                new RunInput.Reported(
                        at,
                        in.outcomes().stream()
                                .map(outcome -> outcome.shifted(shift))
                                .toList());
            case RunInput.Answered in -> new RunInput.Answered(at, in.answers(), in.ahead());
            case RunInput.Proceed in -> new RunInput.Proceed(at);
            case RunInput.Begin in -> in;
            case RunInput.Returned in -> in;
            case RunInput.Lost in -> in;
            case RunInput.Untaken in -> in;
            case RunInput.QueueSeen in -> in;
            case RunInput.Commanded in -> in;
            case RunInput.Elapsed in -> in;
            case RunInput.GaveBack in -> in;
            case RunInput.Announced in -> in;
            case RunInput.ChildStarted in -> in;
            case RunInput.Broken in -> in;
        };
    }
}
