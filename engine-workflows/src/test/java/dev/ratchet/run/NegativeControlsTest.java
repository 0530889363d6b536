package dev.ratchet.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ratchet.money.Ledger;
import dev.ratchet.plan.Plan;
import dev.ratchet.plan.Policies.OnBudget;
import dev.ratchet.plan.Policies.OnFailure;
import dev.ratchet.plan.Policies.Scheduling;
import dev.ratchet.testkit.Audit;
import dev.ratchet.testkit.Simulation;
import dev.ratchet.verdict.EdgeStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** For each promise an engine that breaks it: the checks of {@link RandomRunsTest} must notice. */
class NegativeControlsTest {
    private static final int RUNS = 400;

    @Test
    void shouldNoticeAnEngineThatTakesFailedEdgesForUntaken() {
        noticed(mutant((view, input) -> Decider.decide(
                MutantView.run(
                        view,
                        "edges",
                        edges -> ((List<?>) edges)
                                .stream()
                                        .map(edge -> (EdgeReading) edge)
                                        .map(edge -> new EdgeReading(
                                                edge.edge(),
                                                edge.status() == EdgeStatus.FAILED ? EdgeStatus.UNTAKEN : edge.status(),
                                                edge.conditionError()))
                                        .toList()),
                input)));
    }

    @Test
    void shouldNoticeAnEngineThatForgetsConditionErrors() {
        noticed(mutant((view, input) ->
                Decider.decide(MutantView.tasks(view, "whenAnswer", when -> when == null ? null : Answer.YES), input)));
    }

    @Test
    void shouldNoticeAnEngineThatHandsOutMoreThanItsSlots() {
        noticed(
                mutant((view, input) -> Decider.decide(MutantView.run(view, "freeSlots", free -> 500), input)),
                "no more in flight");
    }

    @Test
    void shouldNoticeAnEngineThatDoesNotWaitForItsBatch() {
        noticed(
                mutant((view, input) -> Decider.decide(MutantView.lanes(view, "open", open -> 0), input)),
                "a batch begins when");
    }

    @Test
    void shouldNoticeAnEngineThatTakesEveryOutcomeForTheCurrentOne() {
        noticed(
                run -> RunChecks.againstOracle(
                        run, run.simulation(2).withFaults(6).foldedBy(folding(NegativeControlsTest::believing))),
                "a terminal state never changes");
    }

    /** Rewrites each outcome so that it fits the attempt that is out. */
    private static List<RunEvent> believing(RunView view, RunInput input) {
        if (!(input instanceof RunInput.Reported reported)) {
            return Decider.decide(view, input);
        }
        List<Outcome> believed = new ArrayList<>();
        for (Outcome each : reported.outcomes()) {
            TaskView task = view.task(each.key());
            believed.add(
                    task == null
                            ? each
                            : new Outcome(
                                    each.key(),
                                    task.attempt(),
                                    task.delivery(),
                                    each.startedAt(),
                                    each.endedAt(),
                                    each.result(),
                                    each.usage(),
                                    each.simulated()));
        }
        return Decider.decide(
                MutantView.tasks(view, "phase", phase -> Phase.RUNNING),
                new RunInput.Reported(reported.at(), believed));
    }

    @Test
    void shouldNoticeAnEngineThatSpendsWithoutLooking() {
        noticed(
                run -> {
                    RunCase poor = run.withBudget(20, OnBudget.FAIL);
                    return audited(
                            poor,
                            poor.simulation(1),
                            (view, input) -> Decider.decide(
                                    MutantView.run(view, "ledger", ledger -> Ledger.withLimit(null)), input));
                },
                "nothing is admitted above the limit");
    }

    @Test
    void shouldNoticeAnEngineThatPaysForNothingLost() {
        noticed(
                run -> RunChecks.paid(
                        run.withoutGroups(),
                        run.withoutGroups()
                                .simulation(1)
                                .withFaults(4)
                                .foldedBy(folding((view, input) -> Decider.decide(view, input).stream()
                                        .map(event -> event instanceof RunEvent.DeliveryLost lost
                                                ? new RunEvent.HandedBack(lost.at(), lost.key())
                                                : event)
                                        .toList()))),
                "charged");
    }

    @Test
    void shouldNoticeAnEngineThatForgetsWhatAnAttemptUsed() {
        noticed(
                run -> RunChecks.paid(
                        run.withoutGroups(),
                        run.withoutGroups()
                                .simulation(1)
                                .foldedBy(folding((view, input) -> Decider.decide(view, input).stream()
                                        .map(event -> event instanceof RunEvent.Completed e
                                                ? new RunEvent.Completed(
                                                        e.at(),
                                                        e.key(),
                                                        e.startedAt(),
                                                        e.endedAt(),
                                                        e.result(),
                                                        null,
                                                        e.simulated())
                                                : event)
                                        .toList()))),
                "charged");
    }

    @Test
    void shouldNoticeAnEngineThatStartsTasksAfterAnAbort() {
        noticed(
                run -> audited(
                        run,
                        run.simulation(1).abortingAfter(3),
                        (view, input) -> input instanceof RunInput.Proceed
                                ? Decider.decide(neverClosing(view), input)
                                : Decider.decide(view, input)),
                "nothing starts once the run closes");
    }

    @Test
    void shouldNoticeAnEngineThatLetsAFailureOverrideAnAbort() {
        noticed(
                run -> {
                    Simulation simulation = run.simulation(1)
                            .abortingAfter(3)
                            .foldedBy(folding((view, input) -> Decider.decide(view, input).stream()
                                    .map(event -> event instanceof RunEvent.Ended ended
                                            ? new RunEvent.Ended(ended.at(), RunStatus.FAILED, null, null)
                                            : event)
                                    .toList()));
                    return RunChecks.audit(run.plan(), simulation.toEnd());
                },
                "an abort ends in aborted");
    }

    @Test
    void shouldNoticeAnEngineThatGoesOnAfterItsEnd() {
        noticed(
                run -> {
                    Simulation simulation = run.simulation(1)
                            .foldedBy(folding((view, input) -> input instanceof RunInput.Commanded
                                    ? Decider.decide(MutantView.run(view, "isEnded", end -> false), input)
                                    : Decider.decide(view, input)));
                    simulation.toEnd().abort();
                    return RunChecks.audit(run.plan(), simulation);
                },
                "nothing happens after the end");
    }

    @Test
    void shouldNoticeAnEngineThatIsEarly() {
        noticed(
                run -> audited(
                        run,
                        run.simulation(1),
                        (view, input) -> input instanceof RunInput.Answered
                                ? Decider.decide(view, input).stream()
                                        .map(event -> event instanceof RunEvent.AttemptFailed e
                                                ? new RunEvent.AttemptFailed(
                                                        e.at(),
                                                        e.key(),
                                                        e.startedAt(),
                                                        e.endedAt(),
                                                        e.error(),
                                                        e.usage(),
                                                        e.at())
                                                : event)
                                        .toList()
                                : Decider.decide(view, input)),
                "a retry waits for its delay");
    }

    @Test
    void shouldNoticeAnEngineThatStopsRetryingTooLate() {
        noticed(
                run -> audited(
                        run,
                        run.simulation(1),
                        (view, input) -> Decider.decide(view, input).stream()
                                .map(NegativeControlsTest::oneMoreTry)
                                .toList()),
                "no more attempts than allowed");
    }

    private static RunEvent oneMoreTry(RunEvent event) {
        return event instanceof RunEvent.Failed e && e.startedAt() != null && e.endedAt() != null
                ? new RunEvent.AttemptFailed(
                        e.at(), e.key(), e.startedAt(), e.endedAt(), e.error(), e.usage(), e.at() + 1_000)
                : event;
    }

    @Test
    void shouldNoticeAnEngineThatSettlesTwice() {
        noticed(
                run -> {
                    Plan plan = run.plan();
                    List<RunEvent> doubled = new ArrayList<>();
                    for (RunEvent event : run.simulation(plan, 1).toEnd().events()) {
                        doubled.add(event);
                        if (event instanceof RunEvent.Completed) {
                            doubled.add(event);
                        }
                    }
                    return String.join("\n", Audit.of(plan, doubled));
                },
                "a terminal state never changes");
    }

    @Test
    void shouldNoticeAnEngineThatStartsBeforeItsUpstream() {
        noticed(
                run -> {
                    Plan plan = run.plan();
                    List<RunEvent> backwards =
                            new ArrayList<>(run.simulation(plan, 1).toEnd().events());
                    backwards.removeIf(event -> event instanceof RunEvent.Completed e
                            && plan.root().targets(plan.root().indexOf(e.key().id())).length > 0);
                    return String.join("\n", Audit.of(plan, backwards));
                },
                "upstream is settled");
    }

    @Test
    void shouldNoticeAnEngineThatForgetsWhatItCarries() {
        noticed(
                run -> {
                    Plan plan = run.plan();
                    Simulation straight = run.simulation(plan, 7).toEnd();
                    Simulation carried = run.simulation(plan, 7)
                            .carrying(whole -> new CarriedRun(
                                    whole.tasks(),
                                    whole.scopes(),
                                    whole.instances(),
                                    whole.paused(),
                                    whole.version(),
                                    whole.nextDispatch(),
                                    whole.batches(),
                                    whole.inlineBytes(),
                                    Ledger.withLimit(null),
                                    whole.usage(),
                                    whole.costly(),
                                    whole.startedAt(),
                                    whole.updatedAt(),
                                    null,
                                    List.of(),
                                    whole.commands(),
                                    whole.revisions(),
                                    whole.audit()))
                            .toEnd();
                    return straight.events().equals(carried.events()) ? null : "events differ";
                },
                "events differ");
    }

    @Test
    void shouldNoticeAnEngineThatIgnoresFailFast() {
        noticed(run -> {
            RunCase strict = run.with(OnFailure.FAIL_FAST);
            return RunChecks.stopsAtFailure(
                    strict,
                    strict.simulation(1)
                            .foldedBy(folding((view, input) -> Decider.decide(
                                    input instanceof RunInput.Proceed
                                            ? MutantView.run(view, "firstFailure", failure -> null)
                                            : view,
                                    input))));
        });
    }

    @Test
    void shouldNoticeVerdictsThatDependOnWhoCameFirst() {
        noticed(run -> {
            RunCase flowing = run.with(Scheduling.DATAFLOW);
            return RunChecks.same(
                    RunChecks.results(flowing.simulation(3)
                            .foldedBy(NegativeControlsTest::hasty)
                            .toEnd()),
                    RunChecks.results(flowing.simulation(4)
                            .foldedBy(NegativeControlsTest::hasty)
                            .toEnd()));
        });
    }

    /** Takes edges for untaken while the number of attempts in flight is odd. */
    private static RunFold hasty(RunState state) {
        return folding((view, input) -> Decider.decide(
                        MutantView.run(
                                view,
                                "edges",
                                edges -> ((List<?>) edges)
                                        .stream()
                                                .map(edge -> (EdgeReading) edge)
                                                .map(edge -> new EdgeReading(
                                                        edge.edge(),
                                                        state.inFlight() % 2 == 1 ? EdgeStatus.UNTAKEN : edge.status(),
                                                        null))
                                                .toList()),
                        input))
                .apply(state);
    }

    private static RunView neverClosing(RunView view) {
        LaneView root = ((RunState) view).scope(TaskKey.ROOT).main;
        RunView open = MutantView.run(view, "closing", closing -> null);
        return view.isFolding() ? open : MutantView.lanes(open, lanes -> List.of(root));
    }

    /** Folds with another decider. One that never comes to rest is stopped. */
    private static Function<RunState, RunFold> folding(BiFunction<RunView, RunInput, List<RunEvent>> decider) {
        return state -> {
            int[] decisions = new int[1];
            return new RunFold(state, (view, input) -> {
                decisions[0]++;
                assertThat(decisions[0]).as("decisions of a run").isLessThan(20_000);
                return decider.apply(view, input);
            });
        };
    }

    private static Function<RunCase, @Nullable String> mutant(BiFunction<RunView, RunInput, List<RunEvent>> decider) {
        return run -> RunChecks.againstOracle(
                run.withoutGroups(), run.withoutGroups().simulation(1).foldedBy(folding(decider)));
    }

    private static @Nullable String audited(
            RunCase run, Simulation simulation, BiFunction<RunView, RunInput, List<RunEvent>> decider) {
        simulation.foldedBy(folding(decider)).toEnd();
        return RunChecks.audit(run.plan(), simulation);
    }

    /** Some run comes to another end than it should. */
    private static void noticed(Function<RunCase, @Nullable String> check) {
        noticed(check, "expected ");
    }

    /** Some run fails the check, and says so in these words. */
    private static void noticed(Function<RunCase, @Nullable String> check, String words) {
        Function<RunCase, @Nullable String> safely = RunChecks.safely(check);
        boolean noticed = LongStream.range(0, RUNS)
                .mapToObj(seed -> safely.apply(RunCases.of(seed)))
                .anyMatch(wrong -> wrong != null && wrong.contains(words));
        assertThat(noticed).as("whether any run was found to break a promise").isTrue();
    }
}
