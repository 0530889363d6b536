package dev.ratchet.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ratchet.document.ErrorCode;
import dev.ratchet.document.Json;
import dev.ratchet.plan.Plan;
import dev.ratchet.plan.Policies.ExecutionMode;
import dev.ratchet.plan.Policies.OnFailure;
import dev.ratchet.plan.Policies.Scheduling;
import dev.ratchet.testkit.PlanBuilder;
import dev.ratchet.testkit.Script;
import dev.ratchet.testkit.Simulation;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A run that continues as a new execution. */
class CarriedRunTest {
    @Test
    void shouldTravelOnlyWhenNothingIsInFlight() {
        Simulation run = new Simulation(PlanBuilder.chain("a").build()).begin();

        assertThat(run.state().isQuiet()).isFalse();
        assertThatThrownBy(() -> CarriedRun.of(run.state()))
                .hasMessage("Expected a run with nothing in flight, but 1 are");
    }

    @Test
    void shouldTravelWithDispatchesThatGoOn() {
        PlanBuilder plan = PlanBuilder.chain("before", "after");
        plan.task("long").attempts(2);
        plan.task("one").group("g");
        plan.task("two").group("g").after("one");
        Plan built = plan.build();
        Simulation run = new Simulation(built).begin();
        RunState state = run.state();
        assertThat(state.dispatches()).hasSize(3);

        RunState restored = new RunState(built);
        Json.read(Json.write(CarriedRun.of(state, state.dispatches())), CarriedRun.class)
                .restore(restored);

        assertThat(restored.dispatches()).isEqualTo(state.dispatches());
        assertThat(restored.inFlight()).isEqualTo(state.inFlight());
        for (long dispatch : List.copyOf(state.dispatches())) {
            assertThat(restored.owed(dispatch)).isEqualTo(state.owed(dispatch));
            assertThat(restored.isGroup(dispatch)).isEqualTo(state.isGroup(dispatch));
            RunInput lost = new RunInput.Lost(run.now() + 1, dispatch, List.of(), List.of());
            assertThat(new RunFold(restored).feed(lost)).isEqualTo(new RunFold(state).feed(lost));
        }
        assertThat(new RunFold(restored).proceed(run.now() + 1)).isEqualTo(new RunFold(state).proceed(run.now() + 1));
        assertThat(restored.records(0)).isEqualTo(state.records(0));
    }

    @Test
    void shouldNotTravelOnceItEnds() {
        Simulation run = new Simulation(PlanBuilder.chain("a").build()).begin().finish("a");

        assertThatThrownBy(() -> CarriedRun.of(run.state())).hasMessage("Expected a run that goes on, but it ends");
    }

    @Test
    void shouldKeepEverythingThatReadersAreTold() {
        PlanBuilder plan = new PlanBuilder().budget("5").scheduling(Scheduling.DATAFLOW);
        plan.task("paid").mode(ExecutionMode.PREPARED).attempts(2);
        plan.task("parked").mode(ExecutionMode.PARKED);
        plan.task("person").mode(ExecutionMode.PARKED).after("paid");
        plan.task("failed").allowFailure();
        plan.task("skipped").after("failed");
        Plan built = plan.build();
        Simulation run = new Simulation(built)
                .script("paid", Script.failsFirst(1).estimated("0.30").costing("0.25"))
                .script("parked", Script.waits(Duration.ofHours(1)))
                .script("person", Script.COMPLETES.prepared(new Script.Preparation.Parks(WaitingFor.PERSON, null)))
                .script("failed", Script.fails())
                .begin()
                .finish("paid")
                .finish("failed")
                .raiseBudget("6");
        run.wakeUp(List.of(new RunInput.Commanded(
                run.now(),
                new Command(
                        "late",
                        null,
                        null,
                        new Request.RaiseBudget(new dev.ratchet.document.Money(java.math.BigDecimal.ONE, "EUR"))))));
        assertThat(run.state().isQuiet()).isTrue();

        RunState restored = travelled(built, run.state());

        assertThat(restored.record()).isEqualTo(run.state().record());
        assertThat(restored.records(0)).isEqualTo(run.state().records(0));
        assertThat(restored.records(5)).isEqualTo(run.state().records(5));
        assertThat(restored.unsealed()).isEqualTo(run.state().unsealed());
        assertThat(restored.inlineBytes()).isEqualTo(run.state().inlineBytes());
        assertThat(restored.nextDue()).isEqualTo(run.state().nextDue());
        assertThat(restored.nextDispatch()).isEqualTo(run.state().nextDispatch());
        assertThat(restored.hasRead("budget-1")).isTrue();
        assertThat(restored.refusal("late"))
                .isEqualTo(run.state().refusal("late"))
                .isNotNull();
        assertThat(CarriedRun.of(restored)).isEqualTo(CarriedRun.of(run.state()));
    }

    @Test
    void shouldKeepTheOrderInWhichTasksSettled() {
        PlanBuilder plan = new PlanBuilder();
        plan.task("a");
        plan.task("b");
        plan.task("c");
        Plan built = plan.build();
        Simulation run = new Simulation(built).begin().finish("c").finish("a");
        run.state().apply(new RunEvent.HandedBack(run.now(), TaskKey.root("b")));
        run.state().apply(new RunEvent.DispatchClosed(run.now(), run.view("b").dispatch()));

        assertThat(travelled(built, run.state()).unsealed())
                .extracting(TaskKey::id)
                .containsExactly("c", "a");
    }

    @Test
    void shouldKnowWhatIsSealed() {
        Plan plan = PlanBuilder.chain("a", "b", "c").build();
        Simulation run = new Simulation(plan).begin().finish("a").finish("b");
        run.state().apply(new RunEvent.HandedBack(run.now(), TaskKey.root("c")));
        run.state().apply(new RunEvent.DispatchClosed(run.now(), run.view("c").dispatch()));
        run.seal(1);

        RunState restored = travelled(plan, run.state());

        assertThat(restored.unsealed()).extracting(TaskKey::id).containsExactly("b");
        assertThat(restored.records(0)).extracting(record -> record.key().id()).containsExactly("b", "c");
    }

    @Test
    void shouldRememberAThousandCommandsTheLastOnes() {
        Simulation run = new Simulation(PlanBuilder.chain("a").build());
        for (int i = 0; i < 1_200; i++) {
            run.state()
                    .apply(new RunEvent.CommandRead(
                            1,
                            new Command("c" + i, null, null, new Request.Abort()),
                            TaskError.of(ErrorCode.TIMEOUT, "x")));
        }

        RunState restored = travelled(run.state().plan(), run.state());

        assertThat(restored.hasRead("c199")).isFalse();
        assertThat(restored.hasRead("c200")).isTrue();
        restored.apply(new RunEvent.CommandRead(1, new Command("new", null, null, new Request.Abort()), null));
        assertThat(restored.hasRead("c200")).as("the oldest is forgotten first").isFalse();
        assertThat(restored.hasRead("c201")).isTrue();
    }

    @Test
    void shouldBeSmallForWhatWasNeverTouched() {
        Simulation run = new Simulation(PlanBuilder.chain("a", "b", "c", "d").build());
        run.wakeUp(List.of());

        assertThat(CarriedRun.of(run.state()).tasks()).isEmpty();
    }

    /** A loop that failed in its first turn, beside a person who is waited for. */
    private static Simulation failedLoop() {
        PlanBuilder plan = new PlanBuilder().scheduling(Scheduling.DATAFLOW).onFailure(OnFailure.SKIP_DEPENDENTS);
        plan.task("l").loop(PlanBuilder.chain("x"), 3, true);
        plan.task("person").mode(ExecutionMode.PARKED);
        return new Simulation(plan.build())
                .script("x", Script.fails())
                .script("person", Script.COMPLETES.prepared(new Script.Preparation.Parks(WaitingFor.PERSON, null)))
                .begin()
                .finish("l[0].x");
    }

    private static RunInput request(Simulation run, Request request) {
        return new RunInput.Commanded(run.now(), new Command("again", null, null, request));
    }

    @Test
    void shouldCountOnTheAttemptsOfALoopThatFailedAndIsTriedAgain() {
        Simulation run = failedLoop();
        RunState restored = travelled(run.state().plan(), run.state());

        RunFold fold = new RunFold(restored);
        fold.feed(request(run, new Request.Retry(TaskKey.root("l"))));
        fold.proceed(run.now());

        assertThat(restored.task(TaskKey.parse("l[0].x")))
                .as("an attempt that was handed out before has another number")
                .extracting(TaskView::attempt)
                .isEqualTo(2);
    }

    @Test
    void shouldTellOfALoopThatIsOverWhatItToldBefore() {
        Simulation run = failedLoop();
        RunState restored = travelled(run.state().plan(), run.state());

        assertThat(restored.records(0)).isEqualTo(run.state().records(0));
        for (String task : List.of("l[0].x", "l[1].x", "l[3].x")) {
            RunInput skip = request(run, new Request.Skip(TaskKey.parse(task)));
            assertThat(Decider.decide(restored, skip)).as(task).isEqualTo(Decider.decide(run.state(), skip));
        }
    }

    @Test
    void shouldTravelWithADispatchThatOwesNothingAnyMore() {
        PlanBuilder plan = new PlanBuilder().tasksPerActivity(1);
        plan.task("a");
        plan.task("b");
        Simulation run = new Simulation(plan.build()).begin().reportEarly("a");
        RunState state = run.state();
        RunInput end = new RunInput.Returned(run.now(), run.view("a").dispatch(), List.of(), List.of(), List.of());

        RunState restored = goingOn(state);

        assertThat(restored.dispatches()).isEqualTo(state.dispatches()).hasSize(2);
        assertThat(Decider.decide(restored, end)).isNotEmpty().isEqualTo(Decider.decide(state, end));
    }

    @Test
    void shouldBeginNothingInARunThatOnlyFinishesWhatRuns() {
        PlanBuilder plan = new PlanBuilder().onFailure(OnFailure.FINISH_RUNNING);
        plan.task("a");
        plan.task("b");
        Simulation run =
                new Simulation(plan.build()).script("a", Script.fails()).begin();
        run.finish("a");
        assertThat(run.state().closing()).isEqualTo(ClosingCause.FAILED_FINISHING);

        RunState restored = goingOn(run.state());

        assertThat(restored.life(TaskKey.ROOT)).isEqualTo(ScopeLife.FINISHING);
        assertThat(restored.isStopping(TaskKey.root("b"))).isTrue();
    }

    @Test
    void shouldStillShowThatNobodyWorksAtAQueue() {
        PlanBuilder plan = new PlanBuilder();
        plan.task("a").mode(ExecutionMode.EXTERNAL).taskQueue("elsewhere");
        Simulation run = new Simulation(plan.build())
                .begin()
                .advance(Duration.ofSeconds(10))
                .see("elsewhere", RunInput.Workers.NONE);
        assertThat(run.record("a").waitingFor()).isEqualTo(WaitingFor.WORKER);

        RunState restored = goingOn(run.state());

        assertThat(restored.records(0)).isEqualTo(run.state().records(0));
        assertThat(restored.nextDue()).isEqualTo(run.state().nextDue());
    }

    private static RunState goingOn(RunState state) {
        RunState restored = new RunState(state.plan());
        Json.read(Json.write(CarriedRun.of(state, state.dispatches())), CarriedRun.class)
                .restore(restored);
        return restored;
    }

    private static RunState travelled(Plan plan, RunState state) {
        RunState restored = new RunState(plan);
        Json.read(Json.write(CarriedRun.of(state)), CarriedRun.class).restore(restored);
        return restored;
    }
}
