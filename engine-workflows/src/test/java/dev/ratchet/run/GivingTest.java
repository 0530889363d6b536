package dev.ratchet.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.NullNode;
import dev.ratchet.document.ErrorCode;
import dev.ratchet.plan.Policies.ExecutionMode;
import dev.ratchet.plan.RetryPolicy;
import dev.ratchet.run.Hold.OnDeadline;
import dev.ratchet.testkit.PlanBuilder;
import dev.ratchet.testkit.Script;
import dev.ratchet.testkit.Simulation;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is given by people and agents: taken once, kept when it is early, refused when it is another. */
class GivingTest {
    private static final TaskKey A = TaskKey.root("a");
    private static final RetryPolicy TWICE = new RetryPolicy(2, 1_000, BigDecimal.ONE, 1_000, List.of());

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldCompleteWithWhatWasGiven(boolean carrying) {
        Simulation run = waiting(OnDeadline.FAIL, null, carrying).begin();
        assertThat(run.record("a").waitingFor()).isEqualTo(WaitingFor.AGENT);
        assertThat(run.announced()).containsExactly(A);

        run.request(give("1", 5));

        assertThat(run.refusal()).isNull();
        assertThat(run.status("a")).isEqualTo(TaskStatus.COMPLETED);
        assertThat(run.announced()).isEmpty();
        assertThat(taken(run)).containsExactly(Value.of(IntNode.valueOf(5)));
        assertThat(run.status("b")).isEqualTo(TaskStatus.WAITING);
    }

    @Test
    void shouldTakeTheSameAgainAndNoOther() {
        Simulation run = waiting(OnDeadline.FAIL, null, false).begin().request(give("1", 5));

        assertThat(run.request(give("1", 5)).refusal()).isNull();
        TaskError refusal = Objects.requireNonNull(run.request(give("2", 6)).refusal());

        assertThat(refusal.code()).isEqualTo("task_not_waiting");
        assertThat(run.status("a")).isEqualTo(TaskStatus.COMPLETED);
        assertThat(run.events())
                .filteredOn(RunEvent.AnswerTaken.class::isInstance)
                .hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldTakeWhatIsGoodForOnceOnceOnly(boolean carrying) {
        Simulation run = waiting(OnDeadline.FAIL, null, carrying).begin();

        assertThat(refusal(run.request(once("b", 1)))).isEqualTo("task_not_waiting");
        assertThat(refusal(run.request(once("a", 2)))).isEqualTo("task_not_waiting");
        assertThat(run.request(once("a", 1)).refusal()).isNull();
        assertThat(refusal(run.request(once("a", 1)))).isEqualTo("task_not_waiting");
        assertThat(run.request(give("1", 5)).refusal()).isNull();

        assertThat(run.status("a")).isEqualTo(TaskStatus.COMPLETED);
        assertThat(run.status("b")).isEqualTo(TaskStatus.WAITING);
        assertThat(taken(run)).containsExactly(Value.of(IntNode.valueOf(5)));
    }

    private static String refusal(Simulation run) {
        return Objects.requireNonNull(run.refusal()).code();
    }

    private static Request once(String id, int attempt) {
        return new Request.Give(TaskKey.root(id), new Given("1", Value.of(IntNode.valueOf(5)), null, null), attempt);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldKeepWhatCameEarly(boolean carrying) {
        Simulation run = waiting(OnDeadline.FAIL, null, carrying).script("b", held(OnDeadline.FAIL, null));
        run.begin().request(giveTo("b", "1"));
        assertThat(run.refusal()).isNull();
        assertThat(run.request(giveTo("b", "2")).refusal()).isNotNull();
        assertThat(run.status("b")).isEqualTo(TaskStatus.PENDING);

        run.request(give("1", 5));

        assertThat(run.status("b")).isEqualTo(TaskStatus.COMPLETED);
        assertThat(run.state().status()).isEqualTo(RunStatus.COMPLETED);
    }

    @Test
    void shouldRefuseWhoAnswersATaskThatAsksNothing() {
        PlanBuilder plan = PlanBuilder.chain("a");
        Simulation run = new Simulation(plan.build()).begin().request(give("1", 5));

        assertThat(Objects.requireNonNull(run.refusal()).code()).isEqualTo("task_not_waiting");
        assertThat(Objects.requireNonNull(run.request(giveTo("none", "1")).refusal())
                        .code())
                .isEqualTo("task_not_found");
    }

    @Test
    void shouldFailWhenNobodyAnswersInTime() {
        Simulation run = waiting(OnDeadline.FAIL, null, false).begin().advance(Duration.ofMillis(999));
        assertThat(run.status("a")).isEqualTo(TaskStatus.WAITING);

        run.advance(Duration.ofMillis(1));

        assertThat(Objects.requireNonNull(run.record("a").error()).code()).isEqualTo("deadline_expired");
        assertThat(run.announced()).isEmpty();
    }

    @Test
    void shouldCompleteWithTheDefaultWhenNobodyAnswersInTime() {
        Simulation run =
                waiting(OnDeadline.DEFAULT, IntNode.valueOf(7), true).begin().advance(Duration.ofSeconds(1));

        assertThat(run.status("a")).isEqualTo(TaskStatus.COMPLETED);
        assertThat(taken(run)).containsExactly(Value.of(IntNode.valueOf(7)));
        assertThat(Objects.requireNonNull(run.request(give("1", 5)).refusal()).code())
                .isEqualTo("task_not_waiting");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldAskTheNextWhenNobodyAnswersInTime(boolean carrying) {
        Simulation run = waiting(OnDeadline.ESCALATE, null, carrying).begin().advance(Duration.ofSeconds(1));
        Hold hold = Objects.requireNonNull(run.record("a").hold());
        assertThat(hold.escalated()).isTrue();
        assertThat(hold.askedQueue()).isEqualTo("next");
        assertThat(run.announced()).containsExactly(A);

        run.advance(Duration.ofSeconds(2));

        assertThat(Objects.requireNonNull(run.record("a").error()).code()).isEqualTo("deadline_expired");
    }

    @Test
    void shouldTakeBackWhatTheFirstWereAskedWhenTheNextAre() {
        Simulation run = waiting(OnDeadline.ESCALATE, null, false).begin();
        int before = run.events().size();
        run.advance(Duration.ofSeconds(1));

        List<RunCommand> commands = Commands.of(
                run.state(), run.events().subList(before, run.events().size()));

        assertThat(commands)
                .filteredOn(RunCommand.Withdraw.class::isInstance)
                .containsExactly(new RunCommand.Withdraw(A, 1, "first"));
        assertThat(commands)
                .filteredOn(RunCommand.Announce.class::isInstance)
                .singleElement()
                .satisfies(command ->
                        assertThat(((RunCommand.Announce) command).dueAt()).isEqualTo(Simulation.START + 3_000));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldAskAnewAfterAFailure(boolean carrying) {
        Simulation run = waiting(OnDeadline.FAIL, null, carrying).begin();
        run.request(fail("1"));
        assertThat(run.record("a").waitingFor()).isEqualTo(WaitingFor.RETRY);

        run.advance(Duration.ofSeconds(1));
        assertThat(run.record("a").attempts()).isEqualTo(2);
        assertThat(run.announced()).containsExactly(A);
        run.request(fail("1"));

        assertThat(run.refusal()).isNull();
        assertThat(Objects.requireNonNull(run.record("a").error()).message()).isEqualTo("Expected paper");
        assertThat(run.record("a").log()).hasSize(2);
    }

    /** An hour is an hour: nobody can answer for it, not before it begins either. */
    @Test
    void shouldRefuseAnAnswerForATimerThatHasNotBegun() {
        PlanBuilder plan = PlanBuilder.chain("before", "w");
        plan.task("w").mode(ExecutionMode.TIMED);
        Simulation run = new Simulation(plan.build())
                .script("w", Script.waits(Duration.ofHours(1)))
                .begin()
                .request(giveTo("w", "1"));

        assertThat(refusal(run)).isEqualTo("task_not_waiting");
        run.finish("before").advance(Duration.ofMinutes(59));
        assertThat(run.status("w")).isEqualTo(TaskStatus.WAITING);
        assertThat(refusal(run.request(giveTo("w", "2")))).isEqualTo("task_not_waiting");
        assertThat(run.advance(Duration.ofMinutes(1)).status("w")).isEqualTo(TaskStatus.COMPLETED);
    }

    /** A failure that came early is that of the one attempt that the task has. */
    @Test
    void shouldFailATaskWithoutRetriesByAFailureThatCameEarly() {
        PlanBuilder plan = PlanBuilder.chain("before", "a");
        plan.task("a").mode(ExecutionMode.PARKED);
        Simulation run = new Simulation(plan.build())
                .script("a", held(OnDeadline.FAIL, null))
                .begin()
                .request(fail("1"))
                .finish("before");

        assertThat(run.status("a")).isEqualTo(TaskStatus.FAILED);
        assertThat(run.record("a").attempts()).isEqualTo(1);
        assertThat(run.announced()).isEmpty();
        assertThat(run.state().status()).isEqualTo(RunStatus.FAILED);
    }

    /** Each attempt after a failure is announced and needs an answer of its own: a failure that is told twice is one. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldAskAnewAfterAFailureThatCameEarlyAndIsToldTwice(boolean carrying) {
        PlanBuilder plan = PlanBuilder.chain("before", "a");
        plan.task("a").mode(ExecutionMode.PARKED).retry(TWICE);
        Simulation run = new Simulation(plan.build()).script("a", held(OnDeadline.FAIL, null));
        run = (carrying ? run.carrying() : run).begin();
        run.request(fail("1")).finish("before");
        assertThat(run.record("a").waitingFor()).isEqualTo(WaitingFor.RETRY);
        assertThat(run.record("a").attempts()).isEqualTo(1);
        assertThat(run.request(fail("1")).refusal()).isNull();

        run.advance(Duration.ofSeconds(1));

        assertThat(run.status("a")).isEqualTo(TaskStatus.WAITING);
        assertThat(run.record("a").attempts()).isEqualTo(2);
        assertThat(run.announced()).containsExactly(A);
        assertThat(run.request(give("2", 5)).refusal()).isNull();
        assertThat(run.status("a")).isEqualTo(TaskStatus.COMPLETED);
    }

    /** Where nothing goes on, no answer would be taken any more. */
    @Test
    void shouldRefuseAnAnswerInAnItemThatComesToItsEnd() {
        PlanBuilder body = new PlanBuilder();
        body.task("a").mode(ExecutionMode.PARKED);
        body.task("bad");
        body.task("slow");
        PlanBuilder plan = new PlanBuilder().tasksPerActivity(1);
        plan.task("m").each(body, 1, true);
        Simulation run = new Simulation(plan.build())
                .script("m", Script.COMPLETES.prepared(new Script.Preparation.Unrolls(1)))
                .script("a", held(OnDeadline.FAIL, null))
                .script("bad", Script.fails())
                .begin()
                .finish("m[0].bad");

        Given given = new Given("1", Value.of(IntNode.valueOf(5)), null, null);
        run.request(new Request.Give(TaskKey.parse("m[0].a"), given));

        assertThat(refusal(run)).isEqualTo("task_not_waiting");
        assertThat(run.finish("m[0].slow").status("m[0].a")).isEqualTo(TaskStatus.CANCELLED);
    }

    /** Whoever knows their answer before their turn begins need not come again. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldKeepWhatCameBeforeItsTurnBegan(boolean carrying) {
        PlanBuilder body = new PlanBuilder();
        body.task("a").mode(ExecutionMode.PARKED);
        PlanBuilder plan = PlanBuilder.chain("before", "l");
        plan.task("l").loop(body, 3, false);
        Simulation run = new Simulation(plan.build())
                .script("l", Script.COMPLETES.late(Answer.YES, Answer.NO))
                .script("a", held(OnDeadline.FAIL, null));
        run = (carrying ? run.carrying() : run).begin();
        assertThat(run.request(giveTo("l[1].a", "1")).refusal()).isNull();
        assertThat(run.request(giveTo("l[1].a", "1")).refusal()).isNull();
        assertThat(refusal(run.request(giveTo("l[1].a", "2")))).isEqualTo("task_not_waiting");
        assertThat(refusal(run.request(giveTo("l[3].a", "1")))).isEqualTo("task_not_found");
        assertThat(refusal(run.request(giveTo("l[1].b", "1")))).isEqualTo("task_not_found");
        assertThat(refusal(run.request(giveTo("l[01].a", "1")))).isEqualTo("task_not_found");

        run.finish("before");
        assertThat(run.status("l[0].a")).isEqualTo(TaskStatus.WAITING);
        run.request(giveTo("l[0].a", "3"));

        assertThat(taken(run)).hasSize(2);
        assertThat(run.state().status()).isEqualTo(RunStatus.COMPLETED);
        assertThat(run.state().earlyAnswers()).isEmpty();
    }

    @Test
    void shouldKeepNotMoreThanSoManyAnswersForTurnsThatHaveNotBegun() {
        PlanBuilder body = new PlanBuilder();
        body.task("a").mode(ExecutionMode.PARKED);
        PlanBuilder plan = PlanBuilder.chain("before", "l");
        plan.task("l").loop(body, 1_000, false);
        Simulation run = new Simulation(plan.build()).begin();
        for (int i = 0; i < EarlyAnswers.MOST; i++) {
            assertThat(run.request(giveTo("l[" + i + "].a", "1")).refusal()).isNull();
        }

        assertThat(refusal(run.request(giveTo("l[500].a", "1")))).isEqualTo("task_not_waiting");
    }

    @Test
    void shouldTakeAnswersWhilePausedAndBeginNothing() {
        Simulation run = waiting(OnDeadline.FAIL, null, true).begin();
        run.request(new Request.Pause()).request(give("1", 5));
        assertThat(run.status("a")).isEqualTo(TaskStatus.COMPLETED);
        assertThat(run.status("b")).isEqualTo(TaskStatus.PENDING);

        run.request(new Request.Resume());

        assertThat(run.status("b")).isEqualTo(TaskStatus.WAITING);
    }

    @Test
    void shouldFailATaskOfWhichNobodyCanBeTold() {
        Simulation run = waiting(OnDeadline.FAIL, null, false).begin();

        run.wakeUp(List.of(unreachable(run, 1)));

        assertThat(Objects.requireNonNull(run.record("a").error()).code()).isEqualTo("egress_denied");
    }

    @Test
    void shouldNotCareWhetherAnEarlierAttemptCouldBeTold() {
        Simulation run = waiting(OnDeadline.FAIL, null, false).begin();
        run.request(fail("1")).advance(Duration.ofSeconds(1));

        run.wakeUp(List.of(unreachable(run, 1)));

        assertThat(run.status("a")).isEqualTo(TaskStatus.WAITING);
    }

    private static RunInput unreachable(Simulation run, int attempt) {
        TaskError error = TaskError.of(ErrorCode.EGRESS_DENIED, "Expected another host");
        return new RunInput.Announced(run.now(), A, attempt, error);
    }

    /** What was given to executors. */
    private static List<@Nullable Value> taken(Simulation run) {
        List<@Nullable Value> values = new java.util.ArrayList<>();
        for (RunEvent event : run.events()) {
            if (event instanceof RunEvent.AnswerTaken answer) {
                values.add(answer.given().value());
            }
        }
        return values;
    }

    /** {@code a} waits a second, and then two for who comes next; {@code b} follows. */
    private static Simulation waiting(
            OnDeadline onDeadline, com.fasterxml.jackson.databind.@Nullable JsonNode fallback, boolean carrying) {
        PlanBuilder plan = new PlanBuilder();
        plan.task("a").mode(ExecutionMode.PARKED).retry(TWICE);
        plan.task("b").after("a").mode(ExecutionMode.PARKED);
        Simulation run = new Simulation(plan.build())
                .script("a", held(onDeadline, fallback))
                .script("b", Script.COMPLETES.prepared(new Script.Preparation.Parks(WaitingFor.AGENT, null)));
        return carrying ? run.carrying() : run;
    }

    private static Script held(OnDeadline onDeadline, com.fasterxml.jackson.databind.@Nullable JsonNode fallback) {
        Hold hold = new Hold(
                Value.of(NullNode.instance),
                "first",
                null,
                onDeadline,
                fallback == null ? null : Value.of(fallback),
                Hold.QUEUE + "next",
                2_000L,
                false);
        return Script.COMPLETES.prepared(new Script.Preparation.Holds(WaitingFor.AGENT, 1_000L, hold));
    }

    private static Request give(String digest, int value) {
        return new Request.Give(A, new Given(digest, Value.of(IntNode.valueOf(value)), null, null));
    }

    private static Request giveTo(String id, String digest) {
        return new Request.Give(TaskKey.parse(id), new Given(digest, Value.of(NullNode.instance), null, null));
    }

    private static Request fail(String digest) {
        return new Request.Give(
                A, new Given(digest, null, TaskError.of(ErrorCode.EXECUTION_FAILED, "Expected paper"), null));
    }
}
