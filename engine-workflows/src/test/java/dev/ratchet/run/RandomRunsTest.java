package dev.ratchet.run;

import static org.assertj.core.api.Assertions.fail;

import dev.ratchet.plan.Plan;
import dev.ratchet.plan.Policies.OnBudget;
import dev.ratchet.plan.Policies.OnFailure;
import dev.ratchet.plan.Policies.Scheduling;
import dev.ratchet.testkit.Simulation;
import java.util.List;
import java.util.function.Function;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The promises of a run, on thousands of drawn graphs. A failure names its seed, and shows the smallest run that fails. */
class RandomRunsTest {
    private static final int RUNS = 10_000;

    @Test
    void shouldDecideWhatTheOracleDecides() {
        holdsForAll(run -> RunChecks.againstOracle(run, run.simulation(1)));
    }

    @Test
    void shouldDecideTheSameWhenWorkersAreLostGiveBackOrReportTwice() {
        holdsForAll(run -> RunChecks.againstOracle(run, run.simulation(2).withFaults(4)));
    }

    @Test
    void shouldNotShowInWhichOrderThingsCameBack() {
        holdsForAll(run -> RunChecks.same(
                RunChecks.results(run.simulation(3).toEnd()),
                RunChecks.results(run.simulation(4).toEnd())));
    }

    @Test
    void shouldGiveGroupsTheVerdictsAndResultsOfTheirTasksOneByOne() {
        holdsForMany(run -> RunChecks.same(
                RunChecks.results(run.simulation(5).toEnd()),
                RunChecks.results(run.withoutGroups().simulation(6).toEnd())));
    }

    @Test
    void shouldGoOnAsIfNothingHappenedWhenContinuedAsANewExecution() {
        holdsForMany(run -> {
            Plan plan = run.plan();
            Simulation straight = run.simulation(plan, 7).toEnd();
            Simulation carried = run.simulation(plan, 7).carrying().toEnd();
            return straight.events().equals(carried.events())
                            && straight.state().record().equals(carried.state().record())
                    ? null
                    : "carried " + carried.timesCarried() + " times, events differ";
        });
    }

    @Test
    void shouldEndAbortedAndStartNothingAfterAnAbortAtAnyMoment() {
        holdsForMany(run -> RunChecks.aborted(run, 8));
    }

    @Test
    void shouldStopAtAFailureAsThePolicySays() {
        for (OnFailure policy : List.of(OnFailure.FAIL_FAST, OnFailure.FINISH_RUNNING)) {
            holdsForMany(run -> RunChecks.stopsAtFailure(
                    run.with(policy), run.with(policy).simulation(9).withFaults(3)));
        }
    }

    @Test
    void shouldNeverSpendMoreThanWasAdmitted() {
        holdsForMany(run ->
                RunChecks.audit(run.plan(), run.simulation(11).withFaults(3).toEnd()));
        holdsForMany(run -> {
            RunCase poor = run.withBudget(40, OnBudget.FAIL);
            return RunChecks.audit(
                    poor.plan(), poor.simulation(12).withFaults(3).toEnd());
        });
    }

    @Test
    void shouldBeTheFoldOfItsEventsAndNothingElse() {
        holdsForMany(run -> {
            Plan plan = run.plan();
            Simulation simulation = run.simulation(plan, 17).withFaults(3).toEnd();
            RunState replayed = new RunState(plan);
            simulation.events().forEach(replayed::apply);
            return replayed.record().equals(simulation.state().record())
                            && replayed.records(0).equals(simulation.state().records(0))
                    ? null
                    : "replayed to " + replayed.records(0);
        });
    }

    @Test
    void shouldDecideTheSameOfInputsThatTravelledAsJson() {
        holdsFor(RUNS / 20, run -> {
            Plan plan = run.plan();
            Simulation straight = run.simulation(plan, 16).withFaults(3).toEnd();
            Simulation travelled =
                    run.simulation(plan, 16).withFaults(3).travelling().toEnd();
            return straight.events().equals(travelled.events()) ? null : "events differ";
        });
    }

    @Test
    void shouldRecordWhatProvidersChargedToTheCent() {
        holdsForMany(run -> RunChecks.paid(
                run.withoutGroups(), run.withoutGroups().simulation(15).withFaults(4)));
    }

    @Test
    void shouldRefuseTheSameTasksOfABatchHoweverItComesBack() {
        holdsForMany(run -> {
            RunCase poor = once(run).with(Scheduling.BATCH).withBudget(40, OnBudget.FAIL);
            return RunChecks.same(
                    RunChecks.results(poor.simulation(13).toEnd()),
                    RunChecks.results(poor.simulation(14).toEnd()));
        });
    }

    /** Without retries: those wait for money that other attempts return. */
    private static RunCase once(RunCase run) {
        return run.withTasks(run.tasks().stream()
                .map(task -> task.failures() > 0 ? task.withoutFailing() : task)
                .toList());
    }

    private static void holdsForAll(Function<RunCase, @Nullable String> check) {
        holdsFor(RUNS, check);
    }

    private static void holdsForMany(Function<RunCase, @Nullable String> check) {
        holdsFor(RUNS / 4, check);
    }

    private static void holdsFor(int runs, Function<RunCase, @Nullable String> check) {
        Function<RunCase, @Nullable String> safely = RunChecks.safely(check);
        LongStream.range(0, runs).parallel().forEach(seed -> {
            RunCase run = RunCases.of(seed);
            if (safely.apply(run) != null) {
                RunCase smallest = RunCases.shrink(run, safely);
                fail("Expected the promise to hold, but it does not for seed " + seed + "; smallest: " + smallest + "\n"
                        + safely.apply(smallest));
            }
        });
    }
}
