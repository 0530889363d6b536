package dev.ratchet.workflow;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ratchet.document.ErrorCode;
import dev.ratchet.document.Text;
import dev.ratchet.document.Weight;
import dev.ratchet.plan.Scope;
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
import dev.ratchet.run.Value;
import io.temporal.activity.ActivityOptions;
import io.temporal.activity.LocalActivityOptions;
import io.temporal.api.common.v1.Payload;
import io.temporal.common.RetryOptions;
import io.temporal.common.converter.RawValue;
import io.temporal.failure.ActivityFailure;
import io.temporal.workflow.ActivityStub;
import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.Promise;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Carries out what a run asks for: activities for dispatches, local activities for short work. */
final class Sending {
    /** Workers that are busy for that long are not waited for. */
    private static final Duration TURN_TIMEOUT = Duration.ofSeconds(1);

    private static final Duration LOCAL_TIMEOUT = Duration.ofSeconds(30);
    static final int MAX_SUMMARY = 200;

    private final RunContext run;
    private final Mailbox mailbox;
    private final Carriage carriage;
    private final Renewal renewal;
    private final SeparateDispatches separate;
    private final Map<Long, CancellationScope> open = new TreeMap<>();
    private final Map<Long, Storing> storing = new TreeMap<>();
    private final Turn turn;

    Sending(
            RunContext run,
            Mailbox mailbox,
            Carriage carriage,
            Renewal renewal,
            SeparateDispatches separate,
            Turn turn) {
        this.run = run;
        this.mailbox = mailbox;
        this.carriage = carriage;
        this.renewal = renewal;
        this.separate = separate;
        this.turn = turn;
    }

    /** Hands attempts to a worker; what comes back lands in the mailbox. */
    void dispatch(RunCommand.Dispatch command, int inlineAllowance) {
        DispatchRequest request = new DispatchRequest(
                command.dispatch(), run, command.attempts(), command.sources(), inlineAllowance, null);
        start(
                request,
                order(
                        command.dispatch(),
                        command.timeoutMs(),
                        command.taskQueue(),
                        command.priority(),
                        summary(command.attempts())),
                command.timeoutMs());
    }

    void dispatch(RunCommand.DispatchGroup command, int inlineAllowance) {
        GroupPiece piece = new GroupPiece(command.group(), command.piece(), command.settled(), command.slots());
        DispatchRequest request =
                new DispatchRequest(command.dispatch(), run, List.of(), Map.of(), inlineAllowance, piece);
        int members = command.piece().root().size() - command.settled().size();
        start(
                request,
                order(
                        command.dispatch(),
                        command.timeoutMs(),
                        command.taskQueue(),
                        0,
                        command.group() + ", " + members + " tasks"),
                longest(command.piece().root()));
    }

    private static long longest(Scope piece) {
        long longest = 0;
        for (int member = 0; member < piece.size(); member++) {
            longest = Math.max(longest, piece.node(member).task().timeoutMs());
        }
        return longest;
    }

    private DispatchOrder order(
            long dispatch, long timeoutMs, @Nullable String taskQueue, int priority, String summary) {
        return new DispatchOrder(
                run.workflowId(), dispatch, DispatchActivity.TYPE, timeoutMs, taskQueue, priority, summary, null);
    }

    private void start(DispatchRequest whole, DispatchOrder order, long attemptMs) {
        Payload written = Carriage.written(whole);
        int size = written.getData().size();
        if (size <= Carriage.MAX_INLINE) {
            turn.sends(size);
            start(order, new RawValue(written), attemptMs);
            return;
        }
        turn.sends(Turn.ENVELOPE);
        Promise<Value.Stored> stored = Carriage.store(whole);
        storing.put(order.dispatch(), new Storing(whole, order, attemptMs, stored));
        stored.handle((ref, failure) -> {
            mailbox.wakeFromOutside();
            return ref;
        });
    }

    /** A request that is too large to travel, while it is being stored: the run reads signals meanwhile. */
    private record Storing(DispatchRequest whole, DispatchOrder order, long attemptMs, Promise<Value.Stored> stored) {
        RawValue request() {
            return new RawValue(
                    Carriage.written(whole.storedAs(Promises.read(stored).ref())));
        }
    }

    /** Sends what was being stored and is. */
    void sendStored() {
        List<Storing> done = storing.values().stream()
                .filter(each -> each.stored().isCompleted())
                .toList();
        for (Storing each : done) {
            storing.remove(each.order().dispatch());
            start(each.order(), each.request(), each.attemptMs());
        }
    }

    /** What is being stored was not sent either. */
    private void takeBackStoring(Set<Long> dispatches) {
        for (long dispatch : new TreeSet<>(dispatches)) {
            Storing unsent = storing.remove(dispatch);
            if (unsent != null) {
                takeBack(dispatch, unsent.whole().attempts());
            }
        }
    }

    /** Has somebody else's worker carry an attempt out. A call that was too large to wait in the run is read here. */
    void external(RunCommand.External command) {
        Attempt attempt = command.attempt();
        Value prepared = attempt.prepared();
        if (prepared == null) {
            throw new IllegalStateException("Expected a prepared call of " + attempt.key() + ", but there is none");
        }
        if (command.taskQueue().equals(Workflow.getInfo().getTaskQueue())) {
            Outcome refused = outcome(attempt, Elsewhere.own(attempt.key()));
            mailbox.put(at -> new RunInput.Returned(at, command.dispatch(), List.of(refused), List.of(), List.of()));
            return;
        }
        JsonNode call = carriage.unpack(prepared, JsonNode.class);
        turn.sends(Weight.of(call));
        start(Elsewhere.order(run.workflowId(), command, call), Elsewhere.input(call), command.timeoutMs());
    }

    private void start(DispatchOrder order, RawValue input, long attemptMs) {
        if (renewal.isInTheWay(attemptMs, order.timeoutMs())) {
            separate.start(order, input);
            return;
        }
        long startedAt = Workflow.currentTimeMillis();
        CancellationScope scope = Workflow.newCancellationScope(() -> DispatchEnds.start(order, input)
                .thenApply(raw -> {
                    open.remove(order.dispatch());
                    mailbox.putFromOutside(at -> read(at, DispatchEnds.of(order, startedAt, at, raw)));
                    return raw;
                }));
        open.put(order.dispatch(), scope);
        scope.run();
    }

    /** What the end of a dispatch means to the run. */
    RunInput read(long at, DispatchEnd end) {
        return switch (end) {
            case DispatchEnd.Returned(long dispatch, DispatchResult result) -> {
                DispatchResult whole = carriage.unpack(result);
                yield new RunInput.Returned(at, dispatch, whole.outcomes(), whole.handedBack(), whole.steps());
            }
            case DispatchEnd.Lost(long dispatch, DispatchResult lastWord, String why) -> {
                DispatchResult last = carriage.unpack(lastWord);
                yield new RunInput.Lost(at, dispatch, last.outcomes(), last.steps(), why);
            }
            case DispatchEnd.Gave(long dispatch, TaskKey key, Value value, String note) ->
                new RunInput.GaveBack(at, dispatch, key, value, note);
            case DispatchEnd.Untaken(long dispatch, boolean begun) -> new RunInput.Untaken(at, dispatch, begun);
            case DispatchEnd.Settled(long dispatch, Outcome outcome) ->
                new RunInput.Returned(at, dispatch, List.of(outcome), List.of(), List.of());
        };
    }

    /** Forgets what came back otherwise than by {@link #dispatch}. */
    void closed(Set<Long> stillOpen) {
        open.keySet().retainAll(stillOpen);
        separate.closed(stillOpen);
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

    /** Does short work in a local activity; answers land in the mailbox. */
    void inline(RunCommand.Inline command, int inlineAllowance, int preparedAllowance) {
        InlineRequest request = new InlineRequest(
                run, command.jobs(), command.sources(), inlineAllowance, preparedAllowance, command.ahead());
        turn.asks();
        localStub(command)
                .executeAsync(InlineActivity.INLINE, RawValue.class, request)
                .handle((result, failure) -> {
                    turn.hears(
                            failure == null && result != null
                                    ? result.getPayload().getData().size()
                                    : 0);
                    mailbox.put(at -> answered(at, command, failure == null ? result : null));
                    return null;
                });
    }

    private RunInput answered(long at, RunCommand.Inline command, @Nullable RawValue raw) {
        InlineResult result = Promises.read(raw, InlineResult.class);
        if (result == null) {
            return new RunInput.Answered(
                    at, command.jobs().stream().map(Sending::gaveUp).toList());
        }
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
        separate.cancelAll("the run ends");
        takeBackStoring(storing.keySet());
        for (RunCommand command : unsent) {
            switch (command) {
                case RunCommand.Numbered unused -> takeBack(unused);
                case RunCommand.Inline unused -> takeBack(unused);
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
    void cancelSome(Set<Long> dispatches, List<RunCommand.Numbered> unsent) {
        dispatches.stream()
                .sorted()
                .map(open::get)
                .filter(Objects::nonNull)
                .forEach(scope -> scope.cancel("its turn or item ends"));
        separate.cancel(dispatches, "its turn or item ends");
        takeBackStoring(dispatches);
        unsent.forEach(this::takeBack);
    }

    private void takeBack(RunCommand.Numbered unused) {
        switch (unused) {
            case RunCommand.Dispatch dispatch -> takeBack(dispatch.dispatch(), dispatch.attempts());
            case RunCommand.External external -> takeBack(external.dispatch(), List.of(external.attempt()));
            case RunCommand.DispatchGroup group -> takeBack(group.dispatch(), List.of());
        }
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
        return Text.beginning(model.isEmpty() ? names : names + " · " + model, MAX_SUMMARY);
    }

    private static String names(List<TaskKey> keys) {
        String text = keys.size() == 1
                ? keys.getFirst().toString()
                : keys.getFirst() + " … " + keys.getLast() + ", " + keys.size() + " tasks";
        return Text.beginning(text, MAX_SUMMARY);
    }
}
