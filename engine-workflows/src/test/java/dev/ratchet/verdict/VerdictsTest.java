package dev.ratchet.verdict;

import static dev.ratchet.verdict.EdgeStatus.FAILED;
import static dev.ratchet.verdict.EdgeStatus.LIVE;
import static dev.ratchet.verdict.EdgeStatus.UNTAKEN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ratchet.plan.Policies.TriggerRule;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The table of contract, part 4. */
class VerdictsTest {
    @ParameterizedTest
    @EnumSource
    void shouldRunATaskWithoutEdges(TriggerRule rule) {
        assertThat(Verdicts.of(rule, List.of())).isEqualTo(Verdict.RUN);
    }

    @ParameterizedTest(name = "{0} with {1}: {2}")
    @CsvSource(textBlock = """
                    NONE_FAILED, LIVE, RUN
                    NONE_FAILED, UNTAKEN, SKIP_CONDITION
                    NONE_FAILED, FAILED, SKIP_UPSTREAM_FAILURE
                    NONE_FAILED, LIVE UNTAKEN, RUN
                    NONE_FAILED, LIVE FAILED, SKIP_UPSTREAM_FAILURE
                    NONE_FAILED, UNTAKEN FAILED, SKIP_UPSTREAM_FAILURE
                    NONE_FAILED, LIVE UNTAKEN FAILED, SKIP_UPSTREAM_FAILURE
                    ALL_SUCCESS, LIVE, RUN
                    ALL_SUCCESS, UNTAKEN, SKIP_CONDITION
                    ALL_SUCCESS, FAILED, SKIP_UPSTREAM_FAILURE
                    ALL_SUCCESS, LIVE UNTAKEN, SKIP_CONDITION
                    ALL_SUCCESS, LIVE FAILED, SKIP_UPSTREAM_FAILURE
                    ALL_SUCCESS, UNTAKEN FAILED, SKIP_UPSTREAM_FAILURE
                    ALL_SUCCESS, LIVE UNTAKEN FAILED, SKIP_UPSTREAM_FAILURE
                    ANY_SUCCESS, LIVE, RUN
                    ANY_SUCCESS, UNTAKEN, SKIP_CONDITION
                    ANY_SUCCESS, FAILED, SKIP_UPSTREAM_FAILURE
                    ANY_SUCCESS, LIVE UNTAKEN, RUN
                    ANY_SUCCESS, LIVE FAILED, RUN
                    ANY_SUCCESS, UNTAKEN FAILED, SKIP_UPSTREAM_FAILURE
                    ANY_SUCCESS, LIVE UNTAKEN FAILED, RUN
                    ANY_FAILED, LIVE, SKIP_RULE_NOT_MET
                    ANY_FAILED, UNTAKEN, SKIP_RULE_NOT_MET
                    ANY_FAILED, FAILED, RUN
                    ANY_FAILED, LIVE UNTAKEN, SKIP_RULE_NOT_MET
                    ANY_FAILED, LIVE FAILED, RUN
                    ANY_FAILED, UNTAKEN FAILED, RUN
                    ANY_FAILED, LIVE UNTAKEN FAILED, RUN
                    ALL_DONE, LIVE, RUN
                    ALL_DONE, UNTAKEN, RUN
                    ALL_DONE, FAILED, RUN
                    ALL_DONE, LIVE UNTAKEN, RUN
                    ALL_DONE, LIVE FAILED, RUN
                    ALL_DONE, UNTAKEN FAILED, RUN
                    ALL_DONE, LIVE UNTAKEN FAILED, RUN
                    """)
    void shouldGiveTheVerdictOfTheTable(TriggerRule rule, String edges, Verdict expected) {
        List<EdgeStatus> statuses = new ArrayList<>(
                List.of(edges.split(" ")).stream().map(EdgeStatus::valueOf).toList());
        assertThat(Verdicts.of(rule, statuses)).isEqualTo(expected);
        Collections.reverse(statuses);
        assertThat(Verdicts.of(rule, statuses)).as("in another order").isEqualTo(expected);
        statuses.addAll(List.copyOf(statuses));
        assertThat(Verdicts.of(rule, statuses)).as("with every edge twice").isEqualTo(expected);
    }

    @Test
    void shouldKnowThreeKindsOfEdges() {
        assertThat(EdgeStatus.values()).containsExactly(LIVE, FAILED, UNTAKEN);
    }
}
