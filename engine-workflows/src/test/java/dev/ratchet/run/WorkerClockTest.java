package dev.ratchet.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.NullNode;
import dev.ratchet.document.ErrorCode;
import dev.ratchet.testkit.PlanBuilder;
import dev.ratchet.testkit.Simulation;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** No time in a run goes backwards, however wrong the clocks of its workers are. */
class WorkerClockTest {
    private static final long HOURS = Duration.ofHours(3).toMillis();
    private static final Outcome.Result DONE = new Outcome.Completed(Value.of(NullNode.instance), List.of(), List.of());
    private static final Outcome.Result FAILS =
            new Outcome.Failed(TaskError.of(ErrorCode.EXECUTION_FAILED, "no"), true, null);

    @Test
    void shouldBoundAClockThatIsAhead() {
        Simulation run = new Simulation(PlanBuilder.chain("a").build()).begin();
        report(run, 500, outcome("a", 1, Simulation.START + HOURS, Simulation.START + HOURS + 200, DONE));

        assertThat(run.record("a").startedAt()).isEqualTo(Simulation.START + 300);
        assertThat(run.record("a").endedAt()).isEqualTo(Simulation.START + 500);
        assertThat(run.state().record().endedAt()).isEqualTo(Simulation.START + 500);
    }

    @Test
    void shouldBoundAClockThatIsBehind() {
        Simulation run = new Simulation(PlanBuilder.chain("a").build()).begin();
        report(run, 500, outcome("a", 1, Simulation.START - HOURS, Simulation.START - HOURS + 200, DONE));

        assertThat(run.record("a").startedAt()).isEqualTo(Simulation.START + 300);
        assertThat(run.record("a").endedAt()).isEqualTo(Simulation.START + 500);
    }

    @Test
    void shouldNotBeginBeforeTheHandOverHoweverLongAWorkerSaysItTook() {
        Simulation run = new Simulation(PlanBuilder.chain("a").build()).begin();
        report(run, 500, outcome("a", 1, Simulation.START - HOURS, Simulation.START + HOURS, DONE));

        assertThat(run.record("a").startedAt()).isEqualTo(Simulation.START);
        assertThat(run.record("a").endedAt()).isEqualTo(Simulation.START + 500);
    }

    @Test
    void shouldKeepTheTimesOfAWorkerWhoseClockIsRight() {
        Simulation run = new Simulation(PlanBuilder.chain("a").build()).begin();
        report(run, 500, outcome("a", 1, Simulation.START + 40, Simulation.START + 60, DONE));

        assertThat(run.record("a").startedAt()).isEqualTo(Simulation.START + 40);
        assertThat(run.record("a").endedAt()).isEqualTo(Simulation.START + 60);
    }

    @Test
    void shouldBoundEachAttempt() {
        PlanBuilder plan = new PlanBuilder();
        plan.task("a").attempts(2);
        Simulation run = new Simulation(plan.build()).begin();
        report(run, 500, outcome("a", 1, Simulation.START + HOURS, Simulation.START + HOURS + 200, FAILS));
        run.advance(Duration.ofMillis(1_500));
        long handed = run.view("a").handedAt();
        report(run, 2_000, outcome("a", 2, 1, 2, DONE));

        assertThat(run.record("a").log()).hasSize(2).allSatisfy(attempt -> {
            assertThat(attempt.startedAt()).isBetween(Simulation.START, Simulation.START + 2_000);
            assertThat(attempt.endedAt()).isBetween(Simulation.START, Simulation.START + 2_000);
        });
        assertThat(run.record("a").log().getLast().startedAt()).isGreaterThanOrEqualTo(handed);
    }

    @Test
    void shouldBoundWhatAWorkerFoldedOfAGroup() {
        for (long off : List.of(HOURS, -HOURS, 0L)) {
            PlanBuilder plan = PlanBuilder.chain("a", "b");
            plan.task("a").group("g");
            plan.task("b").group("g");
            Simulation run = new Simulation(plan.build()).begin().advance(Duration.ofSeconds(1));
            long there = Simulation.START + off;
            run.wakeUp(List.of(new RunInput.Returned(
                    Simulation.START + 1_000,
                    1,
                    List.of(),
                    List.of(),
                    List.of(
                            new RunInput.Reported(
                                    there + 400, List.of(outcome("a", 1, there + 100, there + 390, DONE))),
                            new RunInput.Reported(
                                    there + 900, List.of(outcome("b", 1, there + 410, there + 890, DONE)))))));

            assertThat(run.record("a").startedAt()).as("clock off by " + off).isEqualTo(Simulation.START + 200);
            assertThat(run.record("a").endedAt()).isEqualTo(Simulation.START + 490);
            assertThat(run.record("b").startedAt()).isEqualTo(Simulation.START + 510);
            assertThat(run.record("b").endedAt()).isEqualTo(Simulation.START + 990);
            assertThat(run.state().record().endedAt()).isEqualTo(Simulation.START + 1_000);
        }
    }

    private static void report(Simulation run, long after, Outcome outcome) {
        run.advance(Duration.ofMillis(Simulation.START + after - run.now()));
        run.wakeUp(List.of(
                new RunInput.Returned(run.now(), run.view("a").dispatch(), List.of(outcome), List.of(), List.of())));
    }

    private static Outcome outcome(String id, int attempt, long startedAt, long endedAt, Outcome.Result result) {
        return new Outcome(TaskKey.root(id), attempt, 1, startedAt, endedAt, result, null, false);
    }
}
