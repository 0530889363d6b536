package dev.ratchet.service.bench;

import io.temporal.activity.ActivityOptions;
import io.temporal.activity.LocalActivityOptions;
import io.temporal.workflow.Async;
import io.temporal.workflow.Promise;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.util.ArrayDeque;

/** The plain workflow. Wide graphs keep 1,000 activities in flight: the server refuses more than 2,000. */
public final class RawWorkflowImpl implements RawWorkflow {
    private static final int WINDOW = 1_000;
    private static final Duration TIMEOUT = Duration.ofMinutes(1);

    private final RawActivities remote = Workflow.newActivityStub(
            RawActivities.class,
            ActivityOptions.newBuilder().setStartToCloseTimeout(TIMEOUT).build());
    private final RawActivities local = Workflow.newLocalActivityStub(
            RawActivities.class,
            LocalActivityOptions.newBuilder().setStartToCloseTimeout(TIMEOUT).build());

    @Override
    public int run(Shape shape) {
        RawActivities activities = shape.local() ? local : remote;
        if (shape.kind() == Shape.Kind.CHAIN) {
            for (int i = 0; i < shape.size(); i++) {
                activities.noop("t" + i);
            }
            return shape.tasks();
        }
        activities.noop("root");
        fan(activities, shape.size());
        activities.noop("join");
        return shape.tasks();
    }

    private static void fan(RawActivities activities, int width) {
        ArrayDeque<Promise<String>> inFlight = new ArrayDeque<>();
        for (int i = 0; i < width; i++) {
            if (inFlight.size() >= WINDOW) {
                inFlight.poll().get();
            }
            inFlight.add(Async.function(activities::noop, "t" + i));
        }
        inFlight.forEach(Promise::get);
    }
}
