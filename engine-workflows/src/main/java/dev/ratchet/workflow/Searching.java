package dev.ratchet.workflow;

import dev.ratchet.run.RunCommand;
import dev.ratchet.run.RunContext;
import dev.ratchet.run.RunInput;
import io.temporal.activity.ActivityOptions;
import io.temporal.common.RetryOptions;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.util.TreeSet;

/** Has somebody look whether there are workers at the queues that a run hands attempts to. */
final class Searching {
    private static final Duration ONE_TRY = Duration.ofSeconds(10);

    private final RunContext run;
    private final Mailbox mailbox;
    private final TreeSet<String> underWay = new TreeSet<>();

    Searching(RunContext run, Mailbox mailbox) {
        this.run = run;
        this.mailbox = mailbox;
    }

    /** What is seen lands in the mailbox. Asked again while somebody looks, nothing happens. */
    void seek(RunCommand.SeekWorker command) {
        String queue = command.taskQueue();
        if (!underWay.add(queue)) {
            return;
        }
        Workflow.newUntypedActivityStub(ActivityOptions.newBuilder()
                        .setStartToCloseTimeout(ONE_TRY)
                        .setScheduleToCloseTimeout(ONE_TRY.multipliedBy(3))
                        .setRetryOptions(
                                RetryOptions.newBuilder().setMaximumAttempts(2).build())
                        .setSummary("is there a worker on " + queue + "?")
                        .build())
                .executeAsync(QueueActivity.WORKERS, RunInput.Workers.class, run.workflowId(), queue)
                .handle((seen, failure) -> {
                    underWay.remove(queue);
                    RunInput.Workers workers = seen == null ? RunInput.Workers.UNKNOWN : seen;
                    mailbox.putFromOutside(at -> new RunInput.QueueSeen(at, queue, workers));
                    return null;
                });
    }
}
