package dev.ratchet.task.dispatch;

import dev.ratchet.document.ErrorCode;
import dev.ratchet.run.Attempt;
import dev.ratchet.run.TaskError;
import dev.ratchet.task.secret.Masking;
import dev.ratchet.task.spi.TaskExecutor;
import dev.ratchet.task.spi.TaskFailure;
import java.util.concurrent.Executor;

/** Starts attempts: in dispatches, groups and local activities alike. Thread-safe. */
final class AttemptRunner {
    private final Toolbox tools;

    AttemptRunner(Toolbox tools) {
        this.tools = tools;
    }

    /**
     * Starts an attempt and returns at once.
     *
     * @param allowance bytes of output that may travel; more are stored first
     * @param threads runs the attempt; must not refuse
     */
    RunningAttempt start(Attempt attempt, Scene scene, int allowance, Executor threads) {
        RunningAttempt running = running(attempt, scene, allowance, Timeouts.of(attempt));
        threads.execute(running);
        return running;
    }

    /**
     * Carries an attempt out on the calling thread, and returns when it ended.
     *
     * @param limitMs what it may take, if that is less than its own timeout
     */
    RunningAttempt runHere(Attempt attempt, Scene scene, int allowance, long limitMs) {
        RunningAttempt running = running(attempt, scene, allowance, Math.min(limitMs, Timeouts.of(attempt)));
        running.run();
        return running;
    }

    private RunningAttempt running(Attempt attempt, Scene scene, int allowance, long limitMs) {
        StopSwitch stops = new StopSwitch();
        return new RunningAttempt(attempt, work(attempt, scene, allowance, stops), stops, tools.clock(), limitMs);
    }

    private RunningAttempt.Work work(Attempt attempt, Scene scene, int allowance, StopSwitch stops) {
        TaskExecutor executor = tools.executors().executor(attempt.task().type());
        if (executor == null) {
            return new Unknown(attempt);
        }
        AttemptContext context = new AttemptContext(tools, scene, attempt, executor, stops);
        return new Known(new Carrying(attempt, executor, context, tools.values(), allowance));
    }

    /** An attempt of a type that this worker carries out. */
    private record Known(Carrying carrying) implements RunningAttempt.Work {
        @Override
        public Carrying.Product carryOut() throws TaskFailure, InterruptedException {
            return carrying.carryOut();
        }

        @Override
        public TaskFailure understand(Throwable thrown) {
            Masking masking = carrying.context().masking();
            TaskFailure failure = Failures.of(thrown, carrying.attempt().key(), masking);
            return withError(failure, Failures.masked(failure.error(), masking));
        }

        private static TaskFailure withError(TaskFailure failure, TaskError error) {
            TaskFailure masked = TaskFailure.of(error, failure.isRetryable());
            Long retryAfter = failure.retryAfterMs();
            TaskFailure delayed = retryAfter == null ? masked : masked.after(retryAfter);
            var usage = failure.usage();
            TaskFailure unknown = failure.isCostUnknown() ? delayed.costingUnknown() : delayed;
            return usage == null ? unknown : delayed.costing(usage);
        }
    }

    /** Another worker may know the type: during a rolling deploy some are newer than others. */
    private record Unknown(Attempt attempt) implements RunningAttempt.Work {
        @Override
        public Carrying.Product carryOut() throws TaskFailure {
            throw TaskFailure.retryable(
                    ErrorCode.EXECUTION_FAILED,
                    "Expected this worker to carry out tasks of type "
                            + attempt.task().type() + ", but it cannot");
        }

        @Override
        public TaskFailure understand(Throwable thrown) {
            return Failures.of(thrown, attempt.key(), new Masking());
        }
    }
}
