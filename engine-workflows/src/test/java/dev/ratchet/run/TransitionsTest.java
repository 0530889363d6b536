package dev.ratchet.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.NullNode;
import dev.ratchet.document.ErrorCode;
import dev.ratchet.plan.Plan;
import dev.ratchet.plan.Policies.ExecutionMode;
import dev.ratchet.plan.Policies.OnBudget;
import dev.ratchet.plan.Policies.OnFailure;
import dev.ratchet.plan.RetryPolicy;
import dev.ratchet.run.Hold.OnDeadline;
import dev.ratchet.testkit.PlanBuilder;
import dev.ratchet.testkit.Script;
import dev.ratchet.testkit.Simulation;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The table of transitions is what runs do, and what the documentation shows. */
class TransitionsTest {
    private static final Path DOCUMENT = Path.of("..", "docs", "states.md");
    private static final int RUNS = 3_000;
    private static final RetryPolicy TWICE = new RetryPolicy(2, 1_000, BigDecimal.ONE, 1_000, List.of());
    private static final Walk WALK = new Walk();

    @BeforeAll
    static void walk() {
        for (int seed = 0; seed < RUNS; seed++) {
            WALK.follow(run(seed));
        }
        WALK.follow(new Simulation(PlanBuilder.chain("a").build()).abort());
        WALK.follow(asked());
        WALK.follow(repeating(false));
        WALK.follow(repeating(true));
        WALK.follow(delegated());
        WALK.follow(unpolled(run -> run.loseDispatch("a")));
        WALK.follow(unpolled(run -> run.handBack("a")));
        WALK.follow(unpolled(run -> run.see("q", RunInput.Workers.BUSY).failDelivery("a")));
        WALK.follow(unheard());
        WALK.follow(bound().raiseBudget("2.00"));
        WALK.follow(poor().request(new Request.Skip(TaskKey.root("b"))));
        Change change = new Change("hash", Value.of(NullNode.instance), Value.of(NullNode.instance), null, 0);
        Plan without =
                PlanBuilder.chain("a").budget("0.50").onBudget(OnBudget.PAUSE).build();
        WALK.follow(poor().request(new Request.Patch(1, without, change)));
    }

    /** One task waits for money that there is not. */
    private static Simulation poor() {
        PlanBuilder plan = PlanBuilder.chain("a").budget("0.50").onBudget(OnBudget.PAUSE);
        plan.task("b").mode(ExecutionMode.PREPARED);
        return new Simulation(plan.build())
                .script("b", Script.COMPLETES.estimated("0.60"))
                .begin();
    }

    /** An agent that is told, fails once, is late; another is asked, answers, and before the next one is asked so does it. */
    private static Simulation asked() {
        PlanBuilder plan = new PlanBuilder();
        plan.task("a").mode(ExecutionMode.PARKED).retry(TWICE);
        plan.task("b").mode(ExecutionMode.PARKED).after("a");
        Hold hold = new Hold(Value.of(NullNode.instance), "q", null, OnDeadline.ESCALATE, null, "boss", 1_000L, false);
        Script held = Script.COMPLETES.prepared(new Script.Preparation.Holds(WaitingFor.AGENT, 1_000L, hold));
        Simulation run =
                new Simulation(plan.build()).script("a", held).script("b", held).begin();
        TaskKey a = TaskKey.root("a");
        run.wakeUp(List.of(new RunInput.Announced(run.now(), a, 1, null)));
        run.request(new Request.Give(
                        a, new Given("1", null, TaskError.of(ErrorCode.EXECUTION_FAILED, "Expected it"), null)))
                .advance(Duration.ofMillis(2_100))
                .request(new Request.Give(TaskKey.root("b"), new Given("2", Value.of(NullNode.instance), null, null)))
                .request(new Request.Give(a, new Given("3", Value.of(NullNode.instance), null, null)));
        return run;
    }

    /** A task that another run carries out, for longer than it may. */
    private static Simulation delegated() {
        PlanBuilder plan = new PlanBuilder();
        plan.task("a").mode(ExecutionMode.CHILD).timeout(Duration.ofHours(1));
        return new Simulation(plan.build())
                .begin()
                .hear("a")
                .advance(Duration.ofHours(1))
                .hear("a");
    }

    /** A task in a queue that no worker looks at, until something comes of it. */
    private static Simulation unpolled(UnaryOperator<Simulation> then) {
        PlanBuilder plan = new PlanBuilder();
        plan.task("a").taskQueue("q");
        return then.apply(new Simulation(plan.build())
                .begin()
                .advance(Duration.ofSeconds(10))
                .see("q", RunInput.Workers.NONE));
    }

    /** A task that waits because its like has cost all that there was. */
    private static Simulation bound() {
        PlanBuilder plan = PlanBuilder.chain("a", "b").budget("1.00").onBudget(OnBudget.PAUSE);
        return new Simulation(plan.build())
                .script("a", Script.COMPLETES.costing("1.00"))
                .begin()
                .finish("a");
    }

    /** A group of which nothing was heard. */
    private static Simulation unheard() {
        PlanBuilder plan = PlanBuilder.chain("a", "b");
        plan.task("a").group("g");
        plan.task("b").group("g");
        Simulation run = new Simulation(plan.build()).begin();
        return run.wakeUp(List.of(new RunInput.Lost(run.now(), 1, List.of(), List.of())));
    }

    /** A loop, and a map of which an item fails or that collects. */
    private static Simulation repeating(boolean collect) {
        PlanBuilder plan = PlanBuilder.chain("loop", "map");
        plan.task("loop").loop(PlanBuilder.chain("a"), 3, false);
        plan.task("map").each(PlanBuilder.chain("b", "c"), 2, collect);
        return new Simulation(plan.build())
                .script("loop", Script.COMPLETES.late(Answer.YES))
                .script("map", Script.COMPLETES.prepared(new Script.Preparation.Unrolls(4)))
                .script("b", Script.fails())
                .toEnd();
    }

    /** A drawn run under a drawn policy, with faults, an abort or a short budget. */
    private static Simulation run(int seed) {
        Random random = new Random(seed);
        RunCase run = RunCases.of(seed).with(any(random, OnFailure.values()));
        if (random.nextBoolean()) {
            run = run.withBudget(10 + random.nextInt(50), any(random, OnBudget.values()));
        }
        Simulation simulation = run.simulation(seed).withFaults(random.nextInt(10));
        if (run.onBudget() == OnBudget.PAUSE || random.nextInt(3) == 0) {
            simulation.abortingAfter(2 + random.nextInt(12));
        }
        if (run.onBudget() == OnBudget.PAUSE) {
            simulation.raisingBudgetTo("100.00", 1 + random.nextInt(10));
        }
        return simulation.meddledWith(seed % 3 == 0 ? random.nextInt(12) : 0).toEnd();
    }

    private static <T> T any(Random random, T[] values) {
        return List.of(values).get(random.nextInt(values.length));
    }

    @Test
    void shouldMakeEveryKindOfEvent() {
        assertThat(WALK.events).containsExactlyInAnyOrder(RunEvent.class.getPermittedSubclasses());
    }

    @Test
    void shouldListExactlyTheChangesThatTasksGoThrough() {
        assertThat(WALK.ofTasks).containsExactlyInAnyOrderElementsOf(Transitions.ofTasks());
    }

    @Test
    void shouldListExactlyTheChangesThatRunsGoThrough() {
        assertThat(WALK.ofRuns).containsExactlyInAnyOrderElementsOf(Transitions.ofRuns());
    }

    @Test
    void shouldLeaveNoTerminalState() {
        assertThat(Transitions.ofTasks())
                .filteredOn(edge -> edge.from().isSettled())
                .allMatch(edge -> edge.by() == RunEvent.Reopened.class);
        assertThat(Transitions.ofRuns()).noneMatch(edge -> edge.from().isTerminal());
    }

    @Test
    void shouldGiveEveryPhaseAStatusAndAReasonToWaitWhereItWaits() {
        assertThat(Arrays.stream(Phase.values()).filter(phase -> phase.status() == TaskStatus.WAITING))
                .allMatch(phase -> phase.waitingFor() != null);
        assertThat(Arrays.stream(Phase.values()).map(Phase::status)).contains(TaskStatus.values());
    }

    @Test
    void shouldShowTheTableInTheDocumentation() throws Exception {
        String text = new StatesDocument(Transitions.ofRuns(), Transitions.ofTasks()).text();
        if (Boolean.getBoolean("ratchet.docs.write")) {
            Files.writeString(DOCUMENT, text);
        }
        assertThat(Files.readString(DOCUMENT))
                .as("docs/states.md; a build with -Dratchet.docs.write=true writes it anew")
                .isEqualTo(text);
        assertThat(List.of(text.split("\n"))).contains("stateDiagram-v2");
    }
}
