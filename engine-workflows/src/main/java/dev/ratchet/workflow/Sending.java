package dev.ratchet.workflow;

import dev.ratchet.document.ErrorCode;
import dev.ratchet.document.Excerpt;
import dev.ratchet.run.Attempt;
import dev.ratchet.run.InlineAnswer;
import dev.ratchet.run.InlineJob;
import dev.ratchet.run.Outcome;
import dev.ratchet.run.Part;
import dev.ratchet.run.RunCommand;
import dev.ratchet.run.RunContext;
import dev.ratchet.run.RunInput;
import dev.ratchet.run.TaskError;
import dev.ratchet.run.TaskKey;
import io.temporal.activity.ActivityCancellationType;
import io.temporal.activity.ActivityOptions;
import io.temporal.activity.LocalActivityOptions;
import io.temporal.api.common.v1.Payload;
import io.temporal.api.enums.v1.TimeoutType;
import io.temporal.common.Priority;
import io.temporal.common.RetryOptions;
import io.temporal.common.converter.RawValue;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.TimeoutFailure;
import io.temporal.workflow.ActivityStub;
import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/** Carries out what a run asks for: activities for dispatches, local activities for short work. */
final class Sending {
    /** A worker that says nothing for that long is lost. */
    static final Duration HEARTBEAT_TIMEOUT = Duration.ofSeconds(10);

    /** What a dispatch may take beyond its attempts' own timeouts, which the worker keeps. */
    private static final Duration SLACK = Duration.ofSeconds(30);

    /** Workers that are busy for that long are not waited for. */
    private static final Duration TURN_TIMEOUT = Duration.ofSeconds(1);

    private static final Duration LOCAL_TIMEOUT = Duration.ofSeconds(30);
    static final int MAX_SUMMARY = 200;

    private final RunContext run;
    private final Mailbox mailbox;
    private final Carriage carriage;
    private final Map<Long, CancellationScope> open = new TreeMap<>();
    private final Turn turn;

    Sending(RunContext run, Mailbox mailbox, Carriage carriage, Turn turn) {
        this.run = run;
        this.mailbox = mailbox;
        this.carriage = carriage;
        this.turn = turn;
    }

    /** Hands attempts to a worker; what comes back lands in the mailbox. */
    void dispatch(RunCommand.Dispatch command, int inlineAllowance) {
        DispatchRequest request = new DispatchRequest(
                command.dispatch(), run, command.attempts(), command.sources(), inlineAllowance, null);
        start(request, command.timeoutMs(), command.taskQueue(), command.priority(), summary(command.attempts()));
    }

    void dispatch(RunCommand.DispatchGroup command, int inlineAllowance) {
        GroupPiece piece = new GroupPiece(command.group(), command.piece(), command.settled(), command.slots());
        DispatchRequest request =
                new DispatchRequest(command.dispatch(), run, List.of(), Map.of(), inlineAllowance, piece);
        int members = command.piece().root().size() - command.settled().size();
        start(request, command.timeoutMs(), command.taskQueue(), 0, command.group() + ", " + members + " tasks");
    }

    private void start(
            DispatchRequest whole, long timeoutMs, @Nullable String taskQueue, int priority, String summary) {
        ActivityOptions.Builder options = ActivityOptions.newBuilder()
                .setStartToCloseTimeout(Duration.ofMillis(timeoutMs).plus(SLACK))
                .setHeartbeatTimeout(HEARTBEAT_TIMEOUT)
                .setRetryOptions(RetryOptions.newBuilder().setMaximumAttempts(1).build())
                .setCancellationType(ActivityCancellationType.WAIT_CANCELLATION_COMPLETED)
                .setSummary(summary);
        if (taskQueue != null) {
            Duration timeout = Duration.ofMillis(timeoutMs);
            options.setTaskQueue(taskQueue)
                    .setScheduleToStartTimeout(timeout)
                    .setScheduleToCloseTimeout(timeout.plus(SLACK));
        }
        if (priority > 0) {
            options.setPriority(Priority.newBuilder().setPriorityKey(priority).build());
        }
        ActivityStub stub = Workflow.newUntypedActivityStub(options.build());
        Payload written = Carriage.written(whole);
        int size = written.getData().size();
        boolean large = size > Carriage.MAX_INLINE;
        turn.sends(large ? Turn.ENVELOPE : size);
        Object request = large ? whole.storedAs(Carriage.store(whole).ref()) : new RawValue(written);
        long dispatch = whole.dispatch();
        CancellationScope scope = Workflow.newCancellationScope(() -> stub.executeAsync(
                        DispatchActivity.TYPE, DispatchResult.class, request)
                .handle((result, failure) -> {
                    open.remove(dispatch);
                    mailbox.putFromOutside(ended(dispatch, result, failure));
                    return null;
                }));
        open.put(dispatch, scope);
        scope.run();
    }

    /** Starts what somebody else's worker carries out. */
    void external(long dispatch, CancellationScope scope, long weight) {
        turn.sends(weight);
        open.put(dispatch, scope);
        scope.run();
    }

    /** Forgets what came back otherwise than by {@link #dispatch}. */
    void closed(Set<Long> stillOpen) {
        open.keySet().retainAll(stillOpen);
    }

    /** Lets signals and queries have their turn, and wakes the loop after it. */
    void nextTurn() {
        Workflow.newUntypedActivityStub(ActivityOptions.newBuilder()
                        .setScheduleToStartTimeout(TURN_TIMEOUT)
                        .setStartToCloseTimeout(TURN_TIMEOUT)
                        .setRetryOptions(
                                RetryOptions.newBuilder().setMaximumAttempts(1).build())
                        .setSummary("a turn for signals and queries")
                        .build())
                .executeAsync(DispatchActivity.NEXT_TURN, Void.class)
                .handle((done, late) -> {
                    mailbox.wakeFromOutside();
                    return null;
                });
    }

    private LongFunction<RunInput> ended(long dispatch, @Nullable DispatchResult result, @Nullable Exception failure) {
        if (failure == null && result != null) {
            DispatchResult whole = carriage.unpack(result);
            return at -> new RunInput.Returned(at, dispatch, whole.outcomes(), whole.handedBack(), whole.steps());
        }
        TimeoutType timeout = LostWorker.timeout(failure);
        if (timeout == TimeoutType.TIMEOUT_TYPE_SCHEDULE_TO_START
                || timeout == TimeoutType.TIMEOUT_TYPE_SCHEDULE_TO_CLOSE) {
            boolean begun = timeout == TimeoutType.TIMEOUT_TYPE_SCHEDULE_TO_CLOSE;
            return at -> new RunInput.Untaken(at, dispatch, begun);
        }
        DispatchResult last = lastHeartbeat(failure);
        String why = LostWorker.why(failure);
        return at -> new RunInput.Lost(at, dispatch, last.outcomes(), last.steps(), why);
    }

    /** What a lost worker said last. */
    private static DispatchResult lastHeartbeat(@Nullable Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof TimeoutFailure timeout
                    && timeout.getLastHeartbeatDetails().getSize() > 0) {
                DispatchResult details = timeout.getLastHeartbeatDetails().get(0, DispatchResult.class);
                return details == null ? new DispatchResult(List.of(), List.of(), List.of()) : details;
            }
        }
        return new DispatchResult(List.of(), List.of(), List.of());
    }

    /** Does short work in a local activity; answers land in the mailbox. */
    void inline(RunCommand.Inline command, int inlineAllowance, int preparedAllowance) {
        InlineRequest request = new InlineRequest(
                run, command.jobs(), command.sources(), inlineAllowance, preparedAllowance, command.ahead());
        turn.asks();
        localStub(command)
                .executeAsync(InlineActivity.INLINE, InlineResult.class, request)
                .handle((result, failure) -> {
                    InlineResult answers = failure == null && result != null
                            ? result
                            : new InlineResult(
                                    command.jobs().stream().map(Sending::gaveUp).toList(), List.of());
                    turn.hears(answers.bytes());
                    mailbox.put(at -> answered(at, answers));
                    return null;
                });
    }

    private RunInput answered(long at, InlineResult result) {
        InlineResult whole = carriage.unpack(result);
        return new RunInput.Answered(at, whole.answers(), whole.ahead());
    }

    /** Does such work at once, when nothing else goes on. */
    InlineAnswer now(RunCommand.Inline command, int inlineAllowance) {
        InlineRequest request =
                new InlineRequest(run, command.jobs(), command.sources(), inlineAllowance, 0, List.of());
        try {
            InlineResult result = localStub(command).execute(InlineActivity.INLINE, InlineResult.class, request);
            return carriage.unpack(result).answers().getFirst();
        } catch (ActivityFailure gaveUp) {
            return gaveUp(command.jobs().getFirst());
        }
    }

    private static ActivityStub localStub(RunCommand.Inline command) {
        return Workflow.newUntypedLocalActivityStub(LocalActivityOptions.newBuilder()
                .setStartToCloseTimeout(LOCAL_TIMEOUT)
                .setDoNotIncludeArgumentsIntoMarker(true)
                .setRetryOptions(RetryOptions.newBuilder().setMaximumAttempts(3).build())
                .setSummary(names(command.jobs().stream().map(InlineJob::key).toList()))
                .build());
    }

    private static InlineAnswer gaveUp(InlineJob job) {
        TaskError error = TaskError.of(
                ErrorCode.SCHEDULER_ERROR,
                "Expected local work for " + job.key() + " to come to an answer, but it was given up three times");
        return switch (job) {
            case InlineJob.Execute execute -> failed(execute.attempt(), error);
            case InlineJob.Gather gather -> failed(gather.attempt(), error);
            case InlineJob.Turn turn ->
                new InlineAnswer.Turned(turn.key(), turn.number(), new Part(null, error), null, List.of());
            case InlineJob.Whole whole ->
                new InlineAnswer.Turned(whole.key(), 0, new Part(null, error), null, List.of());
            case InlineJob.Decide decide -> new InlineAnswer.Rejected(decide.key(), error);
            case InlineJob.Prepare prepare -> new InlineAnswer.Rejected(prepare.key(), error);
        };
    }

    private static InlineAnswer failed(Attempt attempt, TaskError error) {
        return new InlineAnswer.Executed(outcome(attempt, new Outcome.Failed(error, false, null)));
    }

    /** Tells every worker to stop, and takes back what was not sent. */
    void cancel(List<RunCommand> unsent) {
        List.copyOf(open.values()).forEach(scope -> scope.cancel("the run ends"));
        for (RunCommand command : unsent) {
            switch (command) {
                case RunCommand.Dispatch unused -> takeBack(unused);
                case RunCommand.DispatchGroup unused ->
                    mailbox.put(at -> new RunInput.Returned(at, unused.dispatch(), List.of(), List.of(), List.of()));
                case RunCommand.Inline unused -> takeBack(unused);
                case RunCommand.External unused -> takeBack(unused.dispatch(), List.of(unused.attempt()));
                case RunCommand.Announce never -> {
                    // nobody is asked in a run that ends
                }
                case RunCommand.StartChild never ->
                    mailbox.put(
                            at -> new RunInput.Reported(at, List.of(Delegating.never(never.key(), never.attempt()))));
                case RunCommand.Withdraw later -> {
                    // the loop sends it after all
                }
                case RunCommand.StopChild later -> {
                    // this too
                }
                case RunCommand.CancelSome again -> {
                    // all are cancelled
                }
                case RunCommand.SeekWorker never -> {
                    // nobody waits for one in a run that ends
                }
                case RunCommand.CancelDispatches again -> {
                    // one cancellation is enough
                }
            }
        }
    }

    /** Tells the workers that have one of these to stop, and takes back what was not sent. */
    void cancelSome(Set<Long> dispatches, List<RunCommand> unsent) {
        dispatches.stream()
                .sorted()
                .map(open::get)
                .filter(Objects::nonNull)
                .forEach(scope -> scope.cancel("its turn or item ends"));
        for (RunCommand command : unsent) {
            if (command instanceof RunCommand.Dispatch unused) {
                takeBack(unused);
            }
        }
    }

    private void takeBack(RunCommand.Dispatch unused) {
        takeBack(unused.dispatch(), unused.attempts());
    }

    private void takeBack(long dispatch, List<Attempt> attempts) {
        List<TaskKey> keys = attempts.stream().map(Attempt::key).toList();
        mailbox.put(at -> new RunInput.Returned(at, dispatch, List.of(), keys, List.of()));
    }

    private void takeBack(RunCommand.Inline unused) {
        List<InlineAnswer> stopped = new ArrayList<>();
        for (InlineJob job : unused.jobs()) {
            if (job instanceof InlineJob.Execute execute) {
                stopped.add(new InlineAnswer.Executed(outcome(execute.attempt(), new Outcome.Cancelled())));
            } else if (job instanceof InlineJob.Gather gather) {
                stopped.add(new InlineAnswer.Executed(outcome(gather.attempt(), new Outcome.Cancelled())));
            }
        }
        mailbox.put(at -> new RunInput.Answered(at, stopped));
    }

    private static Outcome outcome(Attempt attempt, Outcome.Result result) {
        long now = Workflow.currentTimeMillis();
        return new Outcome(attempt.key(), attempt.attempt(), attempt.delivery(), now, now, result, null, false);
    }

    private static String summary(List<Attempt> attempts) {
        String model = attempts.getFirst().task().config() == null
                ? ""
                : attempts.getFirst().task().config().path("model").asText("");
        String names = names(attempts.stream().map(Attempt::key).toList());
        return Excerpt.of(model.isEmpty() ? names : names + " · " + model, MAX_SUMMARY);
    }

    private static String names(List<TaskKey> keys) {
        String text = keys.size() == 1
                ? keys.getFirst().toString()
                : keys.getFirst() + " … " + keys.getLast() + ", " + keys.size() + " tasks";
        return Excerpt.of(text, MAX_SUMMARY);
    }
}
