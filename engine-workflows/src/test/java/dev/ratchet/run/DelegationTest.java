package dev.ratchet.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.IntNode;
import dev.ratchet.document.ErrorCode;
import dev.ratchet.plan.Policies.ExecutionMode;
import dev.ratchet.plan.Policies.OnFailure;
import dev.ratchet.testkit.PlanBuilder;
import dev.ratchet.testkit.Script;
import dev.ratchet.testkit.Simulation;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Tasks that other runs carry out. */
class DelegationTest {
    private static final TaskKey CHILD = TaskKey.root("child");

    @Test
    void shouldWaitForTheChildWithoutASlotAndGiveWhatItGave() {
        // given
        PlanBuilder plan = new PlanBuilder().maxParallelism(1);
        plan.task("child").mode(ExecutionMode.CHILD);
        plan.task("other");
        plan.task("after").after("child");

        // when
        Simulation run = new Simulation(plan.build()).begin().finish("other");

        // then
        assertThat(run.record("child").waitingFor()).isEqualTo(WaitingFor.CHILD);
        assertThat(run.hear("child").hear("child").status("child")).isEqualTo(TaskStatus.COMPLETED);
        assertThat(run.finish("after").state().status()).isEqualTo(RunStatus.COMPLETED);
    }

    @Test
    void shouldSetTheShareOfTheChildAsideAndPayWhatItUsed() {
        Simulation run = budgeted("1.00").begin();

        assertThat(run.state().ledger().reserved()).isEqualTo(PlanBuilder.usd("0.60"));
        run.hear("child").hear("child");
        assertThat(run.state().ledger().spent()).isEqualTo(PlanBuilder.usd("0.25"));
        assertThat(run.state().ledger().hasReservations()).isFalse();
        assertThat(run.record("child").usage()).isEqualTo(new Usage(10, 5, PlanBuilder.usd("0.25")));
    }

    @Test
    void shouldRefuseAChildThatDoesNotFitTheBudget() {
        Simulation run = budgeted("0.50").begin();

        assertThat(run.record("child").error()).matches(error -> error.is(ErrorCode.BUDGET_EXCEEDED));
        assertThat(run.open()).isEmpty();
    }

    @Test
    void shouldTryAgainWithAnotherChildWhenOneFailed() {
        // given
        PlanBuilder plan = new PlanBuilder();
        plan.task("child").mode(ExecutionMode.CHILD).attempts(2);

        // when
        Simulation run = new Simulation(plan.build())
                .script("child", Script.failsFirst(1))
                .begin();
        run.hear("child").hear("child");

        // then
        assertThat(run.record("child").waitingFor()).isEqualTo(WaitingFor.RETRY);
        run.advance(Duration.ofMinutes(1)).hear("child").hear("child");
        assertThat(run.record("child").attempts()).isEqualTo(2);
        assertThat(run.state().status()).isEqualTo(RunStatus.COMPLETED);
    }

    @Test
    void shouldStopTheChildOfARunThatIsAbortedAndPayWhatItUsed() {
        // given
        Simulation run = budgeted("1.00").begin().hear("child");

        // when
        run.abort();

        // then
        assertThat(run.state().status()).isEqualTo(RunStatus.ABORTING);
        run.hear("child");
        assertThat(run.status("child")).isEqualTo(TaskStatus.CANCELLED);
        assertThat(run.state().status()).isEqualTo(RunStatus.ABORTED);
        assertThat(run.state().ledger().spent()).isEqualTo(PlanBuilder.usd("0.25"));
    }

    @Test
    void shouldPresumeTheShareOfAChildThatDoesNotEndWhenItIsStopped() {
        // given
        Simulation run = budgeted("1.00").begin().hear("child");

        // when
        run.abort().advance(Duration.ofSeconds(9));

        // then
        assertThat(run.state().status()).isEqualTo(RunStatus.ABORTED);
        assertThat(run.state().ledger().presumed()).isEqualTo(PlanBuilder.usd("0.60"));
    }

    @Test
    void shouldLetTheChildFinishWhereWhatRunsMayFinish() {
        // given
        PlanBuilder plan = new PlanBuilder().onFailure(OnFailure.FINISH_RUNNING);
        plan.task("child").mode(ExecutionMode.CHILD);
        plan.task("fails");

        // when
        Simulation run = new Simulation(plan.build())
                .script("fails", Script.fails())
                .begin()
                .hear("child")
                .finish("fails");

        // then
        assertThat(run.status("child")).isEqualTo(TaskStatus.WAITING);
        assertThat(run.hear("child").status("child")).isEqualTo(TaskStatus.COMPLETED);
        assertThat(run.state().status()).isEqualTo(RunStatus.FAILED);
    }

    @Test
    void shouldStopAChildThatTakesTooLongAndFailWhenItHasStopped() {
        // given
        Simulation run = timed(Duration.ofMinutes(30)).begin().hear("child");

        // when
        run.advance(Duration.ofMinutes(30));

        // then
        assertThat(run.status("child")).isEqualTo(TaskStatus.WAITING);
        run.hear("child");
        assertThat(run.record("child").error()).matches(error -> error.is(ErrorCode.TIMEOUT));
    }

    @Test
    void shouldNotWaitForAChildThatDoesNotStop() {
        Simulation run = timed(Duration.ofMinutes(30)).begin().hear("child");

        run.advance(Duration.ofMinutes(31));

        assertThat(run.record("child").error()).matches(error -> error.is(ErrorCode.TIMEOUT));
        assertThat(run.state().status()).isEqualTo(RunStatus.FAILED);
    }

    @Test
    void shouldLookNowAndThenWhetherTheChildIsStillThere() {
        // given
        Simulation run = timed(Duration.ofDays(3_650)).begin().hear("child");

        // when
        run.advance(Duration.ofDays(2));

        // then
        long looks = run.events().stream()
                .filter(RunEvent.LookedAfter.class::isInstance)
                .count();
        assertThat(looks).isBetween(10L, 20L);
        run.wakeUp(List.of(new RunInput.ChildStarted(run.now(), CHILD, 1, null, true, null)));
        assertThat(run.record("child").error()).matches(error -> error.is(ErrorCode.SCHEDULER_ERROR));
    }

    @Test
    void shouldFailWhenTheChildCannotBeStarted() {
        Simulation run = timed(Duration.ofDays(1)).begin();
        TaskError refused = TaskError.of(ErrorCode.LIMIT_EXCEEDED, "Expected less");

        run.wakeUp(List.of(new RunInput.ChildStarted(run.now(), CHILD, 1, refused, false, null)));

        assertThat(run.record("child").error()).isEqualTo(refused);
    }

    @Test
    void shouldPayTheWholeShareOfAChildThatNobodyWaitsFor() {
        // given
        Simulation run = budgeted("1.00").begin();
        Value started = Value.of(IntNode.valueOf(1));

        // when
        run.wakeUp(List.of(new RunInput.ChildStarted(run.now(), CHILD, 1, null, false, started)));

        // then
        assertThat(run.state().ledger().spent()).isEqualTo(PlanBuilder.usd("0.60"));
        assertThat(run.record("child").waitingFor()).isNull();
    }

    @Test
    void shouldFailWhenSomebodyAbortsTheChild() {
        // given
        Simulation run = budgeted("1.00").begin().hear("child");
        Outcome aborted = new Outcome(
                CHILD,
                1,
                1,
                run.now(),
                run.now(),
                new Outcome.Cancelled(),
                new Usage(1, 1, PlanBuilder.usd("0.10")),
                false);

        // when
        run.wakeUp(List.of(new RunInput.Reported(run.now(), List.of(aborted))));

        // then
        assertThat(run.record("child").error()).matches(error -> error.is(ErrorCode.CANCELLED));
        assertThat(run.state().ledger().spent()).isEqualTo(PlanBuilder.usd("0.10"));
    }

    @Test
    void shouldStopAChildThatIsDoneWithout() {
        // given
        Simulation run = budgeted("1.00").begin().hear("child");

        // when
        run.request(new Request.Skip(CHILD));

        // then
        assertThat(run.status("child")).isEqualTo(TaskStatus.SKIPPED);
        assertThat(run.state().ledger().presumed()).isEqualTo(PlanBuilder.usd("0.60"));
    }

    @Test
    void shouldIgnoreWhatAChildOfAnEarlierAttemptSays() {
        // given
        Simulation run = budgeted("1.00").begin().hear("child").hear("child");
        long version = run.state().version();

        // when
        Outcome again = new Outcome(
                CHILD,
                1,
                1,
                run.now(),
                run.now(),
                new Outcome.Cancelled(),
                new Usage(1, 1, PlanBuilder.usd("0.10")),
                false);
        run.wakeUp(List.of(new RunInput.Reported(run.now(), List.of(again))));

        // then
        assertThat(run.state().version()).isEqualTo(version);
    }

    @Test
    void shouldStartTheChildAgainThatNobodyIsKnownToHaveStarted() {
        // given
        Simulation run = timed(Duration.ofDays(1)).carrying().begin();

        // when
        List<RunCommand> again = Commands.again(run.state());

        // then
        assertThat(again).singleElement().isInstanceOf(RunCommand.StartChild.class);
        assertThat(Commands.again(run.hear("child").state())).isEmpty();
    }

    private static Simulation budgeted(String limit) {
        PlanBuilder plan = new PlanBuilder().budget(limit);
        plan.task("child").mode(ExecutionMode.CHILD);
        return new Simulation(plan.build())
                .script("child", Script.COMPLETES.estimated("0.60").costing("0.25"));
    }

    private static Simulation timed(Duration most) {
        PlanBuilder plan = new PlanBuilder();
        plan.task("child").mode(ExecutionMode.CHILD).timeout(most);
        return new Simulation(plan.build());
    }
}
