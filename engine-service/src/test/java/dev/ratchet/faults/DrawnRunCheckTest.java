package dev.ratchet.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ratchet.document.Json;
import dev.ratchet.faults.LedgerEntry.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** A check that finds nothing must be able to find something: each doctored run here is found out. */
class DrawnRunCheckTest {
    private static final long ENDED = 9_000;

    private final List<LedgerEntry> entries = new ArrayList<>();
    private final FaultTimes faults = new FaultTimes();
    private final ObjectNode told = Json.read("""
            {"state": "completed", "started_at": 1000, "ended_at": 9000, "tasks": {
              "call-1": {"state": "completed", "attempts": 1, "started_at": 2000, "ended_at": 3000},
              "call-2": {"state": "completed", "attempts": 1, "started_at": 3000, "ended_at": 4000}}}
            """, ObjectNode.class);

    @Test
    void shouldFindNothingWhereAllIsAsItShouldBe() {
        called("call-1", 2_100);
        called("call-2", 3_100);

        assertThat(found(0)).isEmpty();
    }

    @Test
    void shouldFindATaskThatEndedOtherwiseThanItsDocumentSays() {
        called("call-1", 2_100);
        task("call-2", task -> task.put("state", "skipped").put("attempts", 0));

        assertThat(found(0)).contains("I7");
    }

    @Test
    void shouldFindATaskThatCompletedWithoutItsEffect() {
        called("call-1", 2_100);

        assertThat(found(0)).containsExactly("I3");
    }

    @Test
    void shouldFindAnEffectUnderTwoKeys() {
        called("call-1", 2_100);
        called("call-2", 3_100);
        entry(Kind.APPLIED, "call-2", "default/r/other", 3_200);

        assertThat(found(0)).containsExactly("I3");
    }

    @Test
    void shouldFindCallsThatNoDeliveryAccountsFor() {
        called("call-1", 2_100);
        called("call-2", 3_100);
        entry(Kind.DELIVERED, "call-2", "default/r/call-2", 3_200);

        assertThat(found(0)).containsExactly("I3");
    }

    @Test
    void shouldFindACallOfWhatIsNoTask() {
        called("call-1", 2_100);
        called("call-2", 3_100);
        called("call-3", 3_200);

        assertThat(found(0)).containsExactly("I4");
    }

    @Test
    void shouldFindCallsAfterTheEndUnlessAFaultAccountsForThem() {
        called("call-1", 2_100);
        called("call-2", ENDED + 5_000);

        assertThat(found(0)).containsExactly("I4");
        faults.add(Fault.WORKER_FROZEN, 2_000, 4_000);
        assertThat(found(0)).isEmpty();
    }

    @Test
    void shouldFindARunThatWasAbortedAndGoesOn() {
        told.put("state", "aborted");
        called("call-1", 2_100);
        called("call-2", 8_000);

        assertThat(found(5_000)).containsExactly("I9");
        told.put("state", "completed");
        assertThat(found(5_000)).containsExactly("I9", "I9");
    }

    @Test
    void shouldFindATimeThatGoesBackwards() {
        called("call-1", 2_100);
        called("call-2", 3_100);
        task("call-2", task -> task.put("ended_at", ENDED + 1));

        assertThat(found(0)).containsExactly("times");
    }

    private void called(String task, long at) {
        entry(Kind.DELIVERED, task, "default/r/" + task, at);
        entry(Kind.APPLIED, task, "default/r/" + task, at + 1);
        entry(Kind.ANSWERED, task, "default/r/" + task, at + 2);
    }

    private void entry(Kind kind, String task, String key, long at) {
        entries.add(new LedgerEntry(entries.size(), at * 1_000_000, at, kind, entries.size(), "r." + task, key));
    }

    private void task(String task, Consumer<ObjectNode> change) {
        change.accept((ObjectNode) told.path("tasks").path(task));
    }

    private List<String> found(long abortedAt) {
        List<DrawnTask> tasks = List.of(
                new DrawnTask("call-1", List.of(), "none_failed", true, false, false),
                new DrawnTask("call-2", List.of(), "none_failed", true, false, false));
        DrawnRun run = new DrawnRun("r", Json.mapper().createObjectNode(), tasks, Meddling.NONE, 0, "call-1");
        Findings findings = new Findings();
        DrawnRunEnd end = new DrawnRunEnd(run, told, 1_000, abortedAt, false, false, List.of());
        new DrawnRunCheck(end, new OneDelivery(), new Ledger(entries), faults, findings).check();
        return findings.all().stream().map(Findings.Finding::invariant).toList();
    }

    /** Every task had one attempt and one delivery. */
    private static final class OneDelivery implements RunsTold {
        @Override
        public Optional<JsonNode> run(String run) {
            return Optional.empty();
        }

        @Override
        public JsonNode attempts(String run, String task) {
            return Json.read("[{\"deliveries\": 1, \"lost\": 0}]", JsonNode.class);
        }
    }
}
