package dev.ratchet.run;

import static dev.ratchet.run.TaskStatus.CANCELLED;
import static dev.ratchet.run.TaskStatus.COMPLETED;
import static dev.ratchet.run.TaskStatus.FAILED;
import static dev.ratchet.run.TaskStatus.PENDING;
import static dev.ratchet.run.TaskStatus.RUNNING;
import static dev.ratchet.run.TaskStatus.SKIPPED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ratchet.document.ErrorCode;
import dev.ratchet.plan.Policies.ExecutionMode;
import dev.ratchet.plan.Policies.OnFailure;
import dev.ratchet.plan.Policies.Scheduling;
import dev.ratchet.testkit.PlanBuilder;
import dev.ratchet.testkit.Script;
import dev.ratchet.testkit.Simulation;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** How a run comes to its end: by itself, by a failure, by an abort, by a contradiction. */
class EndingsTest {
    @Test
    void shouldCompleteAnEmptyRun() {
        assertThat(new Simulation(new PlanBuilder().build()).begin().state().status())
                .isEqualTo(RunStatus.COMPLETED);
    }

    @Test
    void shouldWaitForTheWholeBatch() {
        Simulation run = new Simulation(two(Scheduling.BATCH).build()).begin().finish("a");
        assertThat(run.status("c")).isEqualTo(PENDING);

        assertThat(run.finish("b").status("c")).isEqualTo(RUNNING);
        assertThat(run.state().record().batches()).isEqualTo(2);
    }

    @Test
    void shouldNotWaitForAnybodyElseInDataflow() {
        Simulation run =
                new Simulation(two(Scheduling.DATAFLOW).build()).begin().finish("a");

        assertThat(run.status("c")).isEqualTo(RUNNING);
    }

    /** a and b, and c after a. */
    private static PlanBuilder two(Scheduling scheduling) {
        PlanBuilder plan = PlanBuilder.chain("a", "c").scheduling(scheduling);
        plan.task("b");
        return plan;
    }

    @Test
    void shouldCancelWhatIsInFlightWhenItFailsFast() {
        PlanBuilder plan = two(Scheduling.BATCH);
        plan.task("d").after("b");
        Simulation run =
                new Simulation(plan.build()).script("a", Script.fails()).begin().finish("a");
        assertThat(run.state().status()).isEqualTo(RunStatus.RUNNING);
        assertThat(run.status("b")).isEqualTo(RUNNING);

        run.loseDispatch("b");

        assertThat(run.status("b")).isEqualTo(CANCELLED);
        assertThat(run.record("c").reason()).isEqualTo(SkipReason.UPSTREAM_FAILURE);
        assertThat(run.record("c").blockedBy()).containsExactly("a");
        assertThat(run.record("d").reason()).isEqualTo(SkipReason.RUN_FAILED);
        assertThat(run.state().status()).isEqualTo(RunStatus.FAILED);
        assertThat(run.state().record().errorTask()).isEqualTo(TaskKey.root("a"));
    }

    @Test
    void shouldRecordWhatFinishesAllTheSame() {
        Simulation run = new Simulation(two(Scheduling.BATCH).build())
                .script("a", Script.fails())
                .begin()
                .finish("a");
        Outcome late = new Outcome(
                TaskKey.root("b"),
                1,
                1,
                1,
                2,
                new Outcome.Completed(Value.of(Json.text("x")), List.of(), List.of()),
                null,
                false);

        run.wakeUp(List.of(new RunInput.Reported(run.now(), List.of(late))));

        assertThat(run.status("b")).isEqualTo(COMPLETED);
        assertThat(run.state().status()).isEqualTo(RunStatus.FAILED);
    }

    @Test
    void shouldLetTasksFinishWhereThePolicySaysSo() {
        PlanBuilder plan = two(Scheduling.DATAFLOW).onFailure(OnFailure.FINISH_RUNNING);
        plan.task("d").after("b");
        Simulation run =
                new Simulation(plan.build()).script("a", Script.fails()).begin().finish("a");
        assertThat(run.state().closingUntil()).isNull();

        run.advance(Duration.ofHours(1)).finish("b");

        assertThat(run.status("b")).isEqualTo(COMPLETED);
        assertThat(run.status("d")).isEqualTo(SKIPPED);
        assertThat(run.state().status()).isEqualTo(RunStatus.FAILED);
    }

    @Test
    void shouldRunWhateverDoesNotDependOnAFailure() {
        PlanBuilder plan = two(Scheduling.BATCH).onFailure(OnFailure.SKIP_DEPENDENTS);
        plan.task("d").after("b");
        plan.task("e").after("c");
        Simulation run =
                new Simulation(plan.build()).script("a", Script.fails()).toEnd();

        assertThat(run.status("d")).isEqualTo(COMPLETED);
        assertThat(run.record("c").blockedBy()).containsExactly("a");
        assertThat(run.record("e").reason()).isEqualTo(SkipReason.UPSTREAM_FAILURE);
        assertThat(run.record("e").blockedBy()).as("the immediate ones").containsExactly("c");
        assertThat(run.state().status()).isEqualTo(RunStatus.FAILED);
    }

    @Test
    void shouldNotFailForATaskThatMayFailNorForWhatIsSkippedBecauseOfIt() {
        PlanBuilder plan = two(Scheduling.BATCH);
        plan.task("a").allowFailure();
        Simulation run =
                new Simulation(plan.build()).script("a", Script.fails()).toEnd();

        assertThat(run.status("a")).isEqualTo(FAILED);
        assertThat(run.record("c").reason()).isEqualTo(SkipReason.UPSTREAM_FAILURE);
        assertThat(run.state().status()).isEqualTo(RunStatus.COMPLETED);
        assertThat(run.state().record().error()).isNull();
    }

    @Test
    void shouldNameTheFirstFailureInEventOrder() {
        PlanBuilder plan = new PlanBuilder().onFailure(OnFailure.SKIP_DEPENDENTS);
        plan.task("a");
        plan.task("b");
        Simulation run = new Simulation(plan.build())
                .script("a", Script.fails())
                .script("b", Script.fails())
                .begin()
                .finish("b")
                .finish("a");

        assertThat(run.state().record().errorTask()).isEqualTo(TaskKey.root("b"));
    }

    @Test
    void shouldAbortOnceAllThatIsInFlightHeardOfIt() {
        PlanBuilder plan = two(Scheduling.BATCH);
        plan.task("timer").mode(ExecutionMode.PARKED);
        Simulation run = new Simulation(plan.build())
                .script("timer", Script.waits(Duration.ofHours(1)))
                .begin()
                .abort();
        assertThat(run.state().status()).isEqualTo(RunStatus.ABORTING);
        assertThat(run.open()).hasSize(2);

        run.loseDispatch("a").loseDispatch("b");

        assertThat(run.state().status()).isEqualTo(RunStatus.ABORTED);
        assertThat(run.status("a")).isEqualTo(CANCELLED);
        assertThat(run.status("timer")).isEqualTo(CANCELLED);
        assertThat(run.record("c").reason()).isEqualTo(SkipReason.RUN_ABORTED);
        assertThat(run.state().record().error()).isNull();
    }

    @Test
    void shouldBeAbortedWithinTenSecondsWhateverWorkersDo() {
        Simulation run = new Simulation(PlanBuilder.chain("a").build()).begin().abort();
        assertThat(run.advance(Duration.ofMillis(7_999)).state().status()).isEqualTo(RunStatus.ABORTING);

        assertThat(run.advance(Duration.ofMillis(1)).state().status()).isEqualTo(RunStatus.ABORTED);
        assertThat(run.status("a")).isEqualTo(CANCELLED);
    }

    @Test
    void shouldCancelRatherThanSkipWhatHasStartedBefore() {
        PlanBuilder plan = new PlanBuilder().maxParallelism(1);
        plan.task("a");
        plan.task("b").attempts(2);
        Simulation run = new Simulation(plan.build())
                .script("b", Script.failsFirst(1))
                .begin()
                .finish("a");
        run.finish("b").advance(Duration.ofMillis(10)).abort();

        assertThat(run.status("b")).isEqualTo(CANCELLED);
    }

    @Test
    void shouldLetNothingOverrideAnAbort() {
        PlanBuilder plan = PlanBuilder.chain("a").timeout(Duration.ofSeconds(1));
        Simulation run = new Simulation(plan.build()).begin().abort();

        run.wakeUp(List.of(new RunInput.Broken(run.now(), TaskError.of(ErrorCode.SCHEDULER_ERROR, "oh"))));
        run.advance(Duration.ofMinutes(1));

        assertThat(run.state().status()).isEqualTo(RunStatus.ABORTED);
    }

    @Test
    void shouldOverrideWhateverEndWasComing() {
        Simulation run = new Simulation(two(Scheduling.BATCH).build())
                .script("a", Script.fails())
                .begin()
                .finish("a")
                .abort()
                .loseDispatch("b");

        assertThat(run.state().status()).isEqualTo(RunStatus.ABORTED);
    }

    @Test
    void shouldReadACommandOnce() {
        Simulation run = new Simulation(PlanBuilder.chain("a").build()).begin();
        RunInput abort = new RunInput.Commanded(run.now(), new Command("1", null, null, new Request.Abort()));

        run.wakeUp(List.of(abort, abort));

        assertThat(run.events())
                .filteredOn(event -> event instanceof RunEvent.CommandRead)
                .hasSize(1);
        assertThat(run.state().hasRead("1")).isTrue();
        assertThat(run.state().refusal("1")).isNull();
    }

    @Test
    void shouldDoNothingAfterTheEnd() {
        Simulation run = new Simulation(PlanBuilder.chain("a").build()).begin().finish("a");
        long version = run.state().version();

        run.abort().duplicateReport("a").advance(Duration.ofDays(1));

        assertThat(run.state().version()).isEqualTo(version);
        assertThat(run.state().status()).isEqualTo(RunStatus.COMPLETED);
    }

    @Test
    void shouldEndInsteadOfHangingWhenNothingCanGoOn() {
        RunState state = new RunState(PlanBuilder.chain("a").build());
        RunFold fold = new RunFold(
                state,
                (view, input) -> Decider.decide(
                        MutantView.lanes(view, "ready", ready -> new java.util.TreeSet<Integer>()), input));
        fold.feed(new RunInput.Begin(1));

        fold.proceed(1);

        assertThat(state.status()).isEqualTo(RunStatus.FAILED);
        TaskError error = Objects.requireNonNull(state.record().error());
        assertThat(error.code()).isEqualTo("scheduler_error");
        assertThat(error.message())
                .isEqualTo("Expected something to go on with, but 1 tasks are open and none can start: a");
        assertThat(Objects.requireNonNull(state.task(TaskKey.root("a"))).reason())
                .isEqualTo(SkipReason.RUN_FAILED);
    }

    @Test
    void shouldStartNothingBeforeItIsTakenUp() {
        Simulation run = new Simulation(PlanBuilder.chain("a").build());
        run.wakeUp(List.of());

        assertThat(run.events()).isEmpty();
        assertThat(run.state().status()).isEqualTo(RunStatus.PENDING);
        assertThat(run.abort().state().status()).isEqualTo(RunStatus.ABORTED);
    }

    /** Short texts as JSON. */
    private static final class Json {
        static com.fasterxml.jackson.databind.JsonNode text(String text) {
            return com.fasterxml.jackson.databind.node.TextNode.valueOf(text);
        }
    }
}
