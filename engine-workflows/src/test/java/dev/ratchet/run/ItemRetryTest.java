package dev.ratchet.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ratchet.plan.Policies.ExecutionMode;
import dev.ratchet.plan.Policies.OnFailure;
import dev.ratchet.plan.Policies.Scheduling;
import dev.ratchet.plan.Policies.TriggerRule;
import dev.ratchet.testkit.Audit;
import dev.ratchet.testkit.PlanBuilder;
import dev.ratchet.testkit.Script;
import dev.ratchet.testkit.Simulation;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What an operator does with one failed item of a map that collects: try it again, or do without what failed in it. */
class ItemRetryTest {
    private static Script items(int count) {
        return Script.COMPLETES.prepared(new Script.Preparation.Unrolls(count));
    }

    private static Request retry(String key) {
        return new Request.Retry(TaskKey.parse(key));
    }

    private static Request skip(String key) {
        return new Request.Skip(TaskKey.parse(key));
    }

    /** {@code m} over three items of {@code a → x → b}, side by side by two; {@code busy} keeps the run alive. */
    private static PlanBuilder mapping() {
        PlanBuilder plan = new PlanBuilder().scheduling(Scheduling.DATAFLOW).tasksPerActivity(1);
        plan.task("m").each(PlanBuilder.chain("a", "x", "b"), 2, true);
        plan.task("busy");
        return plan;
    }

    /** Its first item has failed at the first attempt of {@code x}; the second one runs. */
    private static Simulation failed(PlanBuilder plan) {
        return new Simulation(plan.build())
                .script("m", items(3))
                .script("x", Script.failsFirst(1))
                .begin()
                .finish("m[0].a")
                .finish("m[0].x");
    }

    private static Simulation over(PlanBuilder plan) {
        Simulation run = failed(plan);
        for (String item : List.of("m[1]", "m[2]")) {
            run.finish(item + ".a").finish(item + ".x");
        }
        assertThat(run.status("m")).isEqualTo(TaskStatus.COMPLETED);
        return run;
    }

    private static String why(Simulation run) {
        TaskError refusal = Objects.requireNonNull(run.refusal());
        assertThat(refusal.code()).isEqualTo("task_not_waiting");
        return refusal.message();
    }

    @ParameterizedTest
    @EnumSource(OnFailure.class)
    void shouldTryAFailedItemAgainWhileItsMapRuns(OnFailure policy) {
        PlanBuilder plan = mapping().onFailure(policy);
        Simulation run = failed(plan);
        assertThat(run.record("m").progress()).isEqualTo(new TaskRecord.Progress(1, 1, 3));

        run.request(retry("m[0].x"));

        assertThat(run.refusal()).isNull();
        assertThat(run.record("m").progress()).isEqualTo(new TaskRecord.Progress(0, 0, 3));
        assertThat(run.status("m[0].a")).isEqualTo(TaskStatus.COMPLETED);
        assertThat(run.status("m[0].b")).isEqualTo(TaskStatus.PENDING);
        run.script("x", Script.COMPLETES).toEnd();
        assertThat(run.state().status()).isEqualTo(RunStatus.COMPLETED);
        assertThat(run.record("m[0].x").attempts()).isEqualTo(2);
        assertThat(run.record("m[0].a").attempts()).isEqualTo(1);
        assertThat(run.status("m[0].b")).isEqualTo(TaskStatus.COMPLETED);
        assertThat(run.record("m").progress()).isEqualTo(new TaskRecord.Progress(3, 0, 3));
        assertThat(run.view("m").repetition().parts()).noneMatch(part -> part.error() != null);
        assertThat(Audit.of(plan.build(), run.events())).isEmpty();
    }

    /** Side by side go as many as the map says: what is tried again waits for its turn. */
    @Test
    void shouldKeepTheWidthOfAMapWhenAnItemIsTriedAgain() {
        Simulation run = failed(mapping());
        assertThat(run.state().scopes()).containsExactly("", "m[1]", "m[2]");

        run.request(retry("m[0].x"));
        assertThat(run.state().life("m[0]")).isEqualTo(ScopeLife.WAITING);
        assertThat(run.status("m[0].x")).isEqualTo(TaskStatus.PENDING);

        run.script("x", Script.COMPLETES).finish("m[1].a").finish("m[1].x").finish("m[1].b");
        assertThat(run.state().life("m[0]")).isEqualTo(ScopeLife.OPEN);
        assertThat(run.status("m[0].x")).isEqualTo(TaskStatus.RUNNING);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldTryAFailedItemAgainAfterItsMapCompleted(boolean carrying) {
        PlanBuilder plan = mapping();
        plan.task("busy").mode(ExecutionMode.PARKED);
        Simulation run = new Simulation(plan.build());
        run = (carrying ? run.carrying() : run)
                .script("m", items(2))
                .script("busy", Script.waits(Duration.ofHours(1)))
                .script("x", Script.fails())
                .begin();
        for (String task : List.of("m[0].a", "m[0].x", "m[1].a", "m[1].x")) {
            run.finish(task);
        }
        assertThat(run.status("m")).isEqualTo(TaskStatus.COMPLETED);

        run.script("x", Script.COMPLETES).request(retry("m[0].x"));
        assertThat(run.refusal()).isNull();
        assertThat(run.status("m")).isEqualTo(TaskStatus.RUNNING);
        assertThat(run.state().scopes()).containsExactly("", "m[0]");
        run.finish("m[0].x").finish("m[0].b");

        assertThat(run.record("m").state()).isEqualTo(TaskStatus.COMPLETED);
        assertThat(run.record("m").progress()).isEqualTo(new TaskRecord.Progress(2, 1, 2));
        assertThat(run.request(retry("m[1].x")).refusal()).isNull();
        run.toEnd();
        assertThat(run.state().status()).isEqualTo(RunStatus.COMPLETED);
        assertThat(run.status("m")).isEqualTo(TaskStatus.COMPLETED);
        assertThat(run.timesCarried() > 0).isEqualTo(carrying);
        assertThat(Audit.of(plan.build(), run.events())).isEmpty();
    }

    @Test
    void shouldGiveWhatHasNotBegunAnotherVerdictWhenAMapIsOpenedAgain() {
        PlanBuilder body = new PlanBuilder();
        body.task("x").mode(ExecutionMode.INLINE);
        PlanBuilder plan = new PlanBuilder().scheduling(Scheduling.DATAFLOW).maxParallelism(1);
        plan.task("m").each(body, 1, true);
        plan.task("busy");
        plan.task("then").after("m");
        Simulation run = new Simulation(plan.build())
                .script("m", items(1))
                .script("x", Script.failsFirst(1))
                .begin();
        assertThat(run.status("m")).isEqualTo(TaskStatus.COMPLETED);
        assertThat(run.view("then").phase()).isEqualTo(Phase.QUEUED);

        assertThat(run.request(retry("m[0].x")).refusal()).isNull();

        assertThat(run.record("m").progress()).isEqualTo(new TaskRecord.Progress(1, 0, 1));
        run.toEnd();
        assertThat(run.status("then")).isEqualTo(TaskStatus.COMPLETED);
        assertThat(Audit.of(plan.build(), run.events())).isEmpty();
    }

    @Test
    void shouldRefuseAnItemWhoseMapOthersHaveBegunWith() {
        PlanBuilder plan = mapping();
        plan.task("then").after("m");
        Simulation run = over(plan);
        assertThat(run.status("then")).isEqualTo(TaskStatus.RUNNING);

        assertThat(why(run.request(retry("m[0].x")))).contains("then has begun");

        run.finish("then").finish("busy");
        assertThat(run.state().status()).isEqualTo(RunStatus.COMPLETED);
    }

    @Test
    void shouldDoWithoutWhatFailedInAnItem() {
        PlanBuilder plan = mapping();
        Simulation run = failed(plan);

        run.request(skip("m[0].x"));

        assertThat(run.refusal()).isNull();
        run.toEnd();
        assertThat(run.state().status()).isEqualTo(RunStatus.COMPLETED);
        assertThat(run.record("m[0].x").reason()).isEqualTo(SkipReason.REQUESTED);
        assertThat(run.record("m[0].b").reason()).isEqualTo(SkipReason.CONDITION);
        assertThat(Audit.of(plan.build(), run.events())).isEmpty();
    }

    /** What was cancelled because a neighbour failed is tried again with it. */
    @Test
    void shouldTryWhatWasCancelledInAnItemAgain() {
        PlanBuilder body = new PlanBuilder();
        body.task("bad");
        body.task("slow");
        body.task("late").after("slow");
        PlanBuilder plan = new PlanBuilder().scheduling(Scheduling.DATAFLOW).tasksPerActivity(1);
        plan.task("m").each(body, 2, true);
        plan.task("busy");
        Simulation run = new Simulation(plan.build())
                .script("m", items(1))
                .script("bad", Script.failsFirst(1))
                .script("slow", Script.COMPLETES.tries(new Script.Try.Stops(), new Script.Try.Completes(List.of())))
                .begin()
                .finish("m[0].bad");

        assertThat(why(run.request(retry("m[0].bad")))).contains("m[0] comes to its end");
        run.finish("m[0].slow");
        assertThat(run.status("m[0].slow")).isEqualTo(TaskStatus.CANCELLED);
        assertThat(run.request(retry("m[0].bad")).refusal()).isNull();
        assertThat(run.finish("m[0].bad").finish("m[0].slow").status("m[0].late"))
                .isEqualTo(TaskStatus.RUNNING);
        run.toEnd();

        assertThat(run.record("m").progress()).isEqualTo(new TaskRecord.Progress(1, 0, 1));
        assertThat(Audit.of(plan.build(), run.events())).isEmpty();
    }

    /** The failure counts: nobody can make a failed item complete by a request that changes nothing. */
    @Test
    void shouldRefuseAnItemThatFinishesAndKeepItsFailure() {
        PlanBuilder body = new PlanBuilder();
        body.task("bad");
        body.task("slow");
        PlanBuilder plan = new PlanBuilder().tasksPerActivity(1).onFailure(OnFailure.FINISH_RUNNING);
        plan.task("m").each(body, 2, false);
        Simulation run = new Simulation(plan.build())
                .script("m", items(1))
                .script("bad", Script.fails())
                .begin()
                .finish("m[0].bad");

        assertThat(why(run.request(retry("m[0].bad")))).contains("m[0] comes to its end");
        assertThat(why(run.request(skip("m[0].bad")))).contains("m[0] comes to its end");
        run.finish("m[0].slow");

        assertThat(run.state().status()).isEqualTo(RunStatus.FAILED);
        assertThat(run.status("m")).isEqualTo(TaskStatus.FAILED);
    }

    /** An attempt that nobody waits for would cost all the same. */
    @Test
    void shouldBeginNothingInATurnThatIsLookedAt() {
        PlanBuilder body = new PlanBuilder();
        body.task("x").allowFailure();
        PlanBuilder plan = new PlanBuilder();
        plan.task("l").loop(body, 3, false);
        Simulation run = new Simulation(plan.build())
                .script("l", Script.COMPLETES.late(Answer.NO))
                .script("x", Script.fails())
                .begin();
        RunInput failing = run.finishing("l[0].x");
        run.forget(run.view("l[0].x").dispatch());
        run.wakeUp(List.of(failing));
        assertThat(run.state().life("l[0]")).isEqualTo(ScopeLife.EVALUATED);

        run.wakeUp(List.of(new RunInput.Commanded(run.now(), new Command("early", "tests", null, retry("l[0].x")))));

        assertThat(Objects.requireNonNull(run.state().refusal("early")).message())
                .contains("looked at");
        run.toEnd();
        assertThat(run.record("l[0].x").attempts()).isEqualTo(1);
        assertThat(run.state().status()).isEqualTo(RunStatus.COMPLETED);
    }

    @Test
    void shouldSayWhereItEndsInsteadOfTryingATurnOrAnItemOfAFailedMapAgain() {
        PlanBuilder plan =
                new PlanBuilder().onFailure(OnFailure.SKIP_DEPENDENTS).scheduling(Scheduling.DATAFLOW);
        plan.task("l").loop(PlanBuilder.chain("x"), 3, false);
        plan.task("busy");
        Simulation run =
                new Simulation(plan.build()).script("x", Script.fails()).begin().finish("l[0].x");

        assertThat(run.status("l")).isEqualTo(TaskStatus.FAILED);
        assertThat(why(run.request(retry("l[0].x")))).contains("try l again");
        assertThat(run.request(retry("l")).refusal()).isNull();
    }

    /** What is kept for later is bounded; what is not says how it can be had. */
    @Test
    void shouldKeepFailedItemsThatAreInPagesAndNotMoreThanSoMany() {
        int many = FailedItems.MOST + 20;
        PlanBuilder plan = new PlanBuilder().scheduling(Scheduling.DATAFLOW).tasksPerActivity(64);
        plan.task("m").each(PlanBuilder.chain("x"), 500, true);
        plan.task("busy");
        Simulation run = new Simulation(plan.build())
                .script("m", items(many))
                .script("x", Script.fails())
                .begin();
        while (run.status("m") != TaskStatus.COMPLETED) {
            run.state().scopes().stream()
                    .filter(scope -> !scope.isEmpty())
                    .findFirst()
                    .ifPresent(scope -> run.finish(scope + ".x"));
        }
        run.seal(run.state().unsealed().size());

        long kept = Stream.iterate(0, i -> i + 1)
                .limit(many)
                .filter(i -> run.state().isKept("m[" + i + "]"))
                .count();
        assertThat(kept).isEqualTo(FailedItems.MOST);
        String gone = "m[" + (many - 1) + "].x";
        assertThat(why(run.request(retry(gone)))).contains("has ended; retry the run");
        run.script("x", Script.COMPLETES);
        assertThat(run.request(retry("m[0].x")).refusal()).isNull();
        run.finish("m[0].x");
        assertThat(run.record("m").progress()).isEqualTo(new TaskRecord.Progress(many, many - 1, many));
        run.seal(run.state().unsealed().size());
        assertThat(run.state().isKept("m[0]")).isFalse();
        run.finish("busy");
        assertThat(run.state().isEnded()).isTrue();
    }

    @Test
    void shouldOpenTasksAgainThatPagesHold() {
        Simulation run = failed(mapping());
        run.seal(run.state().unsealed().size());
        assertThat(run.state().records(0))
                .extracting(record -> record.key().toString())
                .doesNotContain("m[0].x");

        run.script("x", Script.COMPLETES).request(retry("m[0].x")).toEnd();

        assertThat(run.state().status()).isEqualTo(RunStatus.COMPLETED);
        assertThat(run.status("m[0].b")).isEqualTo(TaskStatus.COMPLETED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"m[00].x", "m[x].x", "m[99999999999].x", "m[].x", "m[-1].x", "[0].x", "m[0][1].x", "m[7].x"})
    void shouldNotFindATaskOfAnItemThatCannotBe(String key) {
        Simulation run = failed(mapping());

        assertThat(Objects.requireNonNull(run.request(retry(key)).refusal()).code())
                .isEqualTo("task_not_found");

        assertThat(run.state().closing()).isNull();
    }

    /** Who handles the failure inside an item has begun with it, and stays as it is. */
    @Test
    void shouldLeaveWhatCompletedBecauseOfTheFailureInAnItem() {
        PlanBuilder body = PlanBuilder.chain("x", "y");
        body.task("rescue").after("x").rule(TriggerRule.ANY_FAILED);
        PlanBuilder plan = new PlanBuilder()
                .scheduling(Scheduling.DATAFLOW)
                .tasksPerActivity(1)
                .onFailure(OnFailure.SKIP_DEPENDENTS);
        plan.task("m").each(body, 1, true);
        plan.task("busy");
        Simulation run = new Simulation(plan.build())
                .script("m", items(1))
                .script("x", Script.failsFirst(1))
                .begin()
                .finish("m[0].x");
        assertThat(why(run.request(retry("m[0].x")))).contains("m[0].rescue");
        run.finish("m[0].rescue").request(retry("m[0].x")).finish("m[0].x").finish("m[0].y");

        assertThat(run.record("m[0].rescue").attempts()).isEqualTo(1);
        assertThat(run.record("m").progress()).isEqualTo(new TaskRecord.Progress(1, 0, 1));
    }

    /** Whatever is asked at whatever moment: the run ends, all its tasks with it, and no internal error is met. */
    @Test
    void shouldCarryOutOrRefuseWhateverIsAskedOfTasksInBodies() {
        LongStream.range(0, 2_000).parallel().forEach(seed -> {
            PlanBuilder plan = drawn(new Random(seed));
            Simulation run = new Simulation(plan.build(), seed)
                    .script("m", items(3))
                    .script("n", items(2))
                    .script("l", Script.COMPLETES.late(Answer.YES, Answer.NO))
                    .script("x", Script.failsFirst((int) (seed % 3)))
                    .script("y", Script.fails())
                    .withFaults(3)
                    .meddledWith(20);
            run = seed % 2 == 0 ? run.carrying() : run;
            run.toEnd();

            assertThat(Audit.of(plan.build(), run.events())).as("seed " + seed).isEmpty();
            assertThat(run.state().record().error())
                    .as("seed " + seed)
                    .matches(error -> error == null || !error.code().equals("scheduler_error"));
            assertThat(run.state().records(0))
                    .as("seed " + seed)
                    .allMatch(record -> record.state().isSettled());
        });
    }

    private static PlanBuilder drawn(Random random) {
        PlanBuilder inner = PlanBuilder.chain("a", "x");
        inner.task("r").after("x").rule(TriggerRule.ANY_FAILED);
        PlanBuilder body = PlanBuilder.chain("x", "n", "y");
        body.task("n").each(inner, 2, random.nextBoolean());
        body.task("y").allowFailure();
        body.task("z").after("x").rule(TriggerRule.ALL_DONE);
        PlanBuilder plan = PlanBuilder.chain("s", "m", "e")
                .onFailure(OnFailure.values()[random.nextInt(OnFailure.values().length)])
                .scheduling(random.nextBoolean() ? Scheduling.BATCH : Scheduling.DATAFLOW)
                .maxParallelism(1 + random.nextInt(6));
        plan.task("m").each(body, 1 + random.nextInt(3), true);
        plan.task("l").loop(PlanBuilder.chain("x", "a"), 3, false).after("s").rule(TriggerRule.ALL_DONE);
        plan.task("q").after("m").rule(TriggerRule.ALL_DONE);
        plan.task("x");
        return plan;
    }
}
