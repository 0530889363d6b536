package dev.ratchet.testkit;

import dev.ratchet.run.Attempt;
import dev.ratchet.run.Outcome;
import dev.ratchet.run.RunCommand;
import dev.ratchet.run.RunInput;
import dev.ratchet.run.TaskKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What providers charged a run for, and which deliveries nobody ever heard of. Knows nothing of groups. */
final class Till {
    private final Map<Long, List<Attempt>> open = new HashMap<>();
    private final Set<String> closed = new HashSet<>();
    private final List<Outcome> charged = new ArrayList<>();
    private final List<TaskKey> lost = new ArrayList<>();

    void handedOut(RunCommand.Dispatch dispatch) {
        open.put(dispatch.dispatch(), dispatch.attempts());
    }

    void arrives(RunInput input) {
        switch (input) {
            case RunInput.Reported in -> in.outcomes().forEach(this::charge);
            case RunInput.Returned in -> {
                in.outcomes().forEach(this::charge);
                List<Attempt> attempts = open.remove(in.dispatch());
                if (attempts != null) {
                    attempts.forEach(this::close);
                }
            }
            case RunInput.Lost in -> {
                in.outcomes().forEach(this::charge);
                List<Attempt> attempts = open.remove(in.dispatch());
                if (attempts != null) {
                    attempts.forEach(this::lose);
                }
            }
            default -> {
                // nothing is charged for it
            }
        }
    }

    private void charge(Outcome outcome) {
        if (closed.add(outcome.key() + " " + outcome.attempt() + " " + outcome.delivery())) {
            if (outcome.unknown()) {
                lost.add(outcome.key());
            } else {
                charged.add(outcome);
            }
        }
    }

    private void lose(Attempt attempt) {
        if (close(attempt)) {
            lost.add(attempt.key());
        }
    }

    /** Whoever gives an attempt back, or has told how it ended, charges nothing more for it. */
    private boolean close(Attempt attempt) {
        return closed.add(attempt.key() + " " + attempt.attempt() + " " + attempt.delivery());
    }

    List<Outcome> charged() {
        return charged;
    }

    List<TaskKey> lost() {
        return lost;
    }
}
