package dev.ratchet.run;

import static dev.ratchet.run.TaskStatus.COMPLETED;
import static dev.ratchet.run.TaskStatus.FAILED;
import static dev.ratchet.run.TaskStatus.RUNNING;
import static dev.ratchet.run.TaskStatus.SKIPPED;
import static dev.ratchet.run.TaskStatus.WAITING;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ratchet.document.ErrorCode;
import dev.ratchet.plan.Plan;
import dev.ratchet.plan.Policies.ExecutionMode;
import dev.ratchet.plan.Policies.OnConditionError;
import dev.ratchet.plan.Policies.OnFailure;
import dev.ratchet.plan.Policies.TriggerRule;
import dev.ratchet.testkit.PlanBuilder;
import dev.ratchet.testkit.Script;
import dev.ratchet.testkit.Simulation;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Ports, conditions of edges, and conditions of tasks. */
class ConditionsTest {
    private static final Answer BROKEN = Answer.failed("there is no field x");

    @Test
    void shouldTakeThePortsThatAreThere() {
        PlanBuilder plan = PlanBuilder.chain("fork");
        plan.task("yes").afterPort("fork", "yes");
        plan.task("no").afterPort("fork", "no");
        plan.task("end").after("yes", "no");
        Simulation run = new Simulation(plan.build())
                .script("fork", Script.completes(Answer.YES, Answer.NO))
                .toEnd();

        assertThat(run.status("yes")).isEqualTo(COMPLETED);
        assertThat(run.status("end")).isEqualTo(COMPLETED);
        assertThat(run.record("no").reason()).isEqualTo(SkipReason.CONDITION);
        assertThat(run.record("no").blockedBy()).containsExactly("fork");
        assertThat(run.state().status()).isEqualTo(RunStatus.COMPLETED);
    }

    @Test
    void shouldSkipATaskWhoseOwnConditionIsFalse() {
        PlanBuilder plan = PlanBuilder.chain("a", "b");
        plan.task("a").conditional();
        Simulation run = new Simulation(plan.build())
                .script("a", Script.COMPLETES.when(Answer.NO))
                .toEnd();

        assertThat(run.record("a").reason()).isEqualTo(SkipReason.CONDITION);
        assertThat(run.record("a").blockedBy()).isEmpty();
        assertThat(run.record("b").reason()).isEqualTo(SkipReason.CONDITION);
        assertThat(run.record("b").blockedBy()).containsExactly("a");
        assertThat(run.state().status()).isEqualTo(RunStatus.COMPLETED);
    }

    @Test
    void shouldShowThatATaskWaitsForItsConditionToBeDecided() {
        PlanBuilder plan = PlanBuilder.chain("a");
        plan.task("a").conditional();
        Simulation run = new Simulation(plan.build());
        run.wakeUp(List.of(new RunInput.Begin(run.now())));

        assertThat(run.status("a")).isEqualTo(WAITING);
        assertThat(run.record("a").waitingFor()).isEqualTo(WaitingFor.DECISION);
    }

    @Test
    void shouldAskForLateConditionsWhenEverythingUpstreamIsSettled() {
        PlanBuilder plan = PlanBuilder.chain("a");
        plan.task("b");
        plan.task("c").afterIfLate("a").afterIfLate("b");
        Simulation run = new Simulation(plan.build())
                .script("c", Script.COMPLETES.late(Answer.YES, Answer.NO))
                .begin()
                .finish("a");
        assertThat(run.events()).noneMatch(event -> event instanceof RunEvent.DecisionAsked);

        run.finish("b");
        assertThat(run.status("c")).isEqualTo(RUNNING);
    }

    @Test
    void shouldFailTheTargetOfAnEdgeWhoseConditionCannotBeDecided() {
        PlanBuilder plan = PlanBuilder.chain("a").onFailure(OnFailure.SKIP_DEPENDENTS);
        plan.task("b").afterIf("a");
        Simulation run = new Simulation(plan.build())
                .script("a", Script.completes(BROKEN))
                .toEnd();

        assertThat(run.status("a")).isEqualTo(COMPLETED);
        assertThat(run.status("b")).isEqualTo(FAILED);
        TaskError error = Objects.requireNonNull(run.record("b").error());
        assertThat(error.code()).isEqualTo("condition_failed");
        assertThat(error.message())
                .isEqualTo("Expected the condition of the edge from a to be decided, but there is no field x");
    }

    @Test
    void shouldFailATaskWhoseOwnConditionCannotBeDecided() {
        PlanBuilder plan = PlanBuilder.chain("a");
        plan.task("a").conditional();
        Simulation run = new Simulation(plan.build())
                .script("a", Script.COMPLETES.when(BROKEN))
                .toEnd();

        assertThat(Objects.requireNonNull(run.record("a").error()).message())
                .isEqualTo("Expected the condition of a to be decided, but there is no field x");
        assertThat(run.record("a").attempts()).isZero();
    }

    @Test
    void shouldNotMindAConditionOfATaskThatDoesNotRunAnyway() {
        PlanBuilder plan = PlanBuilder.chain("a", "b").onFailure(OnFailure.SKIP_DEPENDENTS);
        plan.task("b").conditional("a");
        Simulation run = new Simulation(plan.build())
                .script("a", Script.fails())
                .script("b", Script.COMPLETES.when(BROKEN))
                .toEnd();

        assertThat(run.status("b")).isEqualTo(SKIPPED);
        assertThat(run.record("b").reason()).isEqualTo(SkipReason.UPSTREAM_FAILURE);
    }

    @Test
    void shouldFallBackToFalseWhereThePolicySaysSo() {
        PlanBuilder plan = PlanBuilder.chain("a").onConditionError(OnConditionError.FALLBACK);
        plan.task("b").afterIf("a");
        plan.task("c").conditional();
        plan.task("d").afterIfLate("a");
        Simulation run = new Simulation(plan.build())
                .script("a", Script.completes(BROKEN))
                .script("c", Script.COMPLETES.when(BROKEN))
                .script("d", Script.COMPLETES.late(BROKEN))
                .toEnd();

        assertThat(List.of(run.record("b"), run.record("c"), run.record("d")))
                .allSatisfy(task -> assertThat(task.reason()).isEqualTo(SkipReason.CONDITION));
        assertThat(run.state().status()).isEqualTo(RunStatus.COMPLETED);
    }

    @Test
    void shouldTakeAnEdgeFromATimerWithoutAnswersForUndecided() {
        PlanBuilder plan = new PlanBuilder().onFailure(OnFailure.SKIP_DEPENDENTS);
        plan.task("timer").mode(ExecutionMode.PARKED);
        plan.task("port").afterPort("timer", "x");
        plan.task("condition").afterIf("timer");
        Simulation run = new Simulation(plan.build())
                .script("timer", Script.waits(Duration.ofSeconds(1)))
                .toEnd();

        assertThat(run.record("port").reason()).isEqualTo(SkipReason.CONDITION);
        assertThat(Objects.requireNonNull(run.record("condition").error()).code())
                .isEqualTo("condition_failed");
    }

    @Test
    void shouldRunARescueOnlyAfterAFailure() {
        PlanBuilder plan = PlanBuilder.chain("a").onFailure(OnFailure.SKIP_DEPENDENTS);
        plan.task("rescue").after("a").rule(TriggerRule.ANY_FAILED);
        Plan built = plan.build();

        assertThat(new Simulation(built).script("a", Script.fails()).toEnd().status("rescue"))
                .isEqualTo(COMPLETED);
        Simulation run = new Simulation(built).toEnd();
        assertThat(run.record("rescue").reason()).isEqualTo(SkipReason.RULE_NOT_MET);
        assertThat(run.record("rescue").blockedBy()).isEmpty();
        assertThat(run.state().status()).isEqualTo(RunStatus.COMPLETED);
    }

    @Test
    void shouldFailATaskThatCannotBePrepared() {
        PlanBuilder plan = PlanBuilder.chain("a");
        plan.task("a").mode(ExecutionMode.PREPARED).attempts(3);
        Simulation run = new Simulation(plan.build())
                .script(
                        "a",
                        Script.COMPLETES.prepared(new Script.Preparation.IsRefused(ErrorCode.CONTEXT_COMPACT_FAILED)))
                .begin();

        assertThat(Objects.requireNonNull(run.record("a").error()).code()).isEqualTo("context_compact_failed");
        assertThat(run.state().status()).isEqualTo(RunStatus.FAILED);
    }

    @Test
    void shouldFailAnInlineTaskWhoseWorkIsGivenUp() {
        PlanBuilder plan = PlanBuilder.chain("a");
        plan.task("a").mode(ExecutionMode.INLINE);
        Simulation run = new Simulation(plan.build());
        run.wakeUp(List.of(new RunInput.Begin(run.now())));
        TaskError error = TaskError.of(ErrorCode.SCHEDULER_ERROR, "given up");
        InlineAnswer rejected = new InlineAnswer.Rejected(TaskKey.root("a"), error);

        run.wakeUp(List.of(new RunInput.Answered(run.now(), List.of(rejected, rejected))));

        assertThat(run.record("a").error()).isEqualTo(error);
        assertThat(run.state().status()).isEqualTo(RunStatus.FAILED);
    }

    @Test
    void shouldIgnoreAnswersThatNobodyAskedForAnyMore() {
        Simulation run = new Simulation(PlanBuilder.chain("a").build()).begin();
        long version = run.state().version();

        run.wakeUp(List.of(new RunInput.Answered(
                run.now(),
                List.of(
                        new InlineAnswer.Decided(TaskKey.root("a"), List.of(), null, List.of()),
                        new InlineAnswer.Prepared(TaskKey.root("a"), new Estimate(1, 1, null), null),
                        new InlineAnswer.Parked(TaskKey.root("a"), WaitingFor.TIMER, 0L, null),
                        new InlineAnswer.Rejected(TaskKey.root("x"), TaskError.of(ErrorCode.TIMEOUT, "x"))))));

        assertThat(run.state().version()).isEqualTo(version);
    }
}
