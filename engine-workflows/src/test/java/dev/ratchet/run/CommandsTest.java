package dev.ratchet.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ratchet.plan.Policies.ExecutionMode;
import dev.ratchet.plan.Policies.OnFailure;
import dev.ratchet.plan.Policies.Scheduling;
import dev.ratchet.plan.Policies.TriggerRule;
import dev.ratchet.testkit.PlanBuilder;
import dev.ratchet.testkit.Script;
import dev.ratchet.testkit.Simulation;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a run asks of the world, and what it sends along. */
class CommandsTest {
    @Test
    void shouldSendTheOutputsThatFeedInputs() {
        PlanBuilder plan = new PlanBuilder().scheduling(Scheduling.DATAFLOW).onFailure(OnFailure.SKIP_DEPENDENTS);
        plan.task("a");
        plan.task("b").allowFailure();
        plan.task("c");
        plan.task("z").fedBy("a", "text").fedBy("b", "more").after("c").rule(TriggerRule.ALL_DONE);
        Simulation run = new Simulation(plan.build())
                .script("b", Script.fails())
                .begin()
                .finish("a")
                .finish("b")
                .finish("c");

        RunCommand.Dispatch dispatch = onlyDispatch(run);
        Attempt attempt = dispatch.attempts().getFirst();
        assertThat(attempt.feeds()).as("live edges only").containsExactly(new Attempt.Feed("a", null, "text"));
        assertThat(dispatch.sources()).containsOnlyKeys("a");
        assertThat(dispatch.sources().get("a"))
                .isEqualTo(new Source("completed", run.view("a").output(), null));
    }

    @Test
    void shouldSendTheOutputsOfCompletedDependenciesWhenItPreparesAPrompt() {
        PlanBuilder plan = new PlanBuilder().onFailure(OnFailure.SKIP_DEPENDENTS);
        plan.task("b");
        plan.task("a");
        plan.task("f").allowFailure();
        plan.task("z").mode(ExecutionMode.PREPARED).after("b", "f", "a").rule(TriggerRule.ANY_SUCCESS);
        Simulation run = new Simulation(plan.build())
                .script("f", Script.fails())
                .begin()
                .finish("a")
                .finish("b");
        run.wakeUp(List.of(run.finishing("f")));

        RunCommand.Inline inline = (RunCommand.Inline) run.open().getFirst();
        InlineJob.Prepare job = (InlineJob.Prepare) inline.jobs().getFirst();
        assertThat(job.attempt().context()).as("in dependency order").containsExactly("b", "a");
        assertThat(job.attempt().attempt()).isEqualTo(1);
        assertThat(inline.sources()).containsOnlyKeys("a", "b");
    }

    @Test
    void shouldSendToDecideWhatConditionsRead() {
        PlanBuilder plan = PlanBuilder.chain("a", "b");
        plan.task("z").afterIfLate("b").conditional("a");
        Simulation run = new Simulation(plan.build()).begin().finish("a");
        run.wakeUp(List.of(run.finishing("b")));

        RunCommand.Inline inline = (RunCommand.Inline) run.open().getFirst();
        assertThat(inline.sources()).containsOnlyKeys("a", "b");
        assertThat(inline.jobs()).singleElement().isInstanceOf(InlineJob.Decide.class);
    }

    @Test
    void shouldGiveADispatchTheLongestTimeoutAndTheQueueOfItsAttempts() {
        PlanBuilder plan = new PlanBuilder();
        plan.task("a").quick().taskQueue("gpu").timeout(Duration.ofSeconds(3));
        plan.task("b").quick().taskQueue("gpu").timeout(Duration.ofSeconds(7));
        RunCommand.Dispatch dispatch = onlyDispatch(new Simulation(plan.build()).begin());

        assertThat(dispatch.timeoutMs()).isEqualTo(7_000);
        assertThat(dispatch.taskQueue()).isEqualTo("gpu");
        assertThat(dispatch.attempts()).extracting(Attempt::key).containsExactly(TaskKey.root("a"), TaskKey.root("b"));
    }

    @Test
    void shouldNumberAttemptsAndDeliveries() {
        PlanBuilder plan = new PlanBuilder();
        plan.task("a").attempts(3);
        Simulation run = new Simulation(plan.build())
                .script("a", Script.failsFirst(1))
                .begin()
                .finish("a")
                .advance(Duration.ofSeconds(1))
                .loseDispatch("a");
        Attempt attempt = onlyDispatch(run).attempts().getFirst();

        assertThat(attempt.attempt()).isEqualTo(2);
        assertThat(attempt.delivery()).isEqualTo(2);
    }

    @Test
    void shouldTellWorkersToStopWhenTheRunGivesThemUp() {
        assertThat(cancels(
                        new Simulation(PlanBuilder.chain("a").build()).begin().abort()))
                .isTrue();

        PlanBuilder finishing = new PlanBuilder().onFailure(OnFailure.FINISH_RUNNING);
        finishing.task("a");
        finishing.task("b");
        assertThat(cancels(new Simulation(finishing.build())
                        .script("a", Script.fails())
                        .begin()
                        .finish("a")))
                .isFalse();
    }

    private static boolean cancels(Simulation run) {
        return Commands.of(run.state(), run.events()).stream()
                .anyMatch(command -> command instanceof RunCommand.CancelDispatches);
    }

    private static RunCommand.Dispatch onlyDispatch(Simulation run) {
        assertThat(run.open()).hasSize(1);
        return (RunCommand.Dispatch) run.open().getFirst();
    }
}
