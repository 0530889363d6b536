package dev.ratchet.workflow;

import io.temporal.common.converter.RawValue;
import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.Promise;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Has the activity of one {@link DispatchWorkflow} carried out. */
public final class DispatchWorkflowImpl implements DispatchWorkflow {
    /** Looks at one attempt, at most: each one adds to the history. */
    private static final int LOOKS = 100;

    private @Nullable Activity activity;

    @Override
    public void run(DispatchOrder order, RawValue input, long lookMs) {
        CancellationScope work = Workflow.newDetachedCancellationScope(() -> activity = Activity.start(order, input));
        work.run();
        CancellationScope.current().getCancellationRequest().thenApply(reason -> {
            work.cancel(reason);
            return reason;
        });
        Workflow.newDetachedCancellationScope(() -> carryOut(order, Objects.requireNonNull(activity), work, lookMs))
                .run();
    }

    private static void carryOut(DispatchOrder order, Activity activity, CancellationScope work, long lookMs) {
        Duration pause = Duration.ofMillis(Math.max(lookMs, order.timeoutMs() / LOOKS));
        while (!Workflow.await(pause, activity::isOver)) {
            if (Neighbours.isClosed(order.run())) {
                work.cancel("its run has ended");
                Workflow.await(activity::isOver);
            }
        }
        Neighbours.tell(order.run(), RunWorkflow.ENDED, activity.end());
    }

    /** The activity under way. */
    private record Activity(DispatchOrder order, long startedAt, Promise<DispatchEnds.Raw> raw) {
        static Activity start(DispatchOrder order, RawValue input) {
            return new Activity(order, Workflow.currentTimeMillis(), DispatchEnds.start(order, input));
        }

        boolean isOver() {
            return raw.isCompleted();
        }

        DispatchEnd end() {
            return DispatchEnds.stored(DispatchEnds.of(order, startedAt, Workflow.currentTimeMillis(), raw.get()));
        }
    }
}
