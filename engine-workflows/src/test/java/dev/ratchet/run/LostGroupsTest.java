package dev.ratchet.run;

import static dev.ratchet.run.TaskStatus.PENDING;
import static dev.ratchet.run.TaskStatus.RUNNING;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.NullNode;
import dev.ratchet.document.ErrorCode;
import dev.ratchet.plan.Policies.ExecutionMode;
import dev.ratchet.plan.Policies.OnFailure;
import dev.ratchet.testkit.PlanBuilder;
import dev.ratchet.testkit.Simulation;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Members of a lost group that may have begun say so, although nobody heard of them. */
class LostGroupsTest {
    private static final Outcome.Result DONE = new Outcome.Completed(Value.of(NullNode.instance), List.of(), List.of());

    @Test
    void shouldCountADeliveryOfEachMemberThatMayHaveBegun() {
        PlanBuilder plan = PlanBuilder.chain("t0", "t1");
        plan.task("side").after("t0");
        Simulation run = group(plan, "t0", "t1", "side").begin();

        lose(run);

        for (String id : List.of("t0", "t1", "side")) {
            assertThat(run.record(id).attempts()).as(id).isEqualTo(1);
            assertThat(run.view(id).lostDeliveries()).as(id).isEqualTo(1);
        }
        assertThat(run.status("t0")).isEqualTo(RUNNING);
        assertThat(run.status("t1")).isEqualTo(PENDING);
        assertThat(run.record("t1").log()).singleElement().satisfies(attempt -> {
            assertThat(attempt.deliveries()).isEqualTo(1);
            assertThat(attempt.lost()).isEqualTo(1);
        });

        run.finish("t0").finish("t1").finish("side");
        assertThat(run.record("t1").log()).singleElement().satisfies(attempt -> {
            assertThat(attempt.attempt()).isEqualTo(1);
            assertThat(attempt.deliveries()).isEqualTo(2);
            assertThat(attempt.lost()).isEqualTo(1);
        });
        assertThat(run.state().status()).isEqualTo(RunStatus.COMPLETED);
    }

    @Test
    void shouldCountWhatWasBehindAMemberThatIsKnownToHaveCompleted() {
        Simulation run =
                group(PlanBuilder.chain("t0", "t1", "t2"), "t0", "t1", "t2").begin();

        lose(run, reported("t0", DONE));

        assertThat(run.record("t0").log()).isEmpty();
        assertThat(run.view("t1").lostDeliveries()).isEqualTo(1);
        assertThat(run.view("t2").lostDeliveries()).isEqualTo(1);
    }

    @Test
    void shouldNotCountWhatOnlyGoesOnAfterADelay() {
        PlanBuilder plan = PlanBuilder.chain("t0", "t1");
        plan.task("t0").attempts(2);
        Simulation run = group(plan, "t0", "t1").begin();

        lose(run, reported("t0", new Outcome.Failed(TaskError.of(ErrorCode.EXECUTION_FAILED, "no"), true, null)));

        assertThat(run.view("t0").lostDeliveries()).isZero();
        assertThat(run.view("t1").attempt()).isZero();
    }

    @Test
    void shouldNotCountWhatHasNoEffect() {
        PlanBuilder plan = PlanBuilder.chain("t0", "t1", "t2");
        plan.task("t1").mode(ExecutionMode.INLINE);
        Simulation run = group(plan, "t0", "t1", "t2").begin();

        lose(run);

        assertThat(run.view("t1").attempt()).isZero();
        assertThat(run.view("t2").lostDeliveries()).isEqualTo(1);
    }

    @Test
    void shouldNotCountMembersOfAGroupThatWasHandedBack() {
        Simulation run = group(PlanBuilder.chain("t0", "t1"), "t0", "t1").begin();

        run.wakeUp(List.of(new RunInput.Returned(run.now() + 1, 1, List.of(), List.of(TaskKey.root("t0")), List.of())));

        assertThat(run.view("t0").lostDeliveries()).isZero();
        assertThat(run.view("t1").attempt()).isZero();
    }

    @Test
    void shouldNotCountMembersOfAGroupThatNobodyTook() {
        PlanBuilder plan = PlanBuilder.chain("t0", "t1").onFailure(OnFailure.SKIP_DEPENDENTS);
        plan.task("t0").taskQueue("q");
        plan.task("t1").taskQueue("q");
        Simulation run = group(plan, "t0", "t1").begin();

        run.wakeUp(List.of(new RunInput.Untaken(run.now() + 600_000, 1, false)));

        assertThat(run.status("t0")).isEqualTo(RUNNING);
        assertThat(run.view("t0").delivery()).isEqualTo(1);
        assertThat(run.view("t1").attempt()).isZero();
    }

    @Test
    void shouldGoOnWithWhatAnInterruptedWorkerHadBegun() {
        Simulation run = group(PlanBuilder.chain("t0", "t1"), "t0", "t1").begin();
        Outcome stopped = new Outcome(
                TaskKey.root("t0"), 1, 1, run.now(), run.now(), new Outcome.Interrupted(), null, false, true);

        run.wakeUp(List.of(new RunInput.Returned(
                run.now() + 1,
                1,
                List.of(),
                List.of(TaskKey.root("t0")),
                List.of(new RunInput.Reported(run.now(), List.of(stopped))))));

        assertThat(run.status("t0")).isEqualTo(RUNNING);
        assertThat(run.view("t0").lostDeliveries()).isZero();
        assertThat(run.finish("t0").finish("t1").state().status()).isEqualTo(RunStatus.COMPLETED);
    }

    private static void lose(Simulation run, RunInput... heard) {
        run.wakeUp(List.of(new RunInput.Lost(run.now() + 10_000, 1, List.of(), List.of(heard))));
    }

    private static RunInput reported(String id, Outcome.Result result) {
        return new RunInput.Reported(
                Simulation.START,
                List.of(new Outcome(TaskKey.root(id), 1, 1, Simulation.START, Simulation.START, result, null, false)));
    }

    private static Simulation group(PlanBuilder plan, String... members) {
        for (String id : members) {
            plan.task(id).group("g");
        }
        return new Simulation(plan.build());
    }
}
