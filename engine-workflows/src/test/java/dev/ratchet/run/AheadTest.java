package dev.ratchet.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.IntNode;
import dev.ratchet.plan.Policies.ExecutionMode;
import dev.ratchet.testkit.PlanBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** What a run says it will want next, and what it takes of it. */
class AheadTest {
    private static final long NOW = 1_000;

    @Test
    void shouldNameTheInlineTasksThatComeOneAfterTheOther() {
        assertThat(ahead(plan -> {})).containsExactly("b", "c", "d");
    }

    @Test
    void shouldNameNothingBehindATaskThatIsDispatched() {
        PlanBuilder plan = new PlanBuilder();
        plan.task("a").mode(ExecutionMode.INLINE);
        plan.task("b").mode(ExecutionMode.INLINE).after("a");
        plan.task("c").after("b");
        plan.task("d").mode(ExecutionMode.INLINE).after("c");

        assertThat(ahead(plan)).containsExactly("b");
    }

    @Test
    void shouldNameNothingWhereAConditionDecidesOrOthersDependToo() {
        assertThat(ahead(plan -> plan.task("x").mode(ExecutionMode.INLINE).after("c")))
                .containsExactly("b", "c");
        assertThat(ahead(plan -> plan.task("x").mode(ExecutionMode.INLINE).after("a")))
                .isEmpty();

        PlanBuilder conditional = new PlanBuilder();
        conditional.task("a").mode(ExecutionMode.INLINE);
        conditional.task("b").mode(ExecutionMode.INLINE).after("a").conditional("a");
        assertThat(ahead(conditional)).isEmpty();
    }

    @Test
    void shouldNameNothingWhileSomethingElseGoesOn() {
        assertThat(ahead(plan -> plan.task("x"))).isEmpty();
        assertThat(ahead(plan -> plan.task("x").mode(ExecutionMode.INLINE))).isEmpty();
    }

    @Test
    void shouldMakeTheSameEventsOfWhatWasDoneAheadAsOneByOne() {
        RunFold oneByOne = begun(chain());
        List<RunEvent> expected = new ArrayList<>();
        for (String id : List.of("a", "b", "c", "d")) {
            expected.addAll(oneByOne.feed(new RunInput.Answered(NOW, List.of(done(id)))));
            expected.addAll(oneByOne.proceed(NOW));
        }

        RunFold together = begun(chain());
        List<RunEvent> events = new ArrayList<>(together.feed(
                new RunInput.Answered(NOW, List.of(done("a")), List.of(done("b"), done("c"), done("d")))));
        events.addAll(together.proceed(NOW));

        assertThat(events).isEqualTo(expected);
        assertThat(together.state().isEnded()).isTrue();
    }

    @Test
    void shouldAskOnlyForWhatWasNotDoneAhead() {
        RunFold run = begun(chain());
        List<RunEvent> events =
                new ArrayList<>(run.feed(new RunInput.Answered(NOW, List.of(done("a")), List.of(done("b")))));
        events.addAll(run.proceed(NOW));

        assertThat(Commands.of(run.state(), events)).singleElement().satisfies(command -> {
            RunCommand.Inline inline = (RunCommand.Inline) command;
            assertThat(inline.jobs()).extracting(InlineJob::key).containsExactly(TaskKey.root("c"));
            assertThat(inline.ahead()).extracting(InlineJob::key).containsExactly(TaskKey.root("d"));
        });
    }

    @Test
    void shouldTakeNothingAheadWhilePaused() {
        RunFold run = begun(chain());
        run.feed(new RunInput.Commanded(NOW, new Command("1", "me", null, new Request.Pause())));

        run.feed(new RunInput.Answered(NOW, List.of(done("a")), List.of(done("b"))));

        assertThat(run.state().task(TaskKey.root("a")).phase()).isEqualTo(Phase.COMPLETED);
        assertThat(run.state().task(TaskKey.root("b")).phase()).isEqualTo(Phase.PENDING);
    }

    @Test
    void shouldTakeNothingAheadOfAFailure() {
        RunFold run = begun(chain());
        TaskError error = new TaskError("execution_failed", "Expected a value, but got none", null);
        InlineAnswer.Executed failed = executed("a", new Outcome.Failed(error, false, null));

        run.feed(new RunInput.Answered(NOW, List.of(failed), List.of(done("b"))));
        run.proceed(NOW);

        assertThat(run.state().status()).isEqualTo(RunStatus.FAILED);
        assertThat(run.state().task(TaskKey.root("b")).phase()).isEqualTo(Phase.SKIPPED);
    }

    /** What was done was the task as it stood before. */
    @Test
    void shouldTakeNothingAheadOfATaskThatAPatchHasChangedSince() {
        RunFold run = begun(chain());
        PlanBuilder other = chain();
        other.task("c").allowFailure();
        Change change = new Change("hash", Value.of(IntNode.valueOf(1)), Value.of(IntNode.valueOf(1)), null, 0);
        run.feed(
                new RunInput.Commanded(NOW, new Command("1", "me", null, new Request.Patch(1, other.build(), change))));
        assertThat(run.state().revision()).isEqualTo(2);

        run.feed(new RunInput.Answered(NOW, List.of(done("a")), List.of(done("b"), done("c"), done("d"))));
        run.proceed(NOW);

        assertThat(run.state().task(TaskKey.root("b")).phase()).isEqualTo(Phase.COMPLETED);
        assertThat(run.state().task(TaskKey.root("c")).phase()).isEqualTo(Phase.EXECUTING);
    }

    private static List<String> ahead(Consumer<PlanBuilder> more) {
        PlanBuilder plan = chain();
        more.accept(plan);
        return ahead(plan);
    }

    private static List<String> ahead(PlanBuilder plan) {
        RunFold run = new RunFold(new RunState(plan.build()));
        List<RunEvent> events = begin(run);
        return Commands.of(run.state(), events).stream()
                .filter(RunCommand.Inline.class::isInstance)
                .flatMap(command -> ((RunCommand.Inline) command).ahead().stream())
                .map(job -> job.key().id())
                .toList();
    }

    private static RunFold begun(PlanBuilder plan) {
        RunFold run = new RunFold(new RunState(plan.build()));
        begin(run);
        return run;
    }

    private static List<RunEvent> begin(RunFold run) {
        List<RunEvent> events = new ArrayList<>(run.feed(new RunInput.Begin(NOW)));
        events.addAll(run.proceed(NOW));
        return events;
    }

    private static PlanBuilder chain() {
        PlanBuilder plan = new PlanBuilder();
        plan.task("a").mode(ExecutionMode.INLINE);
        plan.task("b").mode(ExecutionMode.INLINE).after("a");
        plan.task("c").mode(ExecutionMode.INLINE).after("b");
        plan.task("d").mode(ExecutionMode.INLINE).after("c");
        return plan;
    }

    private static InlineAnswer.Executed done(String id) {
        return executed(id, new Outcome.Completed(Value.of(IntNode.valueOf(1)), List.of(), List.of()));
    }

    private static InlineAnswer.Executed executed(String id, Outcome.Result result) {
        return new InlineAnswer.Executed(new Outcome(TaskKey.root(id), 1, 1, NOW, NOW, result, null, false));
    }
}
