package dev.ratchet.run;

import static dev.ratchet.run.TaskStatus.CANCELLED;
import static dev.ratchet.run.TaskStatus.COMPLETED;
import static dev.ratchet.run.TaskStatus.FAILED;
import static dev.ratchet.run.TaskStatus.PENDING;
import static dev.ratchet.run.TaskStatus.RUNNING;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.NullNode;
import dev.ratchet.document.ErrorCode;
import dev.ratchet.plan.Policies.ExecutionMode;
import dev.ratchet.plan.Policies.OnFailure;
import dev.ratchet.testkit.PlanBuilder;
import dev.ratchet.testkit.Simulation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Tasks that travel together: one worker folds them, and the run repeats what it folded. */
class GroupsInRunsTest {
    private static final Outcome.Result DONE =
            new Outcome.Completed(Value.of(NullNode.getInstance()), List.of(), List.of());
    private static final Outcome.Result WRONG =
            new Outcome.Failed(TaskError.of(ErrorCode.EXECUTION_FAILED, "no"), false, null);

    @Test
    void shouldHandAGroupToOneWorkerOnceAllItNeedsFromOutsideIsSettled() {
        PlanBuilder plan = PlanBuilder.chain("a", "g1", "g2", "z");
        plan.task("b");
        plan.task("g2").after("b");
        group(plan, "g1", "g2");
        Simulation run = new Simulation(plan.build()).begin().finish("a").finish("b");

        assertThat(dispatched(run)).isEqualTo(1);
        RunCommand.DispatchGroup group = (RunCommand.DispatchGroup) run.open().getFirst();
        assertThat(group.settled())
                .extracting(CarriedTask::key)
                .containsExactlyInAnyOrder(TaskKey.root("a"), TaskKey.root("b"));
        assertThat(group.piece().root().nodes()).extracting(node -> node.id()).contains("g1", "g2", "a", "b");
        assertThat(group.slots()).isEqualTo(1);
        assertThat(run.status("g1")).isEqualTo(PENDING);

        returned(run, reported("g1", DONE), reported("g2", DONE));

        assertThat(run.status("g2")).isEqualTo(COMPLETED);
        assertThat(run.status("z")).isEqualTo(RUNNING);
    }

    @Test
    void shouldKeepTheBatchOpenWhileAGroupIsOut() {
        PlanBuilder plan = PlanBuilder.chain("g1", "g2");
        plan.task("b");
        plan.task("c").after("b");
        group(plan, "g1", "g2");
        Simulation run = new Simulation(plan.build()).begin().finish("b");
        assertThat(run.status("c")).isEqualTo(PENDING);

        returned(run, reported("g1", DONE), reported("g2", DONE));

        assertThat(run.status("c")).isEqualTo(RUNNING);
    }

    @Test
    void shouldGrantAGroupAsManySlotsAsItIsWideAndThereAre() {
        PlanBuilder plan = new PlanBuilder().maxParallelism(2);
        plan.task("x");
        plan.task("y");
        plan.task("z");
        plan.task("w");
        group(plan, "x", "y", "z");
        Simulation run = new Simulation(plan.build()).begin();

        assertThat(run.status("w")).isEqualTo(RUNNING);
        assertThat(((RunCommand.DispatchGroup) run.open().getLast()).slots()).isEqualTo(1);
    }

    @Test
    void shouldDeliverAgainOneByOneWhatALostWorkerHadNotReported() {
        Simulation run = new Simulation(chain("g1", "g2", "g3").build()).begin();

        run.wakeUp(List.of(new RunInput.Lost(run.now() + 10_000, 1, List.of(), List.of(reported("g1", DONE)))));

        assertThat(run.status("g1")).isEqualTo(COMPLETED);
        assertThat(run.status("g2")).isEqualTo(RUNNING);
        assertThat(run.view("g2").delivery()).isEqualTo(2);
        assertThat(run.view("g2").lostDeliveries()).isEqualTo(1);
        assertThat(run.status("g3")).isEqualTo(PENDING);
        run.finish("g2").finish("g3");
        assertThat(run.state().status()).isEqualTo(RunStatus.COMPLETED);
    }

    @Test
    void shouldCountTheDeliveryOfAGroupOfWhichNothingWasHeard() {
        Simulation run = new Simulation(chain("g1", "g2").build()).begin();

        run.wakeUp(List.of(new RunInput.Lost(run.now() + 10_000, 1, List.of(), List.of())));

        assertThat(run.status("g1")).isEqualTo(RUNNING);
        assertThat(run.view("g1").delivery()).isEqualTo(2);
        assertThat(run.view("g1").lostDeliveries()).isEqualTo(1);
    }

    @Test
    void shouldNotCountWhatAWorkerHandsBack() {
        Simulation run = new Simulation(chain("g1", "g2").build()).begin();

        run.wakeUp(List.of(new RunInput.Returned(
                run.now() + 1, 1, List.of(), List.of(TaskKey.root("g2")), List.of(reported("g1", DONE)))));

        assertThat(run.status("g2")).isEqualTo(RUNNING);
        assertThat(run.view("g2").lostDeliveries()).isZero();
        assertThat(run.view("g2").delivery()).isEqualTo(2);
    }

    @Test
    void shouldIgnoreAGroupThatComesBackTwice() {
        Simulation run = new Simulation(PlanBuilder.chain("g1", "g2", "z").build()).begin();
        Simulation grouped =
                new Simulation(grouped(PlanBuilder.chain("g1", "g2", "z")).build()).begin();
        assertThat(run.state().version()).isPositive();
        RunInput back = new RunInput.Returned(
                grouped.now() + 1, 1, List.of(), List.of(), List.of(reported("g1", DONE), reported("g2", DONE)));
        grouped.wakeUp(List.of(back));
        long version = grouped.state().version();

        grouped.wakeUp(List.of(back));

        assertThat(grouped.state().version()).isEqualTo(version);
    }

    @Test
    void shouldCallItAContradictionWhenAWorkerDidWhatTheRunWouldNotHaveDone() {
        Simulation run = new Simulation(chain("g1", "g2").build()).begin();

        returned(run, reported("g2", DONE));

        assertThat(run.state().status()).isEqualTo(RunStatus.FAILED);
        TaskError error = Objects.requireNonNull(run.state().record().error());
        assertThat(error.code()).isEqualTo("scheduler_error");
        assertThat(error.message())
                .isEqualTo(
                        "Expected the group of dispatch 1 to be scheduled as the run would have, but its worker did otherwise");
    }

    @Test
    void shouldRefuseStepsThatAreNoneOfAWorkersBusiness() {
        Simulation run = new Simulation(chain("g1", "g2").build()).begin();

        returned(run, new RunInput.Commanded(1, new Command("x", null, null, new Request.Abort())));

        assertThat(Objects.requireNonNull(run.state().record().error()).code()).isEqualTo("scheduler_error");
    }

    @Test
    void shouldStopInsideAGroupWhenOneFailsFast() {
        PlanBuilder plan = new PlanBuilder();
        plan.task("g1");
        plan.task("g2");
        plan.task("g3").after("g2");
        Simulation run = new Simulation(group(plan, "g1", "g2", "g3").build()).begin();

        returned(run, reported("g1", WRONG), reported("g2", new Outcome.Cancelled()));

        assertThat(run.status("g1")).isEqualTo(FAILED);
        assertThat(run.status("g2")).isEqualTo(CANCELLED);
        assertThat(run.record("g3").reason()).isEqualTo(SkipReason.RUN_FAILED);
        assertThat(run.state().status()).isEqualTo(RunStatus.FAILED);
    }

    @Test
    void shouldGoOnInsideAGroupWithWhatDoesNotDependOnAFailure() {
        PlanBuilder plan = new PlanBuilder().onFailure(OnFailure.SKIP_DEPENDENTS);
        plan.task("g1");
        plan.task("g2").after("g1");
        plan.task("g3");
        plan.task("g4").after("g3");
        Simulation run = new Simulation(group(plan, "g1", "g2", "g3", "g4").build()).begin();

        returned(run, reported("g1", WRONG), reported("g3", DONE), reported("g4", DONE));

        assertThat(run.record("g2").blockedBy()).containsExactly("g1");
        assertThat(run.status("g4")).isEqualTo(COMPLETED);
        assertThat(run.state().status()).isEqualTo(RunStatus.FAILED);
    }

    @Test
    void shouldDeliverAgainWhatAWorkerStoppedUnasked() {
        Simulation run = new Simulation(chain("g1", "g2").build()).begin();

        returned(run, reported("g1", new Outcome.Cancelled()));
        run.advance(java.time.Duration.ofSeconds(1));

        assertThat(run.status("g1")).isEqualTo(RUNNING);
        assertThat(run.view("g1").delivery()).isEqualTo(2);
        assertThat(run.status("g2")).isEqualTo(PENDING);
    }

    @Test
    void shouldDoItselfTheInlineWorkThatALostWorkerHadBegun() {
        PlanBuilder plan = chain("g1", "g2", "g3");
        plan.task("g2").mode(ExecutionMode.INLINE);
        Simulation run = new Simulation(plan.build()).begin();

        run.wakeUp(List.of(new RunInput.Lost(run.now() + 10_000, 1, List.of(), List.of(reported("g1", DONE)))));
        run.forget(1);

        assertThat(run.open())
                .singleElement()
                .isInstanceOfSatisfying(
                        RunCommand.Inline.class,
                        work -> assertThat(work.jobs())
                                .singleElement()
                                .isInstanceOfSatisfying(
                                        InlineJob.Execute.class,
                                        job -> assertThat(job.key()).isEqualTo(TaskKey.root("g2"))));
        assertThat(run.toEnd().state().status()).isEqualTo(RunStatus.COMPLETED);
    }

    @Test
    void shouldAskNobodyForWhatAGroupHadAnsweredAlready() {
        PlanBuilder plan = chain("g1", "g2");
        plan.task("g2").mode(ExecutionMode.INLINE);
        Simulation run = new Simulation(plan.build()).begin();

        returned(
                run,
                reported("g1", DONE),
                new RunInput.Answered(
                        1,
                        List.of(new InlineAnswer.Executed(
                                new Outcome(TaskKey.root("g2"), 1, 1, 1, 1, DONE, null, false)))));

        assertThat(run.open()).isEmpty();
        assertThat(run.state().status()).isEqualTo(RunStatus.COMPLETED);
    }

    @Test
    void shouldEndWithTheGroupWhenItIsAborted() {
        PlanBuilder plan = chain("g1", "g2", "g3").onFailure(OnFailure.SKIP_DEPENDENTS);
        Simulation run = new Simulation(plan.build()).begin().abort();
        assertThat(run.state().status()).isEqualTo(RunStatus.ABORTING);

        returned(run, reported("g1", DONE), reported("g2", new Outcome.Cancelled()));

        assertThat(run.status("g1")).isEqualTo(COMPLETED);
        assertThat(run.status("g2")).isEqualTo(CANCELLED);
        assertThat(run.record("g3").reason()).isEqualTo(SkipReason.RUN_ABORTED);
        assertThat(run.state().status()).isEqualTo(RunStatus.ABORTED);
    }

    @Test
    void shouldNotWaitForInlineWorkOfAGroupThatEndsWithAnAbort() {
        PlanBuilder plan = chain("g1", "g2");
        plan.task("g2").mode(ExecutionMode.INLINE);
        Simulation run = new Simulation(plan.build()).begin().abort();

        returned(run, reported("g1", DONE));

        assertThat(run.status("g2")).isEqualTo(CANCELLED);
        assertThat(run.state().status()).isEqualTo(RunStatus.ABORTED);
    }

    @Test
    void shouldRetryAfterTheGroupWhatFailedInIt() {
        PlanBuilder plan = chain("g1", "g2");
        plan.task("g1").attempts(2);
        Simulation run = new Simulation(plan.build()).begin();
        Outcome.Result transientFailure = new Outcome.Failed(TaskError.of(ErrorCode.TIMEOUT, "slow"), true, null);

        returned(run, reported("g1", transientFailure));

        assertThat(run.record("g1").waitingFor()).isEqualTo(WaitingFor.RETRY);
        assertThat(run.record("g1").dueAt()).as("by the run's clock").isEqualTo(run.now() + 1 + 1_000);
        run.advance(java.time.Duration.ofSeconds(2)).finish("g1").finish("g2");
        assertThat(run.state().status()).isEqualTo(RunStatus.COMPLETED);
        assertThat(run.view("g1").attempt()).isEqualTo(2);
    }

    @Test
    void shouldRunATaskAloneThatIsAloneInItsGroup() {
        Simulation run =
                new Simulation(group(PlanBuilder.chain("g1", "z"), "g1").build()).begin();

        assertThat(run.status("g1")).isEqualTo(RUNNING);
    }

    @Test
    void shouldRunOneByOneUnderABudgetWhatHasNoKnownUpperBound() {
        PlanBuilder plan = chain("g1", "g2").budget("1");
        plan.task("g2").mode(ExecutionMode.PREPARED);
        Simulation run = new Simulation(plan.build()).begin();

        assertThat(run.status("g1")).isEqualTo(RUNNING);
        assertThat(run.finish("g1").status("g2")).isEqualTo(RUNNING);
    }

    private static PlanBuilder chain(String... ids) {
        return group(PlanBuilder.chain(ids), ids);
    }

    private static PlanBuilder grouped(PlanBuilder plan) {
        return group(plan, "g1", "g2");
    }

    private static PlanBuilder group(PlanBuilder plan, String... members) {
        Arrays.stream(members).forEach(member -> plan.task(member).group("g"));
        return plan;
    }

    private static RunInput reported(String id, Outcome.Result result) {
        return new RunInput.Reported(1, List.of(new Outcome(TaskKey.root(id), 1, 1, 1, 2, result, null, false)));
    }

    private static void returned(Simulation run, RunInput... steps) {
        long dispatch = run.state().dispatches().iterator().next();
        run.wakeUp(List.of(
                new RunInput.Returned(run.now() + 1, dispatch, List.of(), List.of(), new ArrayList<>(List.of(steps)))));
        run.forget(dispatch);
    }

    private static int dispatched(Simulation run) {
        return run.open().size();
    }
}
