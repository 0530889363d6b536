package dev.ratchet.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.NullNode;
import dev.ratchet.document.Json;
import dev.ratchet.plan.Policies.ExecutionMode;
import dev.ratchet.testkit.PlanBuilder;
import dev.ratchet.testkit.Script;
import dev.ratchet.testkit.Simulation;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who asked a run for what, and why, is kept, whatever came of it. */
class AuditTest {
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldKeepWhoAskedForWhatAndWhy(boolean carrying) {
        Simulation run = waiting(carrying);
        ask(run, "1", "ann", "lunch", new Request.Pause());
        ask(run, "2", "bob", null, new Request.Skip(TaskKey.root("none")));
        ask(run, "3", null, null, new Request.RaiseBudget(PlanBuilder.usd("7")));
        ask(run, "4", "job-1", null, new Request.Give(TaskKey.root("a"), given("x")));
        ask(run, "1", "eve", "again", new Request.Pause());
        ask(run, "5", "ann", "back", new Request.Resume());

        Audit audit = run.state().audit();
        assertThat(audit.dropped()).isZero();
        assertThat(audit.entries())
                .extracting(AuditEntry::request)
                .containsExactly(
                        AuditEntry.Asked.PAUSE,
                        AuditEntry.Asked.SKIP,
                        AuditEntry.Asked.BUDGET,
                        AuditEntry.Asked.ANSWER,
                        AuditEntry.Asked.RESUME);
        AuditEntry pause = audit.entries().getFirst();
        assertThat(pause)
                .isEqualTo(new AuditEntry(pause.at(), AuditEntry.Asked.PAUSE, null, "ann", null, "lunch", null, null));
        assertThat(pause.at()).isGreaterThanOrEqualTo(Simulation.START);
        AuditEntry skip = audit.entries().get(1);
        assertThat(skip.task()).isEqualTo("none");
        assertThat(skip.refusal()).isNotNull().extracting(TaskError::code).isEqualTo("task_not_found");
        assertThat(audit.entries().get(2).limit()).isEqualTo(PlanBuilder.usd("7"));
        assertThat(audit.entries().get(3).task()).isEqualTo("a");
        assertThat(audit.entries().get(3).by()).isEqualTo("job-1");
    }

    @Test
    void shouldKeepTheLastOnesAndSayHowManyMoreThereWere() {
        Simulation run = waiting(false);
        for (int i = 0; i < AuditLog.MOST + 7; i++) {
            ask(run, "c" + i, "ann", Integer.toString(i), i % 2 == 0 ? new Request.Pause() : new Request.Resume());
        }

        Audit audit = run.state().audit();
        assertThat(audit.dropped()).isEqualTo(7);
        assertThat(audit.entries()).hasSize(AuditLog.MOST);
        assertThat(audit.entries().getFirst().why()).isEqualTo("7");
    }

    @Test
    void shouldForgetAnswersBeforeAnythingElse() {
        Simulation run = waiting(false);
        ask(run, "first", "ann", "why not", new Request.Pause());
        IntStream.range(0, AuditLog.MOST + 5)
                .forEach(i -> ask(run, "c" + i, "job", null, new Request.Give(TaskKey.root("b"), given("x"))));

        Audit audit = run.state().audit();
        assertThat(audit.entries()).hasSize(AuditLog.MOST);
        assertThat(audit.dropped()).isEqualTo(6);
        assertThat(audit.entries().getFirst().by()).isEqualTo("ann");
    }

    @Test
    void shouldBoundWhatItKeepsOfWords() {
        Simulation run = waiting(false);
        String long1 = "x".repeat(5_000);
        for (int i = 0; i < 200; i++) {
            ask(run, "c" + i, long1, long1, i % 2 == 0 ? new Request.Pause() : new Request.Resume());
        }

        Audit audit = run.state().audit();
        assertThat(Json.write(audit).length()).isLessThan(2 * AuditLog.MOST_CHARACTERS);
        assertThat(audit.entries().size() + audit.dropped()).isEqualTo(200);
        assertThat(audit.entries().getLast().why()).endsWith("…").hasSize(1_000);
        assertThat(Json.read(Json.write(audit), Audit.class)).isEqualTo(audit);
    }

    private static void ask(
            Simulation run,
            String id,
            @org.jspecify.annotations.Nullable String by,
            @org.jspecify.annotations.Nullable String why,
            Request what) {
        run.wakeUp(List.of(new RunInput.Commanded(run.now(), new Command(id, by, why, what))));
    }

    private static Given given(String digest) {
        return new Given(digest, Value.of(NullNode.instance), null, null);
    }

    private static Simulation waiting(boolean carrying) {
        PlanBuilder plan = new PlanBuilder().budget("5");
        plan.task("a").mode(ExecutionMode.PARKED);
        plan.task("b").mode(ExecutionMode.PARKED).after("a");
        plan.task("long").mode(ExecutionMode.PARKED);
        Simulation run = new Simulation(plan.build())
                .script("a", Script.COMPLETES.prepared(new Script.Preparation.Parks(WaitingFor.AGENT, null)))
                .script("b", Script.COMPLETES.prepared(new Script.Preparation.Parks(WaitingFor.AGENT, null)))
                .script("long", Script.waits(Duration.ofHours(1)));
        return (carrying ? run.carrying() : run).begin();
    }
}
