package dev.ratchet.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ratchet.document.Json;
import dev.ratchet.plan.Plan;
import dev.ratchet.plan.Policies.ExecutionMode;
import dev.ratchet.plan.Policies.OnFailure;
import dev.ratchet.plan.Policies.Scheduling;
import dev.ratchet.plan.Policies.TriggerRule;
import dev.ratchet.testkit.Audit;
import dev.ratchet.testkit.PlanBuilder;
import dev.ratchet.testkit.Script;
import dev.ratchet.testkit.Simulation;
import dev.ratchet.testkit.TaskBuilder;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

    private static Script items(int count) {
        return Script.COMPLETES.prepared(new Script.Preparation.Unrolls(count));
    }

    /** Whatever works because of the failure, and be it a loop, a map or somebody who is asked, was told of it. */
    @ParameterizedTest
    @ValueSource(strings = {"loop", "map", "wait", "child", "after"})
    void shouldRefuseToReopenAFailureBecauseOfWhichAnythingWorks(String kind) {
        PlanBuilder plan = failing();
        TaskBuilder task = plan.task("then").after("a").rule(TriggerRule.ALL_DONE);
        switch (kind) {
            case "loop" -> task.loop(PlanBuilder.chain("x"), 2, false);
            case "map" -> task.each(PlanBuilder.chain("x"), 2, true);
            case "wait" -> task.mode(ExecutionMode.PARKED);
            case "child" -> task.mode(ExecutionMode.CHILD);
            default -> {
                task.mode(ExecutionMode.INLINE);
                plan.task("later").after("then");
            }
        }
        Simulation run = new Simulation(plan.build())
                .script("a", Script.failsFirst(1))
                .script("then", kind.equals("map") ? items(2) : kind.equals("wait") ? asked() : Script.COMPLETES)
                .begin()
                .finish("a");

        for (Request request : List.of(new Request.Retry(TaskKey.root("a")), new Request.Skip(TaskKey.root("a")))) {
            assertThat(run.request(request).refusal()).satisfies(refusal -> {
                assertThat(refusal.code()).isEqualTo("task_not_waiting");
                assertThat(refusal.message()).contains(kind.equals("after") ? "later" : "then");
            });
        }
        assertThat(run.status("a")).isEqualTo(TaskStatus.FAILED);
        assertThat(run.state().closing()).isNull();
    }

    private static Script asked() {
        return Script.COMPLETES.prepared(new Script.Preparation.Parks(WaitingFor.AGENT, null));
    }

    /** What waits for a slot because of the failure is ready again as soon as the failure has another end. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldStartWhatWaitedForASlotAfterItsFailedSourceIsSkipped(boolean carrying) {
        PlanBuilder plan = new PlanBuilder()
                .onFailure(OnFailure.SKIP_DEPENDENTS)
                .scheduling(Scheduling.DATAFLOW)
                .maxParallelism(1);
        plan.task("a");
        plan.task("b");
        plan.task("c").after("a").rule(TriggerRule.ALL_DONE);
        Simulation run = new Simulation(plan.build()).script("a", Script.fails());
        run = (carrying ? run.carrying() : run).begin().finish("a");
        assertThat(run.view("c").phase()).isEqualTo(Phase.QUEUED);

        run.request(new Request.Skip(TaskKey.root("a"))).toEnd();

        assertThat(run.status("c")).isEqualTo(TaskStatus.COMPLETED);
        assertThat(run.state().status()).isEqualTo(RunStatus.COMPLETED);
    }

    /** What a task was told when its verdict fell does not change while it works. */
    @Test
    void shouldFeedATaskWhatItsEdgesSaidWhenItsVerdictFell() {
        PlanBuilder plan = PlanBuilder.chain("a", "b");
        plan.task("b").fedBy("a", "text");
        Simulation run = new Simulation(plan.build()).begin().finish("a");
        EdgeMarks marks = run.view("b").edgeMarks();
        assertThat(marks).isEqualTo(new EdgeMarks("ll"));

        run.state().apply(new RunEvent.Reopened(run.now(), TaskKey.root("a")));
        Attempt attempt = new Sight(run.state()).attempt(run.view("b"), new java.util.TreeMap<>());

        assertThat(attempt.feeds()).containsExactly(new Attempt.Feed("a", null, "text"));
        assertThat(run.state().carried(TaskKey.root("b")).edgeMarks()).isEqualTo(marks);
        assertThat(Json.read(Json.write(run.state().carried(TaskKey.root("b"))), CarriedTask.class)
                        .edgeMarks())
                .isEqualTo(marks);
    }

    /** The second round is other requests: neither numbers nor keys come twice, and late words of the first count nothing. */
    @Test
    void shouldCountAttemptsOverTheRoundsOfALoop() {
        PlanBuilder plan =
                new PlanBuilder().onFailure(OnFailure.SKIP_DEPENDENTS).scheduling(Scheduling.DATAFLOW);
        plan.task("l").loop(PlanBuilder.chain("w", "x"), 3, false);
        plan.task("busy");
        Simulation run = new Simulation(plan.build())
                .script("x", Script.failsFirst(1))
                .begin()
                .finish("l[0].w")
                .finish("l[0].x");
        Outcome late = Objects.requireNonNull(outcomes(run, "l[0].w").getFirst());
        assertThat(run.status("l")).isEqualTo(TaskStatus.FAILED);

        run.request(new Request.Retry(TaskKey.root("l")));
        assertThat(run.view("l[0].w").attempt()).isEqualTo(2);
        assertThat(attempt(run, "l[0].w").earlier()).isEqualTo(1);
        run.wakeUp(List.of(new RunInput.Reported(run.now(), List.of(late))));
        assertThat(run.status("l[0].w")).isEqualTo(TaskStatus.RUNNING);

        run.finish("l[0].w").finish("l[0].x");
        assertThat(run.record("l[0].x").attempts()).isEqualTo(2);
        assertThat(run.record("l[0].w").log())
                .extracting(TaskRecord.AttemptRecord::attempt)
                .isEmpty();
        run.script("l", Script.COMPLETES.late(Answer.NO)).toEnd();
        assertThat(run.state().status()).isEqualTo(RunStatus.COMPLETED);
    }

    /** Retries that a task's own policy grants are granted anew in another round. */
    @Test
    void shouldGrantTheRetriesOfATaskInEachRound() {
        PlanBuilder plan =
                new PlanBuilder().onFailure(OnFailure.SKIP_DEPENDENTS).scheduling(Scheduling.DATAFLOW);
        PlanBuilder body = new PlanBuilder();
        body.task("x").attempts(2);
        plan.task("l").loop(body, 3, false);
        plan.task("busy");
        Simulation run = new Simulation(plan.build())
                .script("x", Script.failsFirst(9))
                .begin()
                .finish("l[0].x")
                .advance(Duration.ofSeconds(1))
                .finish("l[0].x");
        assertThat(run.status("l")).isEqualTo(TaskStatus.FAILED);

        run.request(new Request.Retry(TaskKey.root("l"))).finish("l[0].x");
        assertThat(run.record("l[0].x").waitingFor()).isEqualTo(WaitingFor.RETRY);
        run.advance(Duration.ofSeconds(1)).finish("l[0].x");

        assertThat(run.record("l[0].x").attempts()).isEqualTo(4);
        assertThat(run.status("l")).isEqualTo(TaskStatus.FAILED);
    }

    /** Who failed after something else failed asks for something else, once that has been tried again. */
    @Test
    void shouldAskAnewForWhatFollowsFromATaskThatIsTriedAgain() {
        PlanBuilder plan = failing();
        plan.task("z").after("a").rule(TriggerRule.ALL_DONE);
        Simulation run = failed(plan, Script.failsFirst(1)).script("z", Script.failsFirst(1));
        run.finish("z").request(new Request.Retry(TaskKey.root("a"))).finish("a");
        assertThat(attempt(run, "b").earlier()).isZero();

        run.request(new Request.Retry(TaskKey.root("z")));

        assertThat(attempt(run, "z").attempt()).isEqualTo(2);
        assertThat(attempt(run, "z").earlier()).isEqualTo(1);
    }

    private static Attempt attempt(Simulation run, String id) {
        return run.open().stream()
                .filter(RunCommand.Dispatch.class::isInstance)
                .flatMap(command -> ((RunCommand.Dispatch) command).attempts().stream())
                .filter(attempt -> attempt.key().equals(TaskKey.parse(id)))
                .findFirst()
                .orElseThrow();
    }

    private static List<Outcome> outcomes(Simulation run, String id) {
        return run.charged().stream()
                .filter(outcome -> outcome.key().equals(TaskKey.parse(id)))
                .toList();
    }

    @Test
    void shouldShowTheTurnsOfAnEarlierRoundUntilThereAreOthers() {
        PlanBuilder plan =
                new PlanBuilder().onFailure(OnFailure.SKIP_DEPENDENTS).scheduling(Scheduling.DATAFLOW);
        plan.task("l").loop(PlanBuilder.chain("x"), 3, false);
        plan.task("busy");
        Simulation run = new Simulation(plan.build())
                .script("l", Script.COMPLETES.late(Answer.YES))
                .begin()
                .finish("l[0].x")
                .script("x", Script.fails())
                .finish("l[1].x");
        run.request(new Request.Retry(TaskKey.root("l")));

        assertThat(run.status("l[0].x")).isEqualTo(TaskStatus.RUNNING);
        assertThat(run.status("l[1].x")).isEqualTo(TaskStatus.FAILED);
        assertThat(run.request(new Request.Retry(TaskKey.parse("l[1].x"))).refusal())
                .isNotNull();
    }
}
