package dev.ratchet.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ratchet.faults.LedgerEntry.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The negative control: a ledger that was doctored must not pass. */
class LedgerCheckTest {
    private static final String RUN = "default/r";
    private static final long END = 1_000;

    private final List<LedgerEntry> lines = new ArrayList<>();
    private long calls;

    @Test
    void shouldPassASoundLedger() {
        soundDiamond();

        assertThat(check(0)).isEmpty();
    }

    @Test
    void shouldPassADeliveryThatAFaultExplains() {
        long lost = call("a");
        line(Kind.HUNG_UP, lost, "a");
        soundDiamond();

        assertThat(LedgerCheck.violations(diamond("completed", 2), new Ledger(lines), 1))
                .isEmpty();
    }

    @Test
    void shouldNoticeAnEffectThatWasAppliedTwice() {
        soundDiamond();
        LedgerEntry applied = lines.stream()
                .filter(entry -> entry.kind() == Kind.APPLIED)
                .findFirst()
                .orElseThrow();
        lines.add(applied.as(Kind.APPLIED, 99));

        assertThat(check(0)).containsExactly("effect of a was applied 2 times");
    }

    @Test
    void shouldNoticeAnEffectThatIsMissing() {
        soundDiamond();
        lines.removeIf(entry -> entry.key().endsWith("/c") && entry.kind() == Kind.APPLIED);

        assertThat(check(0)).containsExactly("c completed, but its effect was never applied");
    }

    @Test
    void shouldNoticeACallTooMany() {
        soundDiamond();
        line(Kind.ANSWERED, call("d"), "d");

        assertThat(check(0))
                .containsExactly(
                        "d was called 2 times, but only 1 deliveries are told",
                        "1 calls beyond the attempts, but only 0 faults can have caused any");
    }

    @Test
    void shouldNoticeDeliveriesThatNoFaultExplains() {
        long lost = call("a");
        line(Kind.HUNG_UP, lost, "a");
        soundDiamond();

        assertThat(LedgerCheck.violations(diamond("completed", 2), new Ledger(lines), 0))
                .containsExactly("1 calls beyond the attempts, but only 0 faults can have caused any");
    }

    @Test
    void shouldNoticeACallOfATaskThatWasSkipped() {
        soundDiamond();

        assertThat(LedgerCheck.violations(diamond("skipped", 1), new Ledger(lines), 0))
                .contains("a was called, but is skipped");
    }

    @Test
    void shouldNoticeACallOfNoTask() {
        soundDiamond();
        whole("x");

        assertThat(check(0)).containsExactly("default/r/x was called, but is no task of the run");
    }

    @Test
    void shouldNoticeACallAfterTheEnd() {
        soundDiamond();
        LedgerEntry last = lines.removeLast();
        lines.add(new LedgerEntry(
                last.seq(), last.nanos(), END + 5, Kind.DELIVERED, last.call(), last.name(), last.key()));

        assertThat(check(1)).anyMatch(each -> each.equals("d was called 5 ms after the run had ended"));
    }

    @Test
    void shouldNoticeATaskThatBeganBeforeItsSourceEnded() {
        whole("a");
        long b = whole("b");
        whole("d");
        whole("c");

        assertThat(check(0))
                .containsExactly(
                        "d was called before c had answered", "d was called before the batch before it had ended");
        assertThat(b).isEqualTo(2);
    }

    @Test
    void shouldNoticeMoreTasksAtOnceThanAllowed() {
        whole("a");
        List<Long> open = List.of(call("b"), call("c"));
        line(Kind.APPLIED, open.get(0), "b");
        line(Kind.APPLIED, open.get(1), "c");
        line(Kind.ANSWERED, open.get(0), "b");
        line(Kind.ANSWERED, open.get(1), "c");
        whole("d");
        RunFacts narrow = new RunFacts(RUN, diamond("completed", 1).tasks(), 1, END);

        assertThat(LedgerCheck.violations(narrow, new Ledger(lines), 0))
                .containsExactly("2 tasks were live at once, but 1 may be");
    }

    private List<String> check(int faults) {
        return LedgerCheck.violations(diamond("completed", 1), new Ledger(lines), faults);
    }

    private void soundDiamond() {
        List.of("a", "b", "c", "d").forEach(this::whole);
    }

    private static RunFacts diamond(String stateOfA, int deliveriesOfA) {
        return new RunFacts(
                RUN,
                Map.of(
                        "a", new RunFacts.TaskFacts(stateOfA, List.of(), 1, deliveriesOfA, 0),
                        "b", new RunFacts.TaskFacts("completed", List.of("a"), 1, 1, 0),
                        "c", new RunFacts.TaskFacts("completed", List.of("a"), 1, 1, 0),
                        "d", new RunFacts.TaskFacts("completed", List.of("b", "c"), 1, 1, 0)),
                2,
                END);
    }

    private long whole(String id) {
        long call = call(id);
        line(Kind.APPLIED, call, id);
        line(Kind.ANSWERED, call, id);
        return call;
    }

    private long call(String id) {
        calls++;
        line(Kind.DELIVERED, calls, id);
        return calls;
    }

    private void line(Kind kind, long call, String id) {
        int next = lines.size();
        lines.add(new LedgerEntry(next, next, next, kind, call, id, RUN + "/" + id));
    }
}
