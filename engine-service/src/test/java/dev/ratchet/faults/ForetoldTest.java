package dev.ratchet.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ratchet.faults.DrawnTask.Edge;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ForetoldTest {
    private static final DrawnTask FAILING = new DrawnTask("bad", List.of(), "none_failed", true, true, false);

    @Test
    void shouldSkipWhatDependsOnAFailureAndRunWhatWaitsForOne() {
        Foretold foretold = Foretold.of(List.of(
                FAILING,
                behind("dependant", "none_failed", "bad"),
                behind("rescue", "any_failed", "bad"),
                behind("always", "all_done", "dependant")));

        assertThat(foretold.state()).isEqualTo("failed");
        assertThat(foretold.tasks())
                .isEqualTo(
                        Map.of("bad", "failed", "dependant", "skipped", "rescue", "completed", "always", "completed"));
    }

    @Test
    void shouldLeaveTheRunAloneWhenTheFailureIsAllowed() {
        DrawnTask allowed = new DrawnTask("bad", List.of(), "none_failed", true, true, true);

        Foretold foretold = Foretold.of(List.of(allowed, behind("dependant", "none_failed", "bad")));

        assertThat(foretold.state()).isEqualTo("completed");
        assertThat(foretold.tasks()).containsEntry("dependant", "skipped");
    }

    @Test
    void shouldSkipWhatAConditionLeavesOutAndGoOnBehindIt() {
        DrawnTask first = new DrawnTask("first", List.of(), "none_failed", true, false, false);
        DrawnTask left = new DrawnTask("left", List.of(new Edge("first", false)), "none_failed", true, false, false);

        Foretold foretold = Foretold.of(List.of(
                first,
                left,
                behind("both", "none_failed", "first", "left"),
                behind("strict", "all_success", "first", "left"),
                behind("rescue", "any_failed", "left")));

        assertThat(foretold.state()).isEqualTo("completed");
        assertThat(foretold.tasks())
                .containsEntry("left", "skipped")
                .containsEntry("both", "completed")
                .containsEntry("strict", "skipped")
                .containsEntry("rescue", "skipped");
    }

    private static DrawnTask behind(String id, String rule, String... sources) {
        List<Edge> edges =
                List.of(sources).stream().map(source -> new Edge(source, true)).toList();
        return new DrawnTask(id, edges, rule, true, false, false);
    }
}
