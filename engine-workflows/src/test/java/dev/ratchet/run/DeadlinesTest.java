package dev.ratchet.run;

import static dev.ratchet.run.TaskStatus.CANCELLED;
import static dev.ratchet.run.TaskStatus.COMPLETED;
import static dev.ratchet.run.TaskStatus.FAILED;
import static dev.ratchet.run.TaskStatus.SKIPPED;
import static dev.ratchet.run.TaskStatus.WAITING;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.NullNode;
import dev.ratchet.document.Json;
import dev.ratchet.plan.Policies.ExecutionMode;
import dev.ratchet.plan.Policies.OnBudget;
import dev.ratchet.plan.Policies.OnFailure;
import dev.ratchet.testkit.PlanBuilder;
import dev.ratchet.testkit.Script;
import dev.ratchet.testkit.Simulation;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What the passing of time means. */
class DeadlinesTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    @Test
    void shouldEndARunThatIsPastItsTimeAndCancelWhatIsInFlight() {
        PlanBuilder plan = PlanBuilder.chain("a", "b").timeout(MINUTE);
        Simulation run = new Simulation(plan.build()).begin().advance(MINUTE);
        assertThat(run.state().closing()).isEqualTo(ClosingCause.TIMED_OUT);
        assertThat(run.state().isEnded()).isFalse();

        run.loseDispatch("a");

        assertThat(run.status("a")).isEqualTo(CANCELLED);
        assertThat(run.record("b").reason()).isEqualTo(SkipReason.RUN_TIMED_OUT);
        assertThat(run.state().status()).isEqualTo(RunStatus.FAILED);
        TaskError error = Objects.requireNonNull(run.state().record().error());
        assertThat(error.code()).isEqualTo("timeout");
        assertThat(error.message()).isEqualTo("Expected the run to end within 60000 ms, but it did not");
        assertThat(run.state().record().errorTask()).isNull();
    }

    @Test
    void shouldNotWaitForSilentWorkers() {
        PlanBuilder plan = PlanBuilder.chain("a").timeout(MINUTE);
        Simulation run = new Simulation(plan.build()).begin().advance(MINUTE).advance(Duration.ofSeconds(8));

        assertThat(run.status("a")).isEqualTo(CANCELLED);
        assertThat(run.state().status()).isEqualTo(RunStatus.FAILED);
    }

    @Test
    void shouldNotBeEarly() {
        PlanBuilder plan = PlanBuilder.chain("a").timeout(MINUTE).idleTimeout(MINUTE);
        Simulation run = new Simulation(plan.build()).begin().advance(MINUTE.minusMillis(1));

        assertThat(run.state().closing()).isNull();
    }

    @Test
    void shouldKeepTheTimeoutOfARunThatLetsTasksFinishAfterAFailure() {
        PlanBuilder plan = new PlanBuilder().timeout(MINUTE).onFailure(OnFailure.FINISH_RUNNING);
        plan.task("a");
        plan.task("b");
        Simulation run =
                new Simulation(plan.build()).script("a", Script.fails()).begin().finish("a");
        assertThat(run.state().closing()).isEqualTo(ClosingCause.FAILED_FINISHING);

        run.advance(MINUTE.plusSeconds(8));

        assertThat(run.status("b")).isEqualTo(CANCELLED);
        assertThat(Objects.requireNonNull(run.state().record().error()).code()).isEqualTo("timeout");
    }

    @Test
    void shouldEndARunInWhichNothingHappensForTooLong() {
        PlanBuilder plan = PlanBuilder.chain("a", "b").idleTimeout(MINUTE);
        Simulation run = new Simulation(plan.build()).begin().advance(Duration.ofSeconds(59));
        run.finish("a").advance(Duration.ofSeconds(59));
        assertThat(run.state().closing()).isNull();

        run.advance(Duration.ofSeconds(1)).loseDispatch("b");

        assertThat(Objects.requireNonNull(run.state().record().error()).message())
                .isEqualTo("Expected something to happen within 60000 ms, but nothing did");
    }

    @Test
    void shouldNotCallItIdleWhileATimerRunsOrAPersonIsAsked() {
        PlanBuilder plan = new PlanBuilder().idleTimeout(MINUTE);
        plan.task("timer").mode(ExecutionMode.PARKED);
        plan.task("person").mode(ExecutionMode.PARKED);
        Simulation run = new Simulation(plan.build())
                .script("timer", Script.waits(Duration.ofHours(1)))
                .script("person", Script.COMPLETES.prepared(new Script.Preparation.Parks(WaitingFor.PERSON, null)))
                .begin()
                .advance(Duration.ofHours(2));

        assertThat(run.status("timer")).isEqualTo(COMPLETED);
        assertThat(run.status("person")).isEqualTo(WAITING);
        assertThat(run.state().closing()).isNull();
        assertThat(run.state().nextDue()).isNull();
    }

    @Test
    void shouldCallARunIdleWhoseAgentNobodyAnswers() {
        Simulation run = agent(WaitingFor.AGENT, null).advance(MINUTE);

        assertThat(run.state().closing()).isEqualTo(ClosingCause.TIMED_OUT);
        assertThat(Objects.requireNonNull(run.state().record().error()).message())
                .isEqualTo("Expected something to happen within 60000 ms, but nothing did");
    }

    @Test
    void shouldCallARunIdleBeforeTheDeadlineOfItsAgent() {
        assertThat(agent(WaitingFor.AGENT, 3_600_000L).advance(MINUTE).state().closing())
                .isEqualTo(ClosingCause.TIMED_OUT);
    }

    @Test
    void shouldNotCallARunIdleWhosePersonHasADeadline() {
        Simulation run = agent(WaitingFor.PERSON, 3_600_000L).advance(Duration.ofMinutes(59));

        assertThat(run.state().closing()).isNull();
    }

    private static Simulation agent(WaitingFor whom, @Nullable Long deadlineMs) {
        PlanBuilder plan = new PlanBuilder().idleTimeout(MINUTE);
        plan.task("a").mode(ExecutionMode.PARKED);
        Hold hold = new Hold(Value.of(NullNode.instance), "q", null, Hold.OnDeadline.FAIL, null, null, null, false);
        return new Simulation(plan.build())
                .script("a", Script.COMPLETES.prepared(new Script.Preparation.Holds(whom, deadlineMs, hold)))
                .begin();
    }

    @Test
    void shouldNotStopTheClockOfAPausedRun() {
        PlanBuilder plan =
                new PlanBuilder().budget("0.01").onBudget(OnBudget.PAUSE).timeout(MINUTE);
        plan.task("a").mode(ExecutionMode.PREPARED);
        Simulation run = new Simulation(plan.build())
                .script("a", Script.COMPLETES.estimated("1"))
                .begin()
                .advance(MINUTE);

        assertThat(run.state().status()).isEqualTo(RunStatus.FAILED);
        assertThat(run.status("a")).isEqualTo(SKIPPED);
    }

    @Test
    void shouldCompleteATimerInTimeWithAnEmptyObject() {
        PlanBuilder plan = new PlanBuilder();
        plan.task("a").mode(ExecutionMode.PARKED);
        Simulation run =
                new Simulation(plan.build()).script("a", Script.waits(MINUTE)).begin();
        assertThat(run.record("a").waitingFor()).isEqualTo(WaitingFor.TIMER);
        assertThat(run.record("a").dueAt()).isEqualTo(run.now() + 60_000);
        assertThat(run.advance(MINUTE.minusMillis(1)).status("a")).isEqualTo(WAITING);

        run.advance(Duration.ofMillis(1));

        assertThat(run.status("a")).isEqualTo(COMPLETED);
        assertThat(run.record("a").output()).isEqualTo(Value.of(Json.mapper().createObjectNode()));
        assertThat(run.record("a").log()).isEmpty();
        assertThat(run.record("a").endedAt()).isEqualTo(Simulation.START + 60_000);
    }

    @Test
    void shouldNotWaitForATimeThatHasCome() {
        PlanBuilder plan = new PlanBuilder();
        plan.task("a").mode(ExecutionMode.PARKED);
        Simulation run = new Simulation(plan.build())
                .script("a", Script.waits(Duration.ZERO))
                .begin();

        assertThat(run.status("a")).isEqualTo(COMPLETED);
    }

    @Test
    void shouldFailWhatNobodyAnsweredInTime() {
        PlanBuilder plan = new PlanBuilder();
        plan.task("a").mode(ExecutionMode.PARKED);
        Simulation run = new Simulation(plan.build())
                .script("a", Script.COMPLETES.prepared(new Script.Preparation.Parks(WaitingFor.PERSON, 60_000L)))
                .begin()
                .advance(MINUTE);

        assertThat(run.status("a")).isEqualTo(FAILED);
        assertThat(Objects.requireNonNull(run.record("a").error()).code()).isEqualTo("deadline_expired");
    }

    @Test
    void shouldServeDueTasksInOrderOfTimeAndId() {
        PlanBuilder plan = new PlanBuilder();
        plan.task("c").mode(ExecutionMode.PARKED);
        plan.task("a").mode(ExecutionMode.PARKED);
        plan.task("b").mode(ExecutionMode.PARKED);
        Simulation run = new Simulation(plan.build())
                .script("a", Script.waits(Duration.ofSeconds(2)))
                .script("b", Script.waits(Duration.ofSeconds(1)))
                .script("c", Script.waits(Duration.ofSeconds(1)))
                .begin();

        run.wakeUp(List.of(new RunInput.Elapsed(run.now() + 5_000)));

        assertThat(run.state().unsealed()).extracting(TaskKey::id).containsExactly("b", "c", "a");
    }

    @Test
    void shouldIgnoreTimeThatBringsNothing() {
        Simulation run = new Simulation(PlanBuilder.chain("a").build()).begin();
        long version = run.state().version();

        run.wakeUp(List.of(new RunInput.Elapsed(run.now() + 1_000_000)));

        assertThat(run.state().version()).isEqualTo(version);
    }
}
