package dev.ratchet.run;

import static dev.ratchet.run.TaskStatus.CANCELLED;
import static dev.ratchet.run.TaskStatus.RUNNING;
import static dev.ratchet.run.TaskStatus.WAITING;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ratchet.plan.Policies.ExecutionMode;
import dev.ratchet.testkit.PlanBuilder;
import dev.ratchet.testkit.Simulation;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Deliveries that fail at once back off; what says nothing for long has waited already. */
class RedeliveryTest {
    @Test
    void shouldBackOffBetweenDeliveriesThatFailAtOnce() {
        Simulation run = new Simulation(PlanBuilder.chain("a").build()).begin();
        for (int pause : List.of(1, 2, 4, 8)) {
            run.failDelivery("a");
            assertThat(run.status("a")).isEqualTo(WAITING);
            assertThat(run.record("a").waitingFor()).isEqualTo(WaitingFor.RETRY);
            run.advance(Duration.ofSeconds(pause).minusMillis(1));
            assertThat(run.status("a")).isEqualTo(WAITING);
            run.advance(Duration.ofMillis(1));
            assertThat(run.status("a")).isEqualTo(RUNNING);
        }
        assertThat(run.now() - Simulation.START).isEqualTo(15_000);
        assertThat(run.view("a").attempt()).isEqualTo(1);

        run.wakeUp(List.of(new RunInput.Lost(
                run.now(), run.view("a").dispatch(), List.of(), List.of(), "its worker said nothing for 10 seconds")));

        assertThat(Objects.requireNonNull(run.record("a").error()).code()).isEqualTo("worker_lost");
        assertThat(Objects.requireNonNull(run.record("a").error()).message())
                .isEqualTo("Expected one of 5 deliveries of a to report, but each was lost; "
                        + "the last one because its worker said nothing for 10 seconds");
    }

    @Test
    void shouldDeliverAtOnceWhatWasLostAfterLong() {
        Simulation run = new Simulation(PlanBuilder.chain("a").build()).begin();
        for (int i = 0; i < 4; i++) {
            assertThat(run.loseDispatch("a").status("a")).isEqualTo(RUNNING);
        }
    }

    @Test
    void shouldNotPrepareAgainWhatIsOnlyDeliveredAgain() {
        PlanBuilder plan = new PlanBuilder().budget("1.00");
        plan.task("a").mode(ExecutionMode.EXTERNAL).taskQueue("q");
        Simulation run = new Simulation(plan.build()).begin().failDelivery("a");
        long before = run.events().stream()
                .filter(event -> event instanceof RunEvent.PreparationAsked)
                .count();

        run.advance(Duration.ofSeconds(1));

        assertThat(run.status("a")).isEqualTo(RUNNING);
        assertThat(run.view("a").attempt()).isEqualTo(1);
        assertThat(run.events().stream().filter(event -> event instanceof RunEvent.PreparationAsked))
                .hasSize((int) before);
    }

    @Test
    void shouldDeliverNothingAgainWhilePaused() {
        Simulation run = new Simulation(PlanBuilder.chain("a").build())
                .begin()
                .request(new Request.Pause())
                .failDelivery("a")
                .advance(Duration.ofMinutes(1));
        assertThat(run.open()).isEmpty();

        assertThat(run.request(new Request.Resume()).status("a")).isEqualTo(RUNNING);
    }

    @Test
    void shouldAbortWhatBacksOff() {
        Simulation run = new Simulation(PlanBuilder.chain("a").build())
                .begin()
                .failDelivery("a")
                .abort();

        assertThat(run.status("a")).isEqualTo(CANCELLED);
        assertThat(run.state().status()).isEqualTo(RunStatus.ABORTED);
    }
}
