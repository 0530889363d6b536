package dev.ratchet.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.ratchet.plan.Plan;
import dev.ratchet.plan.Policies.OnFailure;
import dev.ratchet.plan.Policies.Scheduling;
import dev.ratchet.plan.Policies.TriggerRule;
import dev.ratchet.run.NaiveOracle.Behaviour;
import dev.ratchet.testkit.Audit;
import dev.ratchet.testkit.PlanBuilder;
import dev.ratchet.testkit.Script;
import dev.ratchet.testkit.Simulation;
import dev.ratchet.testkit.TaskBuilder;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every graph of up to four tasks, with every outcome of each task, under every policy. */
class ExhaustiveTest {
    private static final String[] IDS = {"a", "b", "c", "d"};

    /** What each task of a small run does. */
    private enum Does {
        /** Completes, and its out-edges are live. */
        COMPLETE,
        FAIL,
        /** Completes, and the conditions of its out-edges are false. */
        DECLINE
    }

    /** One policy of all there are. */
    private record Policy(TriggerRule rule, OnFailure onFailure, Scheduling scheduling) {
        static Stream<Policy> all() {
            return Arrays.stream(TriggerRule.values())
                    .flatMap(rule -> Arrays.stream(OnFailure.values())
                            .flatMap(onFailure -> Arrays.stream(Scheduling.values())
                                    .map(scheduling -> new Policy(rule, onFailure, scheduling))));
        }

        Plan plan(int[] sources, boolean mayFail) {
            PlanBuilder plan = new PlanBuilder().rule(rule).onFailure(onFailure).scheduling(scheduling);
            for (int node = 0; node < sources.length; node++) {
                TaskBuilder task = plan.task(IDS[node]);
                for (int source = 0; source < sources.length; source++) {
                    if ((sources[node] >> source & 1) == 1) {
                        task.afterIf(IDS[source]);
                    }
                }
                if (mayFail && node % 2 == 0) {
                    task.allowFailure();
                }
            }
            return plan.build();
        }
    }

    @Test
    void shouldKnowHowManyGraphsThereAre() {
        assertThat(IntStream.rangeClosed(1, 4)
                        .map(size -> SmallGraphs.ofSize(size).size()))
                .containsExactly(1, 3, 25, 543);
    }

    @Test
    void shouldDecideWhatTheOracleDecidesUnderEveryPolicy() {
        AtomicInteger cases = new AtomicInteger();
        Policy.all().parallel().forEach(policy -> {
            int largest =
                    policy.rule() == TriggerRule.NONE_FAILED && policy.onFailure() == OnFailure.SKIP_DEPENDENTS ? 4 : 3;
            for (int size = 1; size <= largest; size++) {
                for (int[] graph : SmallGraphs.ofSize(size)) {
                    cases.addAndGet(check(policy.plan(graph, false), size));
                    cases.addAndGet(check(policy.plan(graph, true), size));
                }
            }
        });
        assertThat(cases.get()).isGreaterThan(180_000);
    }

    /** All outcomes of one plan; returns how many there are. */
    private static int check(Plan plan, int size) {
        int cases = (int) Math.pow(Does.values().length, size);
        for (int number = 0; number < cases; number++) {
            Map<String, Does> outcomes = new TreeMap<>();
            for (int node = 0, rest = number; node < size; node++, rest /= 3) {
                outcomes.put(IDS[node], Does.values()[rest % 3]);
            }
            check(plan, outcomes, number);
        }
        return cases;
    }

    private static void check(Plan plan, Map<String, Does> outcomes, int seed) {
        Simulation run = new Simulation(plan, seed);
        Map<String, Behaviour> behaviours = new HashMap<>();
        outcomes.forEach((id, does) -> {
            List<Answer> answers = Collections.nCopies(
                    plan.root().targets(plan.root().indexOf(id)).length, Answer.of(does != Does.DECLINE));
            run.script(id, does == Does.FAIL ? Script.fails() : Script.completes(answers.toArray(new Answer[0])));
            behaviours.put(id, new Behaviour(does == Does.FAIL, answers, Answer.YES, List.of()));
        });
        String wrong = plan.policy().onFailure() == OnFailure.SKIP_DEPENDENTS
                ? RunChecks.againstOracle(plan, behaviours, run)
                : RunChecks.stopsAtFailure(plan, behaviours, id -> false, run);
        if (wrong != null) {
            fail(outcomes + " of " + plan.root().nodes() + " under " + plan.policy() + ": " + wrong);
        }
        assertThat(Audit.of(plan, run.events())).isEmpty();
    }
}
