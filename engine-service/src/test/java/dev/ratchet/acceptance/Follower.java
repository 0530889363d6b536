package dev.ratchet.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * Reads a run from its start to its end as a page would, always from the version it has seen, and checks at each answer
 * that nothing went back, that nothing settled changed, and that nothing was told twice.
 */
final class Follower {
    private final RunHandle run;
    private final Map<String, String> states = new LinkedHashMap<>();
    private final CompletableFuture<Void> done;
    private long version;
    private int answers;

    private Follower(RunHandle run) {
        this.run = run;
        var thread = Executors.newVirtualThreadPerTaskExecutor();
        this.done = CompletableFuture.runAsync(this::follow, thread);
    }

    static Follower of(RunHandle run) {
        return new Follower(run);
    }

    /** Waits for the end of the run; what this reader has put together must be what the run says then. */
    Follower saw(RunAnswer end) throws Exception {
        done.get(60, TimeUnit.SECONDS);
        assertThat(version).isEqualTo(end.version());
        assertThat(states).containsExactlyInAnyOrderEntriesOf(end.states());
        return this;
    }

    /** How many answers it took. */
    int answers() {
        return answers;
    }

    private void follow() {
        RunAnswer answer = run.get("?since=0");
        take(answer);
        while (!answer.isTerminal()) {
            answer = run.get("?until=change&wait_ms=5000&since=" + version);
            take(answer);
        }
    }

    private void take(RunAnswer answer) {
        answers++;
        assertThat(answer.version()).isGreaterThanOrEqualTo(version);
        answer.states().forEach((id, state) -> {
            String before = states.put(id, state);
            assertThat(before == null || !RunAnswer.isSettled(before))
                    .as("%s was told as %s, then as %s", id, before, state)
                    .isTrue();
        });
        version = answer.version();
    }
}
