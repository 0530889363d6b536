package dev.ratchet.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.IntNode;
import dev.ratchet.document.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** For each way in which a run can take a wrong course an engine that does: the checker must notice. */
class CourseCheckerTest {
    private static final int RUNS = 4_000;

    @Test
    void shouldNoticeARetryInAClosingItem() {
        noticed("a request is accepted where nothing goes on, which is CLOSING: Retry", requests(Lenient.RETRY));
    }

    @Test
    void shouldNoticeARetryInAnItemThatIsOver() {
        noticed("a request is accepted where nothing goes on, which is ENDED: Retry", requests(Lenient.RETRY));
    }

    @Test
    void shouldNoticeASkipInAnItemThatEnded() {
        noticed("a request is accepted where nothing goes on, which is ENDED: Skip", requests(Lenient.SKIP));
    }

    @Test
    void shouldNoticeASkipInATurnThatIsLookedAt() {
        noticed("a request is accepted where nothing goes on, which is LOOKED_AT: Skip", requests(Lenient.SKIP));
    }

    @Test
    void shouldNoticeAnAnswerForATimer() {
        noticed("a timer is answered", requests(Lenient.GIVE));
    }

    @Test
    void shouldNoticeARetryOfATaskThatDidNotFail() {
        noticed("a task is tried again that did not fail", requests(Lenient.RETRY_ANYTHING));
    }

    /** Whom an engine does not refuse that should. */
    private enum Lenient {
        RETRY,
        RETRY_ANYTHING,
        SKIP,
        GIVE
    }

    private static BiFunction<RunView, RunInput, List<RunEvent>> requests(Lenient to) {
        return (view, input) -> {
            List<RunEvent> events = Decider.decide(view, input);
            if (!(input instanceof RunInput.Commanded in)
                    || !(events.size() == 1 && events.getFirst() instanceof RunEvent.CommandRead read)
                    || read.refusal() == null) {
                return events;
            }
            List<RunEvent> lenient = new ArrayList<>(List.of(new RunEvent.CommandRead(in.at(), in.command(), null)));
            switch (in.command().what()) {
                case Request.Retry retry
                when to == Lenient.RETRY || to == Lenient.RETRY_ANYTHING -> {
                    TaskView task = view.task(retry.key());
                    if (task == null || !(task.phase() == Phase.FAILED || to == Lenient.RETRY_ANYTHING)) {
                        return events;
                    }
                    lenient.add(new RunEvent.Reopened(in.at(), retry.key()));
                }
                case Request.Skip skip
                when to == Lenient.SKIP && view.task(skip.key()) != null -> {
                    lenient.add(new RunEvent.Reopened(in.at(), skip.key()));
                    lenient.add(new RunEvent.Skipped(in.at(), skip.key(), SkipReason.REQUESTED, List.of()));
                }
                case Request.Give give
                when to == Lenient.GIVE && isTimer(view.task(give.key())) ->
                    lenient.add(new RunEvent.AnswerTaken(
                            in.at(), give.key(), new Given("0", Value.of(IntNode.valueOf(0)), null, null)));
                default -> {
                    return events;
                }
            }
            return lenient;
        };
    }

    private static boolean isTimer(TaskView task) {
        return task != null && task.phase() == Phase.PARKED && task.parkedFor() == WaitingFor.TIMER;
    }

    @Test
    void shouldNoticeAFailureThatIsErased() {
        noticed(
                "a turn or an item is well although tasks of it failed",
                rewriting(event ->
                        event instanceof RunEvent.ScopeEnded e && e.part().error() != null
                                ? new RunEvent.ScopeEnded(e.at(), e.key(), e.number(), Part.NONE, false, List.of())
                                : event));
        noticed(
                "a run ends COMPLETED, but its tasks say FAILED",
                rewriting(event -> event instanceof RunEvent.Ended e
                        ? new RunEvent.Ended(e.at(), RunStatus.COMPLETED, null, null)
                        : event));
    }

    @Test
    void shouldNoticeALoopThatCompletesAfterATurnThatFailed() {
        noticed(
                "a loop or map completes although a turn of it failed",
                rewriting(event -> event instanceof RunEvent.Failed e && e.startedAt() != null && e.endedAt() != null
                        ? new RunEvent.Completed(
                                e.at(),
                                e.key(),
                                e.startedAt(),
                                e.endedAt(),
                                new Outcome.Completed(Value.of(IntNode.valueOf(0)), List.of(), List.of()),
                                e.usage(),
                                false)
                        : event));
    }

    @Test
    void shouldNoticeARunThatBreaks() {
        TaskError error = TaskError.of(ErrorCode.SCHEDULER_ERROR, "Expected something, but there is nothing");
        noticed(
                "a run breaks",
                rewriting(event -> event instanceof RunEvent.Closing e
                        ? new RunEvent.Closing(e.at(), ClosingCause.BROKEN, error, e.at())
                        : event));
    }

    @Test
    void shouldNoticeARequestThatChangesNothing() {
        noticed(
                "a request that is accepted changes nothing",
                (view, input) -> input instanceof RunInput.Commanded
                        ? Decider.decide(view, input).subList(0, 1)
                        : Decider.decide(view, input));
    }

    @Test
    void shouldNoticeARefusedRequestThatChangesSomething() {
        TaskError error = TaskError.of(ErrorCode.TASK_NOT_WAITING, "Expected something else, but it is this");
        noticed(
                "a request that is refused changes something",
                rewriting(event -> event instanceof RunEvent.CommandRead e
                        ? new RunEvent.CommandRead(e.at(), e.command(), error)
                        : event));
    }

    @Test
    void shouldNoticeARequestThatIsNotRead() {
        noticed(
                "a request is not read",
                (view, input) -> input instanceof RunInput.Commanded ? List.of() : Decider.decide(view, input));
    }

    @Test
    void shouldNoticeAnEngineThatGoesOnAfterItsEnd() {
        noticed(
                "something happens after the end",
                (view, input) ->
                        view.isEnded() ? List.of(new RunEvent.Paused(input.at())) : Decider.decide(view, input),
                20);
    }

    @Test
    void shouldNoticeAnAttemptThatIsHandedOutTwice() {
        noticed(
                "an attempt is handed out twice",
                Decider::decide,
                (state, events) -> events.stream()
                        .filter(RunEvent.DeliveryLost.class::isInstance)
                        .map(RunEvent.DeliveryLost.class::cast)
                        .forEach(event -> state.taskState(event.key()).delivery--));
    }

    @Test
    void shouldNoticeAnEngineThatPreparesInAPausedRun() {
        noticed(
                "something is prepared while the run is paused",
                (view, input) -> Decider.decide(MutantView.run(view, "isPaused", paused -> false), input));
    }

    @Test
    void shouldNoticeATimerThatIsEarly() {
        noticed(
                "a timer is early",
                (view, input) -> Decider.decide(view, input).stream()
                        .map(event -> event instanceof RunEvent.Parked e
                                        && e.waitingFor() == WaitingFor.TIMER
                                        && e.dueAt() != null
                                ? new RunEvent.Parked(e.at(), e.key(), e.waitingFor(), e.dueAt() + 60_000, e.hold())
                                : event)
                        .toList(),
                (state, events) -> events.stream()
                        .filter(RunEvent.Parked.class::isInstance)
                        .map(RunEvent.Parked.class::cast)
                        .filter(event -> event.waitingFor() == WaitingFor.TIMER)
                        .forEach(event -> state.agenda.set(state.taskState(event.key()), event.at())));
    }

    @Test
    void shouldNoticeMoreAttemptsThanThereMayBe() {
        noticed(
                "more attempts than there may be",
                rewriting(event -> event instanceof RunEvent.Failed e && e.startedAt() != null && e.endedAt() != null
                        ? new RunEvent.AttemptFailed(
                                e.at(), e.key(), e.startedAt(), e.endedAt(), e.error(), e.usage(), e.at() + 1_000)
                        : event));
    }

    @Test
    void shouldNoticeARenewalThatLosesAnEarlyAnswer() {
        Consumer<RunState> forgetful = run -> run.scopes
                .values()
                .forEach(scope -> scope.tasks.forEach(task -> {
                    if (task.phase == Phase.PENDING || task.phase == Phase.QUEUED) {
                        task.given = null;
                    }
                }));
        noticed("an early answer is not taken when its task waits", state -> {
            forgetful.accept(state);
            return new RunFold(state);
        });
    }

    @Test
    void shouldNoticeARenewalThatGoesAnotherWay() {
        noticed("a run that is renewed goes another way", state -> {
            state.open.next++;
            return new RunFold(state);
        });
    }

    @Test
    void shouldNoticeARenewalThatTellsReadersOtherwise() {
        noticed("a renewed run tells otherwise of the tasks", state -> {
            state.scopes
                    .values()
                    .forEach(scope -> scope.tasks.forEach(task -> task.attempt += task.attempt > 0 ? 1 : 0));
            return new RunFold(state);
        });
    }

    private static BiFunction<RunView, RunInput, List<RunEvent>> rewriting(UnaryOperator<RunEvent> pen) {
        return (view, input) -> Decider.decide(view, input).stream().map(pen).toList();
    }

    private static void noticed(String words, BiFunction<RunView, RunInput, List<RunEvent>> decider, int mostAfterEnd) {
        int[] after = new int[1];
        noticed(
                words,
                (view, input) ->
                        view.isEnded() && after[0]++ % mostAfterEnd != 0 ? List.of() : decider.apply(view, input));
    }

    private static void noticed(String words, BiFunction<RunView, RunInput, List<RunEvent>> decider) {
        noticed(words, decider, (state, events) -> {});
    }

    private static void noticed(
            String words,
            BiFunction<RunView, RunInput, List<RunEvent>> decider,
            BiConsumer<RunState, List<RunEvent>> damage) {
        noticed(words, state -> {
            List<RunEvent> last = new ArrayList<>();
            int[] decisions = new int[1];
            return new RunFold(state, (view, input) -> {
                damage.accept(state, last);
                last.clear();
                decisions[0]++;
                assertThat(decisions[0]).as("decisions of a run").isLessThan(3_000);
                List<RunEvent> events = decider.apply(view, input);
                last.addAll(events);
                return events;
            });
        });
    }

    /** Some run takes the wrong course, and is said to in these words. */
    private static void noticed(String words, Function<RunState, RunFold> folding) {
        boolean noticed = LongStream.range(0, RUNS)
                .mapToObj(seed -> DrawnRuns.of(seed).check(folding, UnaryOperator.identity()))
                .anyMatch(wrong -> wrong != null && wrong.startsWith(words));
        assertThat(noticed)
                .as("whether any run was found to take the wrong course")
                .isTrue();
    }
}
