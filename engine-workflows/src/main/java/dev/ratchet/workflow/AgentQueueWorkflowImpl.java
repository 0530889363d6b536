package dev.ratchet.workflow;

import dev.ratchet.queue.AgentQueue;
import dev.ratchet.queue.CarriedQueue;
import dev.ratchet.queue.Lease;
import dev.ratchet.queue.QueuedJob;
import dev.ratchet.run.Value;
import io.temporal.activity.ActivityOptions;
import io.temporal.common.RetryOptions;
import io.temporal.failure.ActivityFailure;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInfo;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The shell of {@link AgentQueue}. What arrives is kept until the workflow has taken its state up, which a start by signal
 * does not wait for. Nothing runs on a timer but the upkeep: whether a lease has ended is looked at when somebody asks.
 */
public final class AgentQueueWorkflowImpl implements AgentQueueWorkflow {
    private static final Duration UPKEEP = Duration.ofMinutes(10);
    private static final Duration LOOK = Duration.ofMinutes(1);
    private static final int RUNS_AT_ONCE = 500;

    /** The server refuses more than 2,000 updates of one execution. */
    private static final int MOST_UPDATES = 1_000;

    private final Carriage carriage;
    private final ArrayDeque<Consumer<AgentQueue>> inbox = new ArrayDeque<>();
    private @Nullable AgentQueue queue;
    private boolean upkeepDue;
    private int updates;

    public AgentQueueWorkflowImpl(PlanSource stored) {
        this.carriage = new Carriage(stored);
    }

    @Override
    public void run(@Nullable Value carried) {
        AgentQueue own =
                carried == null ? new AgentQueue() : new AgentQueue(carriage.unpack(carried, CarriedQueue.class));
        queue = own;
        setTimer();
        while (true) {
            Workflow.await(() -> !inbox.isEmpty() || upkeepDue || isLong());
            handleAll(own);
            if (upkeepDue) {
                upkeepDue = false;
                lookAfter(own);
                if (own.isEmpty() && inbox.isEmpty() && Workflow.isEveryHandlerFinished()) {
                    return;
                }
                setTimer();
            }
            if (isLong()) {
                renewWith(own);
            }
        }
    }

    private void setTimer() {
        Workflow.newTimer(UPKEEP).thenApply(due -> {
            upkeepDue = true;
            return null;
        });
    }

    private boolean isLong() {
        WorkflowInfo info = Workflow.getInfo();
        return updates >= MOST_UPDATES
                || info.getHistoryLength() >= Renewal.EARLY_EVENTS
                || info.isContinueAsNewSuggested();
    }

    private void renewWith(AgentQueue own) {
        Workflow.await(Workflow::isEveryHandlerFinished);
        handleAll(own);
        Value carried = Carriage.pack(own.carried());
        Workflow.await(Workflow::isEveryHandlerFinished);
        if (inbox.isEmpty()) {
            Workflow.continueAsNew(carried);
        }
    }

    private void handleAll(AgentQueue own) {
        while (!inbox.isEmpty()) {
            inbox.poll().accept(own);
        }
    }

    /** A run that an operator ended told nobody that its jobs are void. */
    private static void lookAfter(AgentQueue own) {
        List<String> runs = own.runs(RUNS_AT_ONCE);
        if (runs.isEmpty()) {
            return;
        }
        try {
            own.drop(List.of(Workflow.newUntypedActivityStub(ActivityOptions.newBuilder()
                            .setStartToCloseTimeout(LOOK)
                            .setRetryOptions(RetryOptions.newBuilder()
                                    .setMaximumAttempts(3)
                                    .build())
                            .setSummary("which runs have ended")
                            .build())
                    .execute(AssignmentActivity.CLOSED, String[].class, runs)));
        } catch (ActivityFailure unknown) {
            Workflow.getLogger(AgentQueueWorkflowImpl.class)
                    .warn("Expected to learn which runs have ended, but failed; the next time will do", unknown);
        }
    }

    @Override
    public void offer(QueuedJob job) {
        inbox.add(own -> own.offer(job));
    }

    @Override
    public void withdraw(String job) {
        inbox.add(own -> own.withdraw(job));
    }

    @Override
    public void renew(Held lease) {
        long now = Workflow.currentTimeMillis();
        inbox.add(own -> own.renew(lease.job(), lease.number(), lease.leaseMs(), now));
    }

    @Override
    public void giveBack(Held lease) {
        Long number = lease.number();
        if (number != null) {
            inbox.add(own -> own.giveBack(lease.job(), number));
        }
    }

    @Override
    public List<Lease> lease(Wish wish) {
        updates++;
        Workflow.await(() -> queue != null);
        AgentQueue own = begun();
        handleAll(own);
        return own.lease(wish.jobs(), wish.leaseMs(), Workflow.currentTimeMillis());
    }

    @Override
    public int waiting(long now) {
        return begun().waiting(now);
    }

    @Override
    public @Nullable Long leaseOf(Asked asked) {
        return begun().leaseOf(asked.job(), asked.now());
    }

    private AgentQueue begun() {
        if (queue == null) {
            throw new IllegalStateException("Expected a queue that has begun, but it has not");
        }
        return queue;
    }
}
