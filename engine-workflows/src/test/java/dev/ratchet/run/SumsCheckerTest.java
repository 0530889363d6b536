package dev.ratchet.run;

import static dev.ratchet.run.StateCheckerTest.after;
import static dev.ratchet.run.StateCheckerTest.noticed;

import org.junit.jupiter.api.Test;

/** For each thing that a state keeps of all its scopes a state that keeps it wrongly: the checker must notice. */
class SumsCheckerTest {
    @Test
    void shouldNoticeATaskThatIsCountedTwice() {
        noticed("size of ", after(RunEvent.ScopeBegan.class, (run, e) -> run.tally.size++));
    }

    @Test
    void shouldNoticeASettledTaskThatIsTakenForOpen() {
        noticed("unsettled of run", after(RunEvent.Completed.class, (run, e) -> run.tally.unsettled++));
    }

    @Test
    void shouldNoticeATaskThatIsTakenForOneThatWaitsForMoney() {
        noticed("tasks that await money of ", after(RunEvent.Reserved.class, (run, e) -> run.tally.awaitingBudget++));
    }

    @Test
    void shouldNoticeARetryThatIsForgottenWhileItWaits() {
        noticed("aside of ", after(RunEvent.AttemptFailed.class, (run, e) -> run.tally.aside--));
    }

    @Test
    void shouldNoticeASlotThatIsNeverFreeAgain() {
        noticed("on workers of ", after(RunEvent.Completed.class, (run, e) -> run.tally.onWorkers++));
    }

    @Test
    void shouldNoticeAStatusThatIsCountedWrongly() {
        noticed("statuses of ", after(RunEvent.Failed.class, (run, e) -> {
            run.tally.count(run.taskState(e.key()), Phase.FAILED, 1);
            run.tally.size--;
        }));
    }

    @Test
    void shouldNoticeItemsThatArePromisedThoughTheyHaveBegun() {
        noticed("promised of ", after(RunEvent.ScopeBegan.class, (run, e) -> run.tally.promised++));
    }

    @Test
    void shouldNoticeATurnOfWhichNobodyKnowsThatItIsOver() {
        noticed(
                "due turns of ",
                (run, events) -> {},
                run -> run.tally.repeating.forEach(
                        key -> run.repetition(key).due.add(0)));
    }

    @Test
    void shouldNoticeALoopThatNobodyGoesOnWith() {
        noticed(
                "repetitions that are due of ",
                (run, events) -> {},
                run -> run.repetitionsDue.addAll(run.tally.repeating));
    }

    @Test
    void shouldNoticeATurnThatIsNeverQuiet() {
        noticed(
                "quiet of ",
                after(
                        RunEvent.ScopeBegan.class,
                        (run, e) -> run.scope(ScopePath.of(e.key(), e.number())).countInside(1)));
    }

    @Test
    void shouldNoticeAnItemThatWaitsThoughItIsOpen() {
        noticed(
                "waiting items of ",
                after(
                        RunEvent.ScopeBegan.class,
                        (run, e) -> run.repetition(e.key()).waiting.add(e.number())));
    }

    @Test
    void shouldNoticeWorkOfWhichARestoredRunKnowsNothing() {
        noticed(
                "work of ",
                (run, events) -> {},
                run -> run.scopes.values().forEach(scope -> scope.main.noted = Lane.Work.NOTHING));
    }
}
