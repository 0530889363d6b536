package dev.ratchet.task.dispatch;

import dev.ratchet.document.ErrorCode;
import dev.ratchet.run.Attempt;
import dev.ratchet.run.InlineAnswer;
import dev.ratchet.run.InlineJob;
import dev.ratchet.run.Outcome;
import dev.ratchet.run.Part;
import dev.ratchet.run.TaskError;
import dev.ratchet.task.secret.Masking;
import dev.ratchet.task.spi.TaskExecutor;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Answers inline jobs, each bounded in time, on the thread of the local activity: they are pure and short, and a hand-over
 * to another thread would cost more than most of them do.
 */
final class InlineJobs {
    /** What all jobs of one request may take together; a workflow task cannot be held up for longer. */
    static final long TOTAL_MS = 20_000;

    private final Toolbox tools;
    private final AttemptRunner runner;

    InlineJobs(Toolbox tools) {
        this.tools = tools;
        this.runner = new AttemptRunner(tools);
    }

    /**
     * Bytes that travel; what is larger is stored first.
     *
     * @param output of each output
     * @param prepared of each value that a preparation leaves in the run
     */
    record Allowances(int output, int prepared) {}

    /**
     * The answer of a job; always one, whatever breaks.
     *
     * @param until {@link System#nanoTime} by which the job must have ended
     */
    InlineAnswer answer(InlineJob job, Scene scene, Allowances allowances, long until) {
        try {
            return carryOut(job, scene, allowances, until);
        } catch (RuntimeException | StackOverflowError e) {
            TaskError error = Failures.of(e, job.key(), new Masking()).error();
            return job instanceof InlineJob.Turn turn
                    ? new InlineAnswer.Turned(turn.key(), turn.number(), new Part(null, error), null, List.of())
                    : new InlineAnswer.Rejected(job.key(), error);
        }
    }

    private InlineAnswer carryOut(InlineJob job, Scene scene, Allowances allowances, long until) {
        int allowance = allowances.output();
        return switch (job) {
            case InlineJob.Decide decide -> new Deciding(decide, scene).decide();
            case InlineJob.Prepare prepare -> prepare(prepare.attempt(), scene, allowances.prepared(), until);
            case InlineJob.Execute execute -> execute(execute.attempt(), scene, allowance, until);
            case InlineJob.Turn turn -> new Gathering(scene, tools.values(), allowance).turn(turn);
            case InlineJob.Whole whole -> new Gathering(scene, tools.values(), allowance).whole(whole);
            case InlineJob.Gather gather ->
                execute(new Gathering(scene, tools.values(), allowance).whole(gather), scene, allowance, until);
        };
    }

    private InlineAnswer prepare(Attempt attempt, Scene scene, int allowance, long until) {
        TaskExecutor executor = tools.executors().executor(attempt.task().type());
        if (executor == null) {
            return new InlineAnswer.Rejected(attempt.key(), unknownType(attempt));
        }
        StopSwitch stops = new StopSwitch();
        AttemptContext context = new AttemptContext(tools, scene, attempt, executor, stops);
        Future<?> alarm = Timeouts.after(millisLeft(until), () -> stops.stop(Stop.TIMED_OUT));
        stops.enter();
        InlineAnswer answer = new Preparing(attempt, executor, context, tools.values(), allowance).prepare();
        alarm.cancel(false);
        return stops.leave() == null ? answer : new InlineAnswer.Rejected(attempt.key(), late(attempt));
    }

    private InlineAnswer execute(Attempt attempt, Scene scene, int allowance, long until) {
        Ending ending =
                runner.runHere(attempt, scene, allowance, millisLeft(until)).join();
        return switch (ending) {
            case Ending.Settled settled -> new InlineAnswer.Executed(settled.outcome());
            case Ending.HandedBack none -> new InlineAnswer.Executed(cancelled(attempt));
        };
    }

    /** Nothing shuts inline attempts down, so nothing is handed back; if it were, this is what it would be. */
    private Outcome cancelled(Attempt attempt) {
        long now = tools.clock().millis();
        return new Outcome(
                attempt.key(), attempt.attempt(), attempt.delivery(), now, now, new Outcome.Cancelled(), null, false);
    }

    private static TaskError unknownType(Attempt attempt) {
        return TaskError.of(
                ErrorCode.EXECUTION_FAILED,
                "Expected this worker to know tasks of type " + attempt.task().type() + ", but it does not");
    }

    private static TaskError late(Attempt attempt) {
        return TaskError.of(
                ErrorCode.TIMEOUT,
                "Expected " + attempt.key() + " to be prepared within " + TOTAL_MS
                        + " ms together with its neighbours, but it was not");
    }

    private static long millisLeft(long until) {
        return Math.max(0, TimeUnit.NANOSECONDS.toMillis(until - System.nanoTime()));
    }
}
