package dev.ratchet.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ratchet.faults.FaultPlan.Hit;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FaultPlanTest {
    private static final Set<Fault> ALL = EnumSet.allOf(Fault.class);

    @Test
    void shouldPlanTheSameFaultsFromTheSameSeed() {
        assertThat(plan(7)).isEqualTo(plan(7)).isNotEqualTo(plan(8));
    }

    @Test
    void shouldHaveOneOrTwoFaultsAtATimeAndNeverTwoOnOneTarget() {
        for (int seed = 0; seed < 200; seed++) {
            List<Hit> hits = plan(seed).hits();
            for (Hit hit : hits) {
                List<Hit> others = hits.stream()
                        .filter(other -> other != hit && other.atMs() <= hit.atMs() && other.endMs() > hit.atMs())
                        .toList();
                assertThat(others)
                        .hasSizeLessThan(2)
                        .allMatch(other -> Collections.disjoint(
                                other.fault().targets(), hit.fault().targets()));
            }
        }
    }

    @Test
    void shouldPlanEveryFaultThatTheHostCanDoAndNoOther() {
        Set<Fault> planned = IntStream.range(0, 100)
                .mapToObj(FaultPlanTest::plan)
                .flatMap(plan -> plan.hits().stream())
                .map(Hit::fault)
                .collect(Collectors.toSet());

        assertThat(planned).isEqualTo(ALL);
        assertThat(FaultPlan.draw(Chance.of(1, 0), 60_000, EnumSet.of(Fault.LEDGER_CUT))
                        .hits())
                .isNotEmpty()
                .allMatch(hit -> hit.fault() == Fault.LEDGER_CUT);
    }

    private static FaultPlan plan(int seed) {
        return FaultPlan.draw(Chance.of(seed, 0), 60_000, ALL);
    }
}
