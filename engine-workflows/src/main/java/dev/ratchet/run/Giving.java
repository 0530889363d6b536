package dev.ratchet.run;

import dev.ratchet.document.ErrorCode;
import dev.ratchet.plan.Policies.ExecutionMode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What an answer of a person or an agent means: taken, kept until its task waits for it, or refused. Pure. */
final class Giving {
    private Giving() {}

    static List<RunEvent> give(RunView view, RunInput.Commanded in, Request.Give give) {
        TaskView task = view.task(give.key());
        if (task == null) {
            return Requests.refused(
                    in, ErrorCode.TASK_NOT_FOUND, "Expected a task of the run, but it has no " + give.key());
        }
        RunEvent read = new RunEvent.CommandRead(in.at(), in.command(), null);
        Given known = task.given();
        Integer once = give.once();
        if (once == null && known != null && known.digest().equals(give.given().digest())) {
            return List.of(read);
        }
        String complaint = once == null || isAsking(task, known, once)
                ? complaint(view, task, known)
                : "Expected " + task.key() + " to wait for this very answer, but it does not, or no longer";
        if (complaint != null) {
            return Requests.refused(in, ErrorCode.TASK_NOT_WAITING, complaint);
        }
        List<RunEvent> events = new ArrayList<>(List.of(read));
        if (task.phase() == Phase.PARKED) {
            events.addAll(take(view, task, give.given(), in.at()));
        } else {
            events.add(new RunEvent.AnswerKept(in.at(), task.key(), give.given()));
        }
        return events;
    }

    private static boolean isAsking(TaskView task, @Nullable Given known, int attempt) {
        return task.phase() == Phase.PARKED && known == null && task.attempt() == attempt;
    }

    private static @Nullable String complaint(RunView view, TaskView task, @Nullable Given known) {
        if (known != null) {
            return "Expected the answer that " + task.key() + " has already, but it is another one";
        }
        if (task.phase().isSettled() || view.closing() != null) {
            return "Expected " + task.key() + " to wait for an answer, but it is "
                    + task.phase().status().wire();
        }
        if (task.node().mode() != ExecutionMode.PARKED || task.parkedFor() == WaitingFor.TIMER) {
            return "Expected a task that waits for a person or an agent, but " + task.key() + " is a "
                    + task.node().task().type();
        }
        return null;
    }

    /** Whom nobody can tell will not answer. */
    static List<RunEvent> announced(RunView view, RunInput.Announced in) {
        TaskView task = view.task(in.key());
        if (task == null || task.phase() != Phase.PARKED || task.attempt() != in.attempt() || view.closing() != null) {
            return List.of();
        }
        TaskError error = in.error();
        return error == null
                ? List.of(new RunEvent.Announced(in.at(), in.key()))
                : take(view, task, new Given("unreachable", null, error, null), in.at());
    }

    /** An answer is looked at by a worker before the task completes; a failure needs no look. */
    static List<RunEvent> take(RunView view, TaskView task, Given given, long at) {
        TaskError error = given.error();
        RunEvent taken = new RunEvent.AnswerTaken(at, task.key(), given);
        if (error == null) {
            return List.of(taken);
        }
        Outcome.Failed failed = new Outcome.Failed(error, true, null);
        Outcome outcome = new Outcome(
                task.key(), task.attempt(), task.delivery(), task.handedAt(), at, failed, given.usage(), false);
        return List.of(taken, Settlement.failed(view, task, at, outcome, failed));
    }
}
