package dev.ratchet.workflow;

import dev.ratchet.document.Text;
import dev.ratchet.document.Weight;
import dev.ratchet.run.Offspring;
import dev.ratchet.run.Outcome;
import dev.ratchet.run.RunCommand;
import dev.ratchet.run.RunContext;
import dev.ratchet.run.RunInput;
import dev.ratchet.run.RunState;
import dev.ratchet.run.TaskError;
import dev.ratchet.run.TaskKey;
import dev.ratchet.run.Usage;
import io.temporal.activity.ActivityCancellationType;
import io.temporal.activity.ActivityOptions;
import io.temporal.common.RetryOptions;
import io.temporal.failure.CanceledFailure;
import io.temporal.workflow.ActivityStub;
import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.CompletablePromise;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Has the runs started and stopped that carry out tasks of this one. They are no child workflows of Temporal: those would be
 * forgotten when this run continues as a new execution. A child says itself how it ended, by the signal of outcomes.
 */
final class Delegating {
    private static final Duration ONE_TRY = Duration.ofSeconds(60);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);
    private static final Duration ALL_TRIES = Duration.ofHours(24);

    private final RunContext run;
    private final int depth;
    private final Mailbox mailbox;
    private final RunState state;
    private final Offspring offspring;
    private final Window starts;
    private final Window stops;
    private final Map<String, CancellationScope> starting = new TreeMap<>();
    private final List<RunCommand.StopChild> recalls = new ArrayList<>();

    Delegating(RunStart start, RunState state, Mailbox mailbox, Turn turn) {
        Parent parent = start.parent();
        this.run = start.run().named();
        this.depth = parent == null ? 0 : parent.depth();
        this.offspring = new Offspring(parent == null ? Offspring.MOST : parent.offspring());
        this.state = state;
        this.mailbox = mailbox;
        this.starts = new Window(200, turn, mailbox);
        this.stops = new Window(200, turn, mailbox);
    }

    /** What comes of it lands in the mailbox. Asked again while it is under way, nothing happens. */
    void start(RunCommand.StartChild command) {
        String name = name(command.key(), command.attempt());
        if (starting.containsKey(name)) {
            return;
        }
        int share = offspring.share(state, command.key());
        if (share < 0) {
            TaskError refusal = offspring.refusal(state, command.key());
            mailbox.put(at -> new RunInput.ChildStarted(at, command.key(), command.attempt(), refusal, false, null));
            return;
        }
        ChildActivity.Order order =
                new ChildActivity.Order(run, command.key(), command.attempt(), depth + 1, share, command.graph());
        CompletablePromise<Void> over = Workflow.newPromise();
        CancellationScope scope = Workflow.newCancellationScope(() -> stub(command.key() + " is a run of its own")
                .executeAsync(ChildActivity.START, ChildActivity.Started.class, order)
                .handle((started, failure) -> {
                    starting.remove(name);
                    mailbox.putFromOutside(at -> input(at, command, started, failure));
                    over.complete(null);
                    return null;
                }));
        starting.put(name, scope);
        starts.add(Weight.of(order), () -> {
            scope.run();
            return over;
        });
    }

    /** A child that is just being started is stopped after that. */
    void stop(RunCommand.StopChild command) {
        CancellationScope start = starting.get(name(command.key(), command.attempt()));
        if (start == null) {
            abort(command);
        } else {
            recalls.add(command);
            start.cancel("nobody waits for it any more");
        }
    }

    /** Sends what there is room for by now, and stops what was recalled while it was being started. */
    void goOn() {
        List<RunCommand.StopChild> started =
                recalls.stream().filter(this::isStarted).toList();
        recalls.removeAll(started);
        started.forEach(this::abort);
        starts.fill();
        stops.fill();
    }

    private boolean isStarted(RunCommand.StopChild recall) {
        return !starting.containsKey(name(recall.key(), recall.attempt()));
    }

    /** Whether something only waits for another turn. */
    boolean isHeldUp() {
        return starts.isHeldUp() || stops.isHeldUp() || recalls.stream().anyMatch(this::isStarted);
    }

    /** Whether every word to a child that is to stop is on its way. */
    boolean hasSaid() {
        return stops.isEmpty() && recalls.isEmpty();
    }

    /** Whether every child that is to stop was told so. */
    boolean isSettled() {
        return stops.isIdle() && recalls.isEmpty();
    }

    /** The outcome of a child that was never started. */
    static Outcome never(TaskKey key, int attempt) {
        long now = Workflow.currentTimeMillis();
        return new Outcome(key, attempt, 1, now, now, new Outcome.Cancelled(), Usage.NONE, false);
    }

    private void abort(RunCommand.StopChild command) {
        ChildActivity.Order order = new ChildActivity.Order(run, command.key(), command.attempt(), depth + 1, 0, null);
        stops.add(
                Weight.of(order),
                () -> stub(command.key() + " is to stop").executeAsync(ChildActivity.STOP, Void.class, order));
    }

    private static RunInput input(
            long at,
            RunCommand.StartChild command,
            ChildActivity.@Nullable Started started,
            @Nullable Throwable failure) {
        if (failure instanceof CanceledFailure || (failure != null && failure.getCause() instanceof CanceledFailure)) {
            return new RunInput.Reported(at, List.of(never(command.key(), command.attempt())));
        }
        if (failure != null || started == null) {
            String otherwise = "Expected to start the run of " + command.key() + " within a day, but it failed";
            return new RunInput.ChildStarted(
                    at,
                    command.key(),
                    command.attempt(),
                    failure == null ? null : ActivityErrors.of(failure, otherwise),
                    false,
                    null);
        }
        return new RunInput.ChildStarted(
                at, command.key(), command.attempt(), null, started.gone(), started.detached());
    }

    private static String name(TaskKey key, int attempt) {
        return key + "/" + attempt;
    }

    private static ActivityStub stub(String summary) {
        return Workflow.newUntypedActivityStub(ActivityOptions.newBuilder()
                .setStartToCloseTimeout(ONE_TRY)
                .setScheduleToCloseTimeout(ALL_TRIES)
                .setCancellationType(ActivityCancellationType.WAIT_CANCELLATION_COMPLETED)
                .setRetryOptions(RetryOptions.newBuilder()
                        .setMaximumInterval(LONGEST_PAUSE)
                        .build())
                .setSummary(Text.cut(summary, Sending.MAX_SUMMARY))
                .build());
    }
}
