package dev.ratchet.workflow;

import dev.ratchet.document.Json;
import dev.ratchet.document.Weight;
import dev.ratchet.queue.AgentQueue;
import dev.ratchet.queue.CarriedQueue;
import dev.ratchet.queue.Lease;
import dev.ratchet.queue.QueuedJob;
import dev.ratchet.run.Value;
import io.temporal.activity.ActivityOptions;
import io.temporal.common.RetryOptions;
import io.temporal.failure.ActivityFailure;
import io.temporal.workflow.Promise;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.unsafe.WorkflowUnsafe;
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

    /** A blob holds 64 MB. */
    private static final long PART_BYTES = 16L * 1024 * 1024;

    private final Carriage carriage;
    private final Traffic traffic = new Traffic();
    private final Renewal renewal;
    private final ArrayDeque<Consumer<AgentQueue>> inbox = new ArrayDeque<>();
    private @Nullable AgentQueue queue;
    private boolean upkeepDue;
    private long changes;

    /** The state changed while it was stored: until it is stored as it is, nobody gets a job, which they ask for again. */
    private boolean isPressed;

    public AgentQueueWorkflowImpl(PlanSource stored) {
        this(stored, RenewalLimits.DEFAULT);
    }

    /** @param limits of which only those count from which on it is wanted that the queue renews itself */
    AgentQueueWorkflowImpl(PlanSource stored, RenewalLimits limits) {
        this.renewal = new Renewal(limits, traffic);
        this.carriage = new Carriage(stored);
    }

    @Override
    public void run(@Nullable Value carried) {
        AgentQueue own = carried == null ? new AgentQueue() : new AgentQueue(whole(carried));
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
        return renewal.isWanted();
    }

    /** What happens while the state is being stored is not in it: then it is stored once more. */
    private void renewWith(AgentQueue own) {
        Workflow.await(Workflow::isEveryHandlerFinished);
        handleAll(own);
        long stored = changes;
        Value carried = packed(own.carried());
        Workflow.await(Workflow::isEveryHandlerFinished);
        if (inbox.isEmpty() && changes == stored) {
            Workflow.continueAsNew(carried);
        }
        isPressed = true;
    }

    /** A queue may hold more than one blob does. */
    private static Value packed(CarriedQueue queue) {
        List<CarriedQueue> whole = WorkflowUnsafe.deadlockDetectorOff(() -> queue.parts(PART_BYTES, Weight::of));
        if (whole.size() == 1 && Weight.of(queue) <= Carriage.MAX_INLINE) {
            return Value.of(Json.tree(queue));
        }
        List<Promise<Value.Stored>> parts = whole.stream().map(Carriage::store).toList();
        return Promises.await(Carriage.store(queue.storedAs(
                parts.stream().map(Promises::await).map(Value.Stored::ref).toList())));
    }

    private CarriedQueue whole(Value carried) {
        CarriedQueue queue = carriage.unpack(carried, CarriedQueue.class);
        return queue.with(queue.parts().stream()
                .map(ref -> carriage.unpack(new Value.Stored(ref, 0, "application/json", null), CarriedQueue.class))
                .toList());
    }

    private void handleAll(AgentQueue own) {
        while (!inbox.isEmpty()) {
            changes++;
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
    public void offer(@Nullable QueuedJob job) {
        traffic.signal();
        if (job != null && job.id() != null && job.run() != null) {
            inbox.add(own -> own.offer(job));
        }
    }

    @Override
    public void withdraw(@Nullable String job) {
        traffic.signal();
        if (job != null) {
            inbox.add(own -> own.withdraw(job));
        }
    }

    @Override
    public void renew(@Nullable Held lease) {
        traffic.signal();
        if (lease == null || lease.job() == null) {
            return;
        }
        long now = Workflow.currentTimeMillis();
        inbox.add(own -> own.renew(lease.job(), lease.number(), lease.leaseMs(), now));
    }

    @Override
    public void giveBack(@Nullable Held lease) {
        traffic.signal();
        if (lease == null || lease.job() == null || lease.number() == null) {
            return;
        }
        String job = lease.job();
        long number = lease.number();
        inbox.add(own -> own.giveBack(job, number));
    }

    @Override
    public List<Lease> lease(Wish wish) {
        traffic.update();
        Workflow.await(() -> queue != null);
        AgentQueue own = begun();
        if (isPressed) {
            return List.of();
        }
        changes++;
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
