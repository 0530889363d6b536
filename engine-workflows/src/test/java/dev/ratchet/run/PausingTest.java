package dev.ratchet.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.fasterxml.jackson.databind.node.NullNode;
import dev.ratchet.document.ErrorCode;
import dev.ratchet.plan.Plan;
import dev.ratchet.plan.Policies.ExecutionMode;
import dev.ratchet.testkit.PlanBuilder;
import dev.ratchet.testkit.Script;
import dev.ratchet.testkit.Simulation;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A run that was paused does later what it would have done, and nothing else. */
class PausingTest {
    private static final int RUNS = 3_000;

    @Test
    void shouldStartNothingWhilePausedAndLetFinishWhatRuns() {
        Simulation run = new Simulation(PlanBuilder.chain("a", "b").build())
                .begin()
                .request(new Request.Pause())
                .finish("a");

        assertThat(run.state().status()).isEqualTo(RunStatus.PAUSED);
        assertThat(run.status("a")).isEqualTo(TaskStatus.COMPLETED);
        assertThat(run.status("b")).isEqualTo(TaskStatus.PENDING);
        assertThat(run.state().isStuck()).isFalse();

        run.request(new Request.Resume());
        assertThat(run.state().status()).isEqualTo(RunStatus.RUNNING);
        assertThat(run.status("b")).isEqualTo(TaskStatus.RUNNING);
    }

    @Test
    void shouldEndWhilePausedWhenNothingIsLeft() {
        Simulation run = new Simulation(PlanBuilder.chain("a").build())
                .begin()
                .request(new Request.Pause())
                .finish("a");

        assertThat(run.state().status()).isEqualTo(RunStatus.COMPLETED);
    }

    @Test
    void shouldStopNoClock() {
        Plan plan = PlanBuilder.chain("a", "b").timeout(Duration.ofSeconds(10)).build();
        Simulation run = new Simulation(plan)
                .begin()
                .request(new Request.Pause())
                .finish("a")
                .advance(Duration.ofSeconds(11));

        assertThat(run.state().status()).isEqualTo(RunStatus.FAILED);
        assertThat(run.state().record().error()).extracting(TaskError::code).isEqualTo("timeout");
    }

    @Test
    void shouldAskNoAgentAgainWhilePaused() {
        PlanBuilder plan = new PlanBuilder();
        plan.task("a").mode(ExecutionMode.PARKED).attempts(2);
        Simulation run = new Simulation(plan.build()).script("a", AGENT).begin();
        Given failure = new Given("1", null, TaskError.of(ErrorCode.EXECUTION_FAILED, "Expected it"), null);
        run.request(new Request.Pause())
                .request(new Request.Give(TaskKey.root("a"), failure))
                .advance(Duration.ofMinutes(1));
        assertThat(run.announced()).isEmpty();
        assertThat(run.view("a").attempt()).isEqualTo(1);

        run.request(new Request.Resume());
        assertThat(run.announced()).containsExactly(TaskKey.root("a"));
        assertThat(run.view("a").attempt()).isEqualTo(2);
    }

    @Test
    void shouldAskNobodyWhoseTaskIsBeingPreparedWhenThePauseComes() {
        PlanBuilder plan = new PlanBuilder();
        plan.task("a").mode(ExecutionMode.PARKED);
        Simulation run = new Simulation(plan.build()).script("a", AGENT);
        Command pause = new Command("p", "tests", null, new Request.Pause());
        run.wakeUp(List.of(new RunInput.Begin(run.now())));
        run.wakeUp(List.of(new RunInput.Commanded(run.now(), pause)));
        run.request(new Request.Pause());
        assertThat(run.announced()).isEmpty();
        assertThat(run.status("a")).isEqualTo(TaskStatus.PENDING);

        run.request(new Request.Resume());
        assertThat(run.announced()).containsExactly(TaskKey.root("a"));
        assertThat(run.view("a").attempt()).isEqualTo(1);
    }

    @Test
    void shouldStartNoRetryWhilePaused() {
        for (ExecutionMode mode : List.of(ExecutionMode.DISPATCHED, ExecutionMode.PREPARED, ExecutionMode.EXTERNAL)) {
            PlanBuilder plan = new PlanBuilder();
            plan.task("a").mode(mode).attempts(2).taskQueue("q");
            Simulation run = new Simulation(plan.build())
                    .script("a", Script.failsFirst(1))
                    .begin()
                    .request(new Request.Pause())
                    .finish("a")
                    .advance(Duration.ofMinutes(1));
            assertThat(run.open()).as(mode.name()).isEmpty();

            assertThat(run.request(new Request.Resume()).status("a")).isEqualTo(TaskStatus.RUNNING);
        }
    }

    @Test
    void shouldEscalateWhilePausedBecauseNoDeadlineWaits() {
        Hold hold = new Hold(
                Value.of(NullNode.instance), "q", null, Hold.OnDeadline.ESCALATE, null, "queue/boss", 60_000L, false);
        PlanBuilder plan = new PlanBuilder();
        plan.task("a").mode(ExecutionMode.PARKED);
        Simulation run = new Simulation(plan.build())
                .script("a", Script.COMPLETES.prepared(new Script.Preparation.Holds(WaitingFor.AGENT, 1_000L, hold)))
                .begin()
                .request(new Request.Pause())
                .advance(Duration.ofSeconds(1));

        assertThat(Objects.requireNonNull(run.record("a").hold()).escalated()).isTrue();
    }

    private static final Script AGENT = Script.COMPLETES.prepared(new Script.Preparation.Holds(
            WaitingFor.AGENT,
            null,
            new Hold(Value.of(NullNode.instance), "q", null, Hold.OnDeadline.FAIL, null, null, null, false)));

    @Test
    void shouldPauseAgainAfterItWasResumed() {
        Simulation run = new Simulation(PlanBuilder.chain("a", "b").build())
                .begin()
                .request(new Request.Pause())
                .request(new Request.Pause());
        assertThat(run.refusal()).isNull();
        run.request(new Request.Resume()).request(new Request.Resume());
        assertThat(run.refusal()).isNull();
        assertThat(run.request(new Request.Pause()).state().status()).isEqualTo(RunStatus.PAUSED);
    }

    @Test
    void shouldStayPausedOverANewExecution() {
        Simulation run = new Simulation(PlanBuilder.chain("a", "b").build())
                .carrying()
                .begin()
                .request(new Request.Pause())
                .finish("a")
                .wakeUp(java.util.List.of());

        assertThat(run.timesCarried()).isPositive();
        assertThat(run.state().status()).isEqualTo(RunStatus.PAUSED);
        assertThat(run.status("b")).isEqualTo(TaskStatus.PENDING);
    }

    @Test
    void shouldAbortAPausedRun() {
        Simulation run = new Simulation(PlanBuilder.chain("a", "b").build())
                .begin()
                .request(new Request.Pause())
                .finish("a")
                .abort();

        assertThat(run.state().status()).isEqualTo(RunStatus.ABORTED);
        assertThat(run.record("b").reason()).isEqualTo(SkipReason.RUN_ABORTED);
    }

    /** States, verdicts, outputs and attempts: a pause takes time and nothing else. */
    @Test
    void shouldChangeNothingButTime() {
        holds(run -> RunChecks.same(
                ends(run.simulation(21).toEnd()),
                ends(run.simulation(22).pausing(12).toEnd())));
    }

    @Test
    void shouldKeepAllPromisesWhenPausedWhileWorkersAreLost() {
        holds(run ->
                RunChecks.againstOracle(run, run.simulation(23).withFaults(4).pausing(12)));
    }

    /** The property notices: a run that is told to skip instead does end otherwise. */
    @Test
    void shouldNoticeARunThatIsNotJustPaused() {
        long different = LongStream.range(0, 200)
                .filter(seed -> {
                    RunCase run = RunCases.of(seed);
                    return !ends(run.simulation(21).toEnd())
                            .equals(ends(run.simulation(22).meddledWith(12).toEnd()));
                })
                .count();
        assertThat(different).isGreaterThan(20);
    }

    private static Map<String, String> ends(Simulation run) {
        Map<String, String> ends = new TreeMap<>(RunChecks.results(run));
        run.state()
                .plan()
                .root()
                .nodes()
                .forEach(node ->
                        ends.merge(node.id(), " " + run.record(node.id()).attempts(), String::concat));
        return ends;
    }

    private static void holds(Function<RunCase, @Nullable String> check) {
        Function<RunCase, @Nullable String> safely = RunChecks.safely(check);
        LongStream.range(0, RUNS).parallel().forEach(seed -> {
            RunCase run = RunCases.of(seed);
            if (safely.apply(run) != null) {
                RunCase smallest = RunCases.shrink(run, safely);
                fail("Expected a pause to change nothing, but it does for seed " + seed + "; smallest: " + smallest
                        + "\n" + safely.apply(smallest));
            }
        });
    }

    @Test
    void shouldWaitWithANextAttemptUntilResumed() {
        PlanBuilder plan = new PlanBuilder();
        plan.task("a").attempts(2);
        Simulation run = new Simulation(plan.build())
                .script("a", Script.failsFirst(1))
                .begin()
                .finish("a")
                .request(new Request.Pause())
                .advance(Duration.ofSeconds(5));

        assertThat(run.status("a")).isEqualTo(TaskStatus.PENDING);
        assertThat(run.request(new Request.Resume()).status("a")).isEqualTo(TaskStatus.RUNNING);
    }
}
