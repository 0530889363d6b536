package dev.ratchet.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ratchet.plan.Plan;
import dev.ratchet.plan.Policies.OnFailure;
import dev.ratchet.plan.Policies.Scheduling;
import dev.ratchet.plan.Policies.TriggerRule;
import dev.ratchet.testkit.Audit;
import dev.ratchet.testkit.PlanBuilder;
import dev.ratchet.testkit.Script;
import dev.ratchet.testkit.Simulation;
import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** What skipping and retrying a task of a living run come to. */
class ReopeningTest {
    /** {@code a} fails and {@code b} needs it; {@code busy} keeps the run alive. */
    private static PlanBuilder failing() {
        PlanBuilder plan = PlanBuilder.chain("a", "b", "c").onFailure(OnFailure.SKIP_DEPENDENTS);
        plan.task("busy");
        return plan.scheduling(Scheduling.DATAFLOW).tasksPerActivity(1);
    }

    private static Simulation failed(PlanBuilder plan, Script script) {
        return new Simulation(plan.build()).script("a", script).begin().finish("a");
    }

    @Test
    void shouldTryAFailedTaskAgainAndRunWhatWasSkippedBecauseOfIt() {
        PlanBuilder plan = failing();
        Script flaky = Script.failsFirst(1);
        Simulation run = failed(plan, flaky);
        assertThat(run.record("a").state()).isEqualTo(TaskStatus.FAILED);

        run.request(new Request.Retry(TaskKey.root("a")));
        assertThat(run.refusal()).isNull();
        run.toEnd();

        assertThat(run.state().status()).isEqualTo(RunStatus.COMPLETED);
        assertThat(run.record("a").attempts()).isEqualTo(2);
        assertThat(run.record("a").error()).isNull();
        assertThat(run.status("c")).isEqualTo(TaskStatus.COMPLETED);
        assertThat(Audit.of(plan.build(), run.events())).isEmpty();
    }

    @Test
    void shouldGiveDependantsOfASkippedFailureAnotherVerdict() {
        PlanBuilder plan = failing();
        plan.scheduling(Scheduling.BATCH).task("b").rule(TriggerRule.ALL_DONE);
        Simulation run = failed(plan, Script.fails());

        run.request(new Request.Skip(TaskKey.root("a"))).toEnd();

        assertThat(run.record("a").reason()).isEqualTo(SkipReason.REQUESTED);
        assertThat(run.status("b")).isEqualTo(TaskStatus.COMPLETED);
        assertThat(run.state().status()).isEqualTo(RunStatus.COMPLETED);
    }

    @Test
    void shouldSkipWhatHasNotBegun() {
        Simulation run = new Simulation(failing().build()).begin();

        run.request(new Request.Skip(TaskKey.root("b")));
        assertThat(run.record("b").reason()).isEqualTo(SkipReason.REQUESTED);
        run.request(new Request.Skip(TaskKey.root("b")));
        assertThat(run.refusal()).isNull();
        run.toEnd();

        assertThat(run.record("c").reason()).isEqualTo(SkipReason.CONDITION);
        assertThat(run.record("c").blockedBy()).containsExactly("b");
        assertThat(run.state().status()).isEqualTo(RunStatus.COMPLETED);
    }

    @Test
    void shouldSkipWhatWaits() {
        PlanBuilder plan = PlanBuilder.chain("a");
        plan.task("a").mode(dev.ratchet.plan.Policies.ExecutionMode.PARKED);
        Simulation run = new Simulation(plan.build())
                .script("a", Script.waits(Duration.ofHours(1)))
                .begin()
                .request(new Request.Skip(TaskKey.root("a")));

        assertThat(run.refusal()).isNull();
        assertThat(run.state().status()).isEqualTo(RunStatus.COMPLETED);
    }

    @Test
    void shouldNotTouchWhatRunsOrHasCompleted() {
        Simulation run = new Simulation(failing().build()).begin();
        run.request(new Request.Skip(TaskKey.root("a")));
        assertThat(run.refusal()).extracting(TaskError::code).isEqualTo("task_not_waiting");
        run.request(new Request.Retry(TaskKey.root("a")));
        assertThat(run.refusal()).extracting(TaskError::code).isEqualTo("task_not_waiting");
        run.finish("a").request(new Request.Skip(TaskKey.root("a")));
        assertThat(run.refusal()).extracting(TaskError::code).isEqualTo("task_not_waiting");
    }

    @Test
    void shouldNotFindATaskThatIsNotThere() {
        Simulation run = new Simulation(failing().build()).begin();
        for (Request request :
                List.of(new Request.Skip(TaskKey.root("x")), new Request.Retry(TaskKey.parse("a[1].x")))) {
            assertThat(run.request(request).refusal())
                    .extracting(TaskError::code)
                    .isEqualTo("task_not_found");
        }
    }

    /** Who runs because of the failure cannot be told that there was none. */
    @Test
    void shouldRefuseToReopenAFailureThatSomebodyAlreadyHandles() {
        PlanBuilder plan = failing();
        plan.task("rescue").after("a").rule(TriggerRule.ANY_FAILED);
        Simulation run = failed(plan, Script.fails());
        assertThat(run.status("rescue")).isEqualTo(TaskStatus.RUNNING);

        run.request(new Request.Retry(TaskKey.root("a")));
        assertThat(run.refusal()).satisfies(refusal -> {
            assertThat(refusal.code()).isEqualTo("task_not_waiting");
            assertThat(refusal.message()).contains("rescue");
        });
        assertThat(run.status("a")).isEqualTo(TaskStatus.FAILED);
    }

    /** Promises hold for runs in which somebody skips and retries whatever they like. */
    @Test
    void shouldKeepAllPromisesWhateverIsSkippedAndRetried() {
        LongStream.range(0, 5_000).parallel().forEach(seed -> {
            RunCase run = RunCases.of(seed);
            Plan plan = run.plan();
            Simulation simulation =
                    run.simulation(plan, seed).withFaults(3).meddledWith(12).toEnd();
            assertThat(Audit.of(plan, simulation.events())).as("seed " + seed).isEmpty();
        });
    }

    @Test
    void shouldFailAgainAndBeTriedAgain() {
        Simulation run = failed(failing(), Script.failsFirst(2));
        run.request(new Request.Retry(TaskKey.root("a"))).finish("a");
        assertThat(run.status("a")).isEqualTo(TaskStatus.FAILED);
        assertThat(run.record("a").attempts()).isEqualTo(2);
        run.request(new Request.Retry(TaskKey.root("a"))).toEnd();
        assertThat(run.state().status()).isEqualTo(RunStatus.COMPLETED);
        assertThat(run.record("a").attempts()).isEqualTo(3);
    }
}
