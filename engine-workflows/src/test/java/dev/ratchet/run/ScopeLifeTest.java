package dev.ratchet.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ratchet.document.Json;
import dev.ratchet.plan.Policies.ExecutionMode;
import dev.ratchet.plan.Policies.OnFailure;
import dev.ratchet.plan.Policies.Scheduling;
import dev.ratchet.plan.Policies.TriggerRule;
import dev.ratchet.testkit.PlanBuilder;
import dev.ratchet.testkit.Script;
import dev.ratchet.testkit.Simulation;
import java.time.Duration;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Turns and items are open, finish, are cancelled, are looked at, are over: one after the other. */
class ScopeLifeTest {
    private static Script items(int count) {
        return Script.COMPLETES.prepared(new Script.Preparation.Unrolls(count));
    }

    private static PlanBuilder sideBySide() {
        PlanBuilder body = new PlanBuilder();
        body.task("bad");
        body.task("slow");
        return body;
    }

    private static PlanBuilder mapping(PlanBuilder body, String... maps) {
        PlanBuilder plan = new PlanBuilder().tasksPerActivity(1).onFailure(OnFailure.FINISH_RUNNING);
        for (String map : maps) {
            plan.task(map).each(body, 2, true).timeout(Duration.ofSeconds(2));
        }
        return plan;
    }

    private static Simulation failing(PlanBuilder plan, String... maps) {
        Simulation run = new Simulation(plan.build()).script("bad", Script.fails());
        for (String map : maps) {
            run.script(map, items(1));
        }
        return run.begin();
    }

    private static List<RunEvent.ScopeClosing> closings(Simulation run) {
        return run.events().stream()
                .filter(RunEvent.ScopeClosing.class::isInstance)
                .map(RunEvent.ScopeClosing.class::cast)
                .toList();
    }

    @Test
    void shouldLetWhatIsInFlightInAFailedItemFinishUntilTheTimeOfTheMapIsOver() {
        Simulation run = failing(mapping(sideBySide(), "m"), "m").finish("m[0].bad");

        assertThat(run.state().life("m[0]")).isEqualTo(ScopeLife.FINISHING);
        assertThat(run.state().isStopping(TaskKey.parse("m[0].slow"))).isTrue();
        assertThat(run.state().isCancelling(TaskKey.parse("m[0].slow"))).isFalse();

        run.advance(Duration.ofSeconds(2));
        assertThat(run.state().life("m[0]")).isEqualTo(ScopeLife.CANCELLING);
        assertThat(closings(run))
                .extracting(RunEvent.ScopeClosing::cancels)
                .as("closed a second time, by whoever gives up all of it")
                .containsExactly(false, true);
        assertThat(Commands.of(run.state(), List.of(closings(run).getLast())))
                .containsExactly(new RunCommand.CancelSome(
                        new TreeSet<>(List.of(run.view("m[0].slow").dispatch()))));

        run.finish("m[0].slow");
        assertThat(run.record("m").error().code()).isEqualTo("timeout");
    }

    @Test
    void shouldCancelItemsThatFinishOnceTheirMapIsGivenUpForAnother() {
        PlanBuilder plan = new PlanBuilder().tasksPerActivity(1).onFailure(OnFailure.FINISH_RUNNING);
        plan.task("m").each(sideBySide(), 2, false);
        Simulation run = new Simulation(plan.build())
                .script("bad", Script.fails())
                .script("m", items(2))
                .begin()
                .finish("m[0].bad")
                .finish("m[1].bad")
                .finish("m[1].slow");

        assertThat(run.state().life("m[0]")).isEqualTo(ScopeLife.CANCELLING);
    }

    @Test
    void shouldCancelNothingThatMayFinishElsewhere() {
        PlanBuilder plan = mapping(sideBySide(), "late");
        plan.task("other").each(sideBySide(), 2, true);
        Simulation run = failing(plan, "late", "other").finish("other[0].bad").advance(Duration.ofSeconds(2));

        assertThat(run.state().life("other[0]")).isEqualTo(ScopeLife.FINISHING);
        List<RunCommand> commands =
                Commands.of(run.state(), List.of(closings(run).getLast()));
        assertThat(commands)
                .containsExactly(new RunCommand.CancelSome(new TreeSet<>(List.of(
                        run.view("late[0].bad").dispatch(),
                        run.view("late[0].slow").dispatch()))));
    }

    @Test
    void shouldLetBodiesInsideAnItemThatFinishesFinishToo() {
        PlanBuilder body = new PlanBuilder();
        body.task("bad");
        body.task("inner").loop(PlanBuilder.chain("x", "y"), 3, true);
        Simulation run = failing(mapping(body, "m"), "m").finish("m[0].bad");

        assertThat(run.state().life("m[0].inner[0]")).isEqualTo(ScopeLife.FINISHING);
        run.finish("m[0].inner[0].x");
        assertThat(run.status("m[0].inner[0].x")).isEqualTo(TaskStatus.COMPLETED);
        assertThat(run.status("m[0].inner[0].y")).isEqualTo(TaskStatus.SKIPPED);
        assertThat(run.status("m[0].inner")).isEqualTo(TaskStatus.CANCELLED);
    }

    @Test
    void shouldStartNothingInATurnThatIsLookedAtOrOver() {
        PlanBuilder plan = new PlanBuilder();
        plan.task("draft").loop(PlanBuilder.chain("write"), 3, true);
        Simulation run = new Simulation(plan.build())
                .script("draft", Script.COMPLETES.late(Answer.YES, Answer.NO))
                .begin();
        TaskKey write = TaskKey.parse("draft[0].write");

        assertThat(run.state().isStopping(write)).isFalse();
        run.wakeUp(List.of(run.finishing("draft[0].write")));
        assertThat(run.state().life("draft[0]")).isEqualTo(ScopeLife.EVALUATED);
        assertThat(run.state().isStopping(write)).isTrue();

        run.toEnd();
        assertThat(run.state().life("draft[0]")).isEqualTo(ScopeLife.ENDED);
        assertThat(run.state().isStopping(write)).isTrue();
        assertThat(run.state().isStopping(TaskKey.root("draft")))
                .as("in a run that ended")
                .isTrue();
    }

    @Test
    void shouldBeReadyAgainWhenOpenedAgainBeforeItSettled() {
        PlanBuilder plan = new PlanBuilder()
                .maxParallelism(1)
                .tasksPerActivity(1)
                .scheduling(Scheduling.DATAFLOW)
                .onFailure(OnFailure.SKIP_DEPENDENTS);
        plan.task("a");
        plan.task("b");
        plan.task("c").after("a").rule(TriggerRule.ALL_DONE);
        Simulation run =
                new Simulation(plan.build()).script("a", Script.fails()).begin().finish("a");
        assertThat(run.view("c").phase()).isEqualTo(Phase.QUEUED);

        run.request(new Request.Skip(TaskKey.root("a"))).toEnd();
        assertThat(run.status("c")).isEqualTo(TaskStatus.COMPLETED);
        assertThat(run.state().status()).isEqualTo(RunStatus.COMPLETED);
    }

    @Test
    void shouldRefuseAMapOfMoreTasksThanARunMayHaveWhenItBegins() {
        PlanBuilder body = PlanBuilder.chain("x", "y");
        body.task("again").loop(PlanBuilder.chain("z"), 3, true);
        PlanBuilder plan = new PlanBuilder();
        plan.task("m").each(body, 2, true);
        Simulation run = new Simulation(plan.build()).script("m", items(25_000)).begin();

        assertThat(run.status("m")).isEqualTo(TaskStatus.FAILED);
        assertThat(run.record("m").error().code()).isEqualTo("limit_exceeded");
        assertThat(run.state().instances()).as("nothing was begun").isEqualTo(1);
    }

    @Test
    void shouldCountWhatMapsSideBySideAreStillToHave() {
        PlanBuilder plan = new PlanBuilder().onFailure(OnFailure.SKIP_DEPENDENTS);
        plan.task("first").each(PlanBuilder.chain("x"), 2, true);
        plan.task("second").each(PlanBuilder.chain("x"), 2, true);
        Simulation run = new Simulation(plan.build())
                .script("first", items(60_000))
                .script("second", items(60_000))
                .begin();

        assertThat(run.state().promised()).isEqualTo(60_000 - 2);
        assertThat(run.status("first")).isEqualTo(TaskStatus.RUNNING);
        assertThat(run.record("second").error().code()).isEqualTo("limit_exceeded");
    }

    @Test
    void shouldKnowTheLifeOfTheRunItself() {
        Simulation run = new Simulation(PlanBuilder.chain("a", "b").build()).begin();
        assertThat(run.state().life(TaskKey.ROOT)).isEqualTo(ScopeLife.OPEN);
        assertThat(run.abort().state().life(TaskKey.ROOT)).isEqualTo(ScopeLife.CANCELLING);
        assertThat(run.finish("a").state().life(TaskKey.ROOT)).isEqualTo(ScopeLife.ENDED);
    }

    @Test
    void shouldTravelWithTheLivesOfTurnsAndItems() {
        PlanBuilder body = new PlanBuilder();
        body.task("bad").mode(ExecutionMode.INLINE);
        body.task("ask").mode(ExecutionMode.PARKED);
        PlanBuilder plan = new PlanBuilder().onFailure(OnFailure.SKIP_DEPENDENTS);
        plan.task("m").each(body, 1, true);
        Simulation run = new Simulation(plan.build())
                .script("m", items(2))
                .script("bad", Script.fails())
                .script("ask", Script.waits(Duration.ofSeconds(9)))
                .begin()
                .advance(Duration.ofSeconds(10));

        CarriedRun carried = Json.read(Json.write(CarriedRun.of(run.state())), CarriedRun.class);
        RunState restored = new RunState(run.plan());
        carried.restore(restored);
        assertThat(restored.life("m[0]")).isEqualTo(ScopeLife.ENDED);
        assertThat(restored.life("m[1]")).isEqualTo(ScopeLife.OPEN);
        assertThat(CarriedRun.of(restored)).isEqualTo(carried);
    }
}
