package dev.ratchet.run;

import java.util.List;

/**
 * Moves what a worker folded into the time of the run. A worker's clock may be wrong by hours; the delays that begin in a
 * group are the run's to keep, so its last step is taken to happen when the run hears of it. Distances stay.
 */
final class WorkerClock {
    private WorkerClock() {}

    static List<RunInput> inTimeOfRun(List<RunInput> steps, long heardAt) {
        if (steps.isEmpty()) {
            return steps;
        }
        long shift = heardAt - steps.getLast().at();
        return shift == 0
                ? steps
                : steps.stream().map(step -> shifted(step, shift)).toList();
    }

    private static RunInput shifted(RunInput step, long shift) {
        return switch (step) {
            case RunInput.Reported in -> new RunInput.Reported(in.at() + shift, in.outcomes());
            case RunInput.Answered in -> new RunInput.Answered(in.at() + shift, in.answers(), in.ahead());
            case RunInput.Proceed in -> new RunInput.Proceed(in.at() + shift);
            case RunInput.Begin in -> in;
            case RunInput.Returned in -> in;
            case RunInput.Lost in -> in;
            case RunInput.Commanded in -> in;
            case RunInput.Elapsed in -> in;
            case RunInput.GaveBack in -> in;
            case RunInput.Announced in -> in;
            case RunInput.ChildStarted in -> in;
            case RunInput.Broken in -> in;
        };
    }
}
