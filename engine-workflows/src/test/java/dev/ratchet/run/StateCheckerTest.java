package dev.ratchet.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ratchet.document.Money;
import dev.ratchet.testkit.PlanBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** For each thing that a state keeps beside its tasks a state that keeps it wrongly: the checker must notice. */
class StateCheckerTest {
    private static final int RUNS = 3_000;

    /** An engine that keeps the wrong thing may never come to rest. */
    private static final int MOST_DECISIONS = 3_000;

    @Test
    void shouldNoticeAReopenedDependantThatIsNotReady() {
        noticed(
                "ready of ",
                after(
                        RunEvent.Reopened.class,
                        (run, e) -> lane(run, e.key()).ready.remove(index(run, e.key()))));
    }

    @Test
    void shouldNoticeWhoIsReadyBeforeItsSources() {
        noticed(
                "ready of ",
                after(
                        RunEvent.ScopeBegan.class,
                        (run, e) -> run.scope(ScopePath.of(e.key(), e.number()))
                                .main
                                .ready
                                .add(0)));
    }

    @Test
    void shouldNoticeAScopeThatCountsATaskTwice() {
        noticed(
                "unsettled of ",
                after(RunEvent.ScopeBegan.class, (run, e) -> run.scope(ScopePath.of(e.key(), e.number())).unsettled++));
    }

    @Test
    void shouldNoticeATaskThatWaitsForASettledSource() {
        noticed(
                "unsettledSources of ",
                after(
                        RunEvent.Failed.class,
                        (run, e) -> run.targets(run.taskState(e.key()))
                                .forEach(target -> ((TaskState) target).unsettledSources++)));
    }

    @Test
    void shouldNoticeABatchThatIsNeverOver() {
        noticed("open of ", after(RunEvent.Skipped.class, (run, e) -> lane(run, e.key()).open++));
    }

    @Test
    void shouldNoticeATaskThatStaysUndecided() {
        noticed(
                "undecided of ",
                after(RunEvent.Decided.class, (run, e) -> lane(run, e.answer().key()).undecided++));
    }

    @Test
    void shouldNoticeASlotThatIsCountedTwice() {
        noticed(
                "inFlight of ",
                after(RunEvent.HandedOver.class, (run, e) -> lane(run, e.keys().getFirst()).inFlight++));
    }

    @Test
    void shouldNoticeAVerdictThatIsDueAgain() {
        noticed(
                "decided of ",
                after(
                        RunEvent.Failed.class,
                        (run, e) -> lane(run, e.key()).decided.add(index(run, e.key()))));
    }

    @Test
    void shouldNoticeATaskThatWaitsForASlotAlthoughItRuns() {
        noticed(
                "queued of ",
                after(
                        RunEvent.Parked.class,
                        (run, e) -> lane(run, e.key()).queued.add(index(run, e.key()))));
    }

    @Test
    void shouldNoticeATaskThatIsForgottenInItsQueue() {
        noticed(
                "queued of ",
                after(
                        RunEvent.HandedBack.class,
                        (run, e) -> lane(run, e.key()).queued.clear()));
    }

    @Test
    void shouldNoticeATaskThatBeginsThoughItDoesNotWait() {
        noticed(
                "slotless of ",
                (run, events) -> {},
                run -> run.scopes.values().forEach(scope -> scope.main.slotless.add(0)));
    }

    @Test
    void shouldNoticeATaskThatIsToBePaidAgain() {
        noticed(
                "unpaid of ",
                after(
                        RunEvent.Delegated.class,
                        (run, e) -> lane(run, e.key()).unpaid.add(index(run, e.key()))));
    }

    @Test
    void shouldNoticeATaskThatNobodyKnowsToWaitForMoney() {
        noticed(
                "awaitingBudget of ",
                after(
                        RunEvent.BudgetAwaited.class,
                        (run, e) -> lane(run, e.key()).awaitingBudget.clear()));
    }

    @Test
    void shouldNoticeAGroupThatIsReadyThoughItIsUnderWay() {
        noticed(
                "readyGroups of ",
                after(
                        RunEvent.GroupHandedOver.class,
                        (run, e) -> run.scope(e.scope()).main.readyGroups.put(0, e.group())));
    }

    @Test
    void shouldNoticeARestoredRunThatForgetsAQueuedGroup() {
        noticed(
                "queuedGroups of ",
                (run, events) -> {},
                run -> run.scope(TaskKey.ROOT).main.queuedGroups.clear());
    }

    @Test
    void shouldNoticeARestoredRunThatForgetsAFailure() {
        noticed(
                "failed of ",
                (run, events) -> {},
                run -> run.scopes.values().forEach(scope -> scope.main.failed = false));
    }

    @Test
    void shouldNoticeARestoredRunThatForgetsAWaitingPerson() {
        noticed("parked of ", (run, events) -> {}, run -> run.tally.parked = 0);
    }

    @Test
    void shouldNoticeARestoredRunThatForgetsARetry() {
        noticed(
                "agenda of ",
                (run, events) -> {},
                run -> run.agenda.by(Long.MAX_VALUE - 1).forEach(key -> {
                    TaskState task = run.taskState(key);
                    Long due = task.dueAt;
                    run.agenda.set(task, null);
                    task.dueAt = due;
                }));
    }

    @Test
    void shouldNoticeARestoredRunThatForgetsAChild() {
        noticed("delegated of ", (run, events) -> {}, run -> run.delegated.clear());
    }

    @Test
    void shouldNoticeARestoredRunThatForgetsALoop() {
        noticed("repeating of ", (run, events) -> {}, run -> run.tally.repeating.clear());
    }

    @Test
    void shouldNoticeAGroupThatWaitsForASettledTask() {
        noticed(
                "externalOpen of ",
                after(
                        RunEvent.Completed.class,
                        (run, e) -> run.scope(e.key().scope()).groups.values().forEach(group -> group.externalOpen++)));
    }

    @Test
    void shouldNoticeALaneThatForgetsAFailure() {
        noticed("failed of ", after(RunEvent.Failed.class, (run, e) -> run.taskState(e.key()).lane.failed = false));
    }

    @Test
    void shouldNoticeAPersonWhoIsWaitedForAfterTheAnswer() {
        noticed("parked of ", after(RunEvent.AnswerTaken.class, (run, e) -> run.tally.parked++));
    }

    @Test
    void shouldNoticeAnAnswerThatIsAwaitedAfterItCame() {
        noticed("asked of ", after(RunEvent.Prepared.class, (run, e) -> run.tally.asked++));
    }

    @Test
    void shouldNoticeInlineWorkThatIsNeverOver() {
        noticed("executing of ", after(RunEvent.AnswerTaken.class, (run, e) -> run.tally.executing++));
    }

    @Test
    void shouldNoticeATaskThatIsTakenForALoop() {
        noticed("repeating of ", after(RunEvent.Parked.class, (run, e) -> run.tally.repeating.add(e.key())));
    }

    @Test
    void shouldNoticeADispatchThatOwesWhatItGave() {
        noticed(
                "owed of ",
                after(RunEvent.DispatchClosed.class, (run, e) -> run.open.owe(e.dispatch(), TaskKey.root("t00"))));
    }

    @Test
    void shouldNoticeADueTimeThatIsKeptForASettledTask() {
        noticed(
                "due time of ",
                after(RunEvent.Skipped.class, (run, e) -> run.agenda.set(run.taskState(e.key()), 9_999_999L)));
    }

    @Test
    void shouldNoticeAReservationThatIsNotReleased() {
        noticed(
                "reservation of ",
                after(
                        RunEvent.Failed.class,
                        (run, e) -> run.books.reserve(run.taskState(e.key()), PlanBuilder.usd("0.01"))));
    }

    @Test
    void shouldNoticeAReservationThatIsReleasedTwice() {
        noticed(
                "reserved of ",
                after(RunEvent.Reserved.class, (run, e) -> run.books.ledger = run.books.ledger.release(e.amount())));
    }

    @Test
    void shouldNoticeMoneyThatIsSpentTwice() {
        Money cent = PlanBuilder.usd("0.01");
        noticed(
                "spent of ",
                after(RunEvent.Completed.class, (run, e) -> run.books.ledger = run.books.ledger.settle(cent)));
    }

    @Test
    void shouldNoticeATaskThatIsLeftInATurnThatEnded() {
        noticed(
                "unsettled tasks of a turn that ended",
                after(
                        RunEvent.ScopeEnded.class,
                        (run, e) ->
                                run.scope(ScopePath.of(e.key(), e.number()))
                                        .tasks
                                        .getFirst()
                                        .phase = Phase.QUEUED));
    }

    @Test
    void shouldNoticeATurnThatStaysOpen() {
        noticed(
                "open turns of ",
                after(
                        RunEvent.ScopeBegan.class,
                        (run, e) -> run.repetition(e.key()).open.remove(e.number())));
    }

    @Test
    void shouldNoticeAnEndThatForgetsTheFailure() {
        noticed("a first failure of ", after(RunEvent.Ended.class, (run, e) -> run.course.firstFailure = null));
    }

    @Test
    void shouldNoticeATaskThatIsOpenAtTheEnd() {
        noticed("unsettled tasks at the end", after(RunEvent.Ended.class, (run, e) -> {
            ScopeState root = run.scope(TaskKey.ROOT);
            root.tasks.getFirst().phase = Phase.BACKING_OFF;
            root.tasks.getFirst().dueAt = 1L;
            root.unsettled++;
        }));
    }

    private static Lane lane(RunState run, TaskKey key) {
        return run.scope(key.scope()).main;
    }

    private static int index(RunState run, TaskKey key) {
        return run.taskState(key).index;
    }

    /** Damage that is done as soon as an event of a kind was applied. */
    static <T extends RunEvent> BiConsumer<RunState, List<RunEvent>> after(
            Class<T> kind, BiConsumer<RunState, T> damage) {
        return (run, events) ->
                events.stream().filter(kind::isInstance).map(kind::cast).forEach(event -> damage.accept(run, event));
    }

    static void noticed(String words, BiConsumer<RunState, List<RunEvent>> damage) {
        noticed(words, damage, restored -> {});
    }

    /** Some run is found to keep the wrong thing, and is said to in these words. */
    static void noticed(String words, BiConsumer<RunState, List<RunEvent>> damage, Consumer<RunState> damageOnTheWay) {
        Function<RunState, RunFold> folding = state -> {
            damageOnTheWay.accept(state);
            List<RunEvent> last = new ArrayList<>();
            int[] decisions = new int[1];
            return new RunFold(state, (view, input) -> {
                decisions[0]++;
                assertThat(decisions[0]).as("decisions of a run").isLessThan(MOST_DECISIONS);
                damage.accept(state, last);
                last.clear();
                List<RunEvent> events = Decider.decide(view, input);
                last.addAll(events);
                return events;
            });
        };
        boolean noticed = LongStream.range(0, RUNS)
                .mapToObj(seed -> DrawnRuns.of(seed).check(folding, UnaryOperator.identity()))
                .anyMatch(wrong -> wrong != null && wrong.startsWith(words));
        assertThat(noticed)
                .as("whether any run was found to keep the wrong thing")
                .isTrue();
    }
}
