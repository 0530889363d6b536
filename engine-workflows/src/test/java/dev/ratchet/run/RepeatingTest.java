package dev.ratchet.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ratchet.plan.Plan;
import dev.ratchet.plan.Policies.ExecutionMode;
import dev.ratchet.plan.Policies.OnFailure;
import dev.ratchet.plan.Policies.Scheduling;
import dev.ratchet.testkit.Audit;
import dev.ratchet.testkit.PlanBuilder;
import dev.ratchet.testkit.Script;
import dev.ratchet.testkit.Simulation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tasks that repeat others: turns and items begin, end, fail, stop, travel. */
class RepeatingTest {
    private static final Script GO_ON_TWICE = Script.COMPLETES.late(Answer.YES, Answer.YES, Answer.NO);

    /** {@code before → draft (write → review) → after}. */
    private static PlanBuilder drafting(int maxIterations, boolean goOn) {
        PlanBuilder plan = PlanBuilder.chain("before", "draft", "after");
        plan.task("draft").loop(PlanBuilder.chain("write", "review"), maxIterations, goOn);
        return plan;
    }

    private static PlanBuilder mapping(int parallelism, boolean collect) {
        PlanBuilder plan = PlanBuilder.chain("each", "after");
        plan.task("each").each(PlanBuilder.chain("one", "two"), parallelism, collect);
        return plan;
    }

    private static Script items(int count) {
        return Script.COMPLETES.prepared(new Script.Preparation.Unrolls(count));
    }

    private static List<String> kept(Simulation run) {
        return Audit.of(run.plan(), run.events());
    }

    @Test
    void shouldRepeatABodyAsLongAsTheConditionSays() {
        Simulation run = new Simulation(drafting(9, false).build())
                .script("draft", GO_ON_TWICE)
                .toEnd();

        assertThat(run.state().status()).isEqualTo(RunStatus.COMPLETED);
        assertThat(run.state().records(0))
                .extracting(record -> record.key().toString())
                .containsExactly(
                        "after",
                        "before",
                        "draft",
                        "draft[0].review",
                        "draft[0].write",
                        "draft[1].review",
                        "draft[1].write",
                        "draft[2].review",
                        "draft[2].write")
                .doesNotHaveDuplicates();
        assertThat(run.record("draft").progress()).isEqualTo(new TaskRecord.Progress(3, 0, 9));
        assertThat(kept(run)).isEmpty();
    }

    @Test
    void shouldShowALoopAsRunningAndHoldNoSlotForIt() {
        Simulation run = new Simulation(drafting(9, false).maxParallelism(1).build())
                .script("draft", GO_ON_TWICE)
                .begin()
                .finish("before");

        assertThat(run.status("draft")).isEqualTo(TaskStatus.RUNNING);
        assertThat(run.status("draft[0].write")).isEqualTo(TaskStatus.RUNNING);
        assertThat(run.status("draft[0].review")).isEqualTo(TaskStatus.PENDING);
        assertThat(run.finish("draft[0].write").status("draft[0].review")).isEqualTo(TaskStatus.RUNNING);
    }

    @Test
    void shouldFailALoopThatMayNotGoOnOrEndItAsToldTo() {
        Script always = Script.COMPLETES.late(Answer.YES, Answer.YES, Answer.YES, Answer.YES);
        Simulation strict = new Simulation(drafting(3, false).build())
                .script("draft", always)
                .toEnd();
        Simulation lenient = new Simulation(drafting(3, true).build())
                .script("draft", always)
                .toEnd();

        assertThat(strict.state().status()).isEqualTo(RunStatus.FAILED);
        assertThat(strict.record("draft").error().code()).isEqualTo("loop_exhausted");
        assertThat(strict.record("draft").progress().done()).isEqualTo(3);
        assertThat(lenient.state().status()).isEqualTo(RunStatus.COMPLETED);
        assertThat(lenient.status("after")).isEqualTo(TaskStatus.COMPLETED);
    }

    @ParameterizedTest
    @EnumSource(OnFailure.class)
    void shouldFailALoopWithTheFailureInItsBody(OnFailure policy) {
        Simulation run = new Simulation(drafting(3, false).onFailure(policy).build())
                .script("draft", GO_ON_TWICE)
                .script("write", Script.fails())
                .toEnd();

        assertThat(run.state().status()).isEqualTo(RunStatus.FAILED);
        assertThat(run.record("draft").error().details().path("task").asText()).isEqualTo("draft[0].write");
        assertThat(run.record("draft[0].review").state()).isEqualTo(TaskStatus.SKIPPED);
        assertThat(run.record("draft[0].review").reason()).isEqualTo(SkipReason.UPSTREAM_FAILURE);
        assertThat(run.state().record().errorTask()).isEqualTo(TaskKey.root("draft"));
        assertThat(kept(run)).isEmpty();
    }

    @Test
    void shouldKeepAWindowOfItemsOpenAndPackTheirTasksTogether() {
        Simulation run = new Simulation(mapping(4, false).tasksPerActivity(64).build())
                .script("each", items(10))
                .begin();

        assertThat(run.state().records(0))
                .extracting(record -> record.key().scope())
                .contains("each[3]")
                .doesNotContain("each[4]");
        assertThat(run.view("each[0].one").dispatch())
                .isEqualTo(run.view("each[3].one").dispatch());

        run.toEnd();
        assertThat(run.state().status()).isEqualTo(RunStatus.COMPLETED);
        assertThat(run.record("each").progress()).isEqualTo(new TaskRecord.Progress(10, 0, 10));
        assertThat(kept(run)).isEmpty();
    }

    /** Several items may be looked at in one piece of local work. */
    @Test
    void shouldLookAtWhatEachItemOfSeveralLeavesGave() {
        PlanBuilder body = new PlanBuilder();
        body.task("one").mode(ExecutionMode.INLINE);
        body.task("two").mode(ExecutionMode.INLINE);
        PlanBuilder plan = new PlanBuilder();
        plan.task("each").each(body, 5, false);
        Simulation run = new Simulation(plan.build()).script("each", items(5)).toEnd();

        assertThat(run.state().status()).isEqualTo(RunStatus.COMPLETED);
        assertThat(run.record("each").progress().done()).isEqualTo(5);
    }

    @Test
    void shouldCompleteAMapOverNothing() {
        Simulation run = new Simulation(mapping(4, false).build())
                .script("each", items(0))
                .toEnd();

        assertThat(run.state().status()).isEqualTo(RunStatus.COMPLETED);
        assertThat(run.status("each")).isEqualTo(TaskStatus.COMPLETED);
    }

    @Test
    void shouldCollectFailedItems() {
        Simulation run = new Simulation(mapping(2, true).build())
                .script("each", items(5))
                .script("two", Script.fails())
                .toEnd();

        assertThat(run.state().status()).isEqualTo(RunStatus.COMPLETED);
        assertThat(run.record("each").progress()).isEqualTo(new TaskRecord.Progress(5, 5, 5));
        assertThat(kept(run)).isEmpty();
    }

    @Test
    void shouldStopTheOtherItemsWhenOneFails() {
        Simulation run = new Simulation(mapping(3, false).tasksPerActivity(1).build())
                .script("each", items(9))
                .script("one", Script.COMPLETES)
                .script("two", Script.fails())
                .begin()
                .finish("each[1].one")
                .finish("each[1].two");

        assertThat(run.status("each")).isEqualTo(TaskStatus.RUNNING);
        assertThat(run.view("each").phase()).isEqualTo(Phase.REPEATING);

        run.toEnd();
        assertThat(run.state().status()).isEqualTo(RunStatus.FAILED);
        assertThat(run.record("each").error().code()).isEqualTo("execution_failed");
        assertThat(run.state().records(0))
                .noneMatch(record -> record.key().scope().equals("each[3]"));
        assertThat(run.state().records(0)).allMatch(record -> record.state().isSettled());
        assertThat(kept(run)).isEmpty();
    }

    @Test
    void shouldNestBodies() {
        PlanBuilder inner = new PlanBuilder();
        inner.task("inner").loop(PlanBuilder.chain("a"), 5, false);
        PlanBuilder plan = new PlanBuilder();
        plan.task("outer").each(inner, 2, false);
        Simulation run = new Simulation(plan.build())
                .script("outer", items(12))
                .script("inner", GO_ON_TWICE)
                .toEnd();

        assertThat(run.state().status()).isEqualTo(RunStatus.COMPLETED);
        assertThat(run.status("outer[11].inner[2].a")).isEqualTo(TaskStatus.COMPLETED);
        assertThat(kept(run)).isEmpty();
    }

    @Test
    void shouldBeginNoTurnWhilePaused() {
        Simulation run = new Simulation(drafting(9, false).build())
                .script("draft", GO_ON_TWICE)
                .begin()
                .finish("before")
                .finish("draft[0].write")
                .request(new Request.Pause())
                .finish("draft[0].review");

        assertThat(run.state().status()).isEqualTo(RunStatus.PAUSED);
        assertThat(run.state().task(TaskKey.parse("draft[1].write"))).isNull();
        assertThat(run.request(new Request.Resume()).status("draft[1].write")).isEqualTo(TaskStatus.RUNNING);
    }

    @Test
    void shouldGiveUpALoopWhoseTimeIsOver() {
        PlanBuilder plan = drafting(9, false);
        plan.task("draft").timeout(Duration.ofSeconds(5));
        Simulation run = new Simulation(plan.build())
                .script("draft", GO_ON_TWICE)
                .begin()
                .finish("before")
                .advance(Duration.ofSeconds(5));

        run.toEnd();
        assertThat(run.record("draft").error().code()).isEqualTo("timeout");
        assertThat(run.state().status()).isEqualTo(RunStatus.FAILED);
        assertThat(run.state().records(0)).allMatch(record -> record.state().isSettled());
    }

    @Test
    void shouldEndEveryTurnOfARunThatIsAborted() {
        Simulation run = new Simulation(mapping(3, false).build())
                .script("each", items(9))
                .begin()
                .abort()
                .toEnd();

        assertThat(run.state().status()).isEqualTo(RunStatus.ABORTED);
        assertThat(run.state().records(0)).allMatch(record -> record.state().isSettled());
        assertThat(kept(run)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5})
    void shouldGoOnAsANewExecutionInTheMiddleOfTurnsAndItems(int seed) {
        Plan plan = plan(new Random(seed));
        Simulation straight = scripted(new Simulation(plan, seed), seed).toEnd();
        Simulation carried =
                scripted(new Simulation(plan, seed), seed).carrying().toEnd();

        assertThat(carried.events()).isEqualTo(straight.events());
    }

    @Test
    void shouldKeepEveryPromiseInRandomRuns() {
        List<String> broken = new ArrayList<>();
        for (int seed = 0; seed < 600; seed++) {
            Random random = new Random(seed);
            Simulation run = scripted(new Simulation(plan(random), seed), seed).withFaults(random.nextInt(6));
            if (random.nextInt(4) == 0) {
                run.abortingAfter(2 + random.nextInt(20));
            }
            run.meddledWith(random.nextInt(3) == 0 ? 6 : 0).toEnd();
            broken.addAll(kept(run));
            boolean settled = run.state().records(0).stream()
                    .allMatch(record -> record.state().isSettled());
            assertThat(settled).as("all is settled with seed %s", seed).isTrue();
        }
        assertThat(broken).isEmpty();
    }

    private static Plan plan(Random random) {
        PlanBuilder inner = new PlanBuilder();
        inner.task("a").attempts(1 + random.nextInt(2));
        inner.task("b").after("a");
        inner.task("c").after("a");
        if (random.nextBoolean()) {
            inner.task("deep").after("b").loop(PlanBuilder.chain("x", "y"), 4, true);
        }
        PlanBuilder plan = PlanBuilder.chain("before", "draft", "after");
        plan.task("draft").loop(inner, 4, random.nextBoolean());
        plan.task("each").each(PlanBuilder.chain("one", "two"), 1 + random.nextInt(4), random.nextBoolean());
        return plan.onFailure(OnFailure.values()[random.nextInt(3)])
                .scheduling(Scheduling.values()[random.nextInt(2)])
                .maxParallelism(1 + random.nextInt(5))
                .tasksPerActivity(random.nextInt(5))
                .build();
    }

    private static Simulation scripted(Simulation run, int seed) {
        return run.script("draft", GO_ON_TWICE)
                .script("deep", Script.COMPLETES.late(Answer.YES))
                .script("each", items(seed % 8))
                .script("a", Script.failsFirst(seed % 2))
                .script("two", seed % 3 == 0 ? Script.fails() : Script.COMPLETES);
    }
}
