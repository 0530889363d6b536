package dev.ratchet.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;

/** A reader that follows a run all the time, whatever goes away meanwhile. Reads that fail are part of the day. */
final class RunWatch implements AutoCloseable {
    /** More for runs of many tasks, which are work to read. */
    private static final Duration BETWEEN_READS = Duration.ofMillis(100);

    private final EngineApi api;
    private final String run;
    private final RunReads reads = new RunReads();
    private final Thread reader;
    private volatile boolean stopped;

    RunWatch(EngineApi api, String run) {
        this.api = api;
        this.run = run;
        this.reader = Thread.ofVirtual().start(this::follow);
    }

    /** Waits until the reader has seen the end, and holds what it put together against a last look at the whole. */
    void checkAgainst(JsonNode whole) throws InterruptedException {
        assertThat(reader.join(Duration.ofSeconds(30)))
                .as("the reader of %s has seen its end", run)
                .isTrue();
        assertThat(reads.violations(whole))
                .as("what readers of %s were told", run)
                .isEmpty();
    }

    @Override
    public void close() {
        stopped = true;
        reader.interrupt();
    }

    private void follow() {
        while (!stopped && !reads.isEnded()) {
            long version = reads.version();
            String since = version == 0 ? "" : "?since=" + version + "&until=change&wait_ms=2000";
            try {
                EngineApi.Answer answer = api.get("/runs/" + run + since, 10);
                if (answer.status() == 200 && answer.body().has("version")) {
                    reads.take(answer.body());
                }
            } catch (IOException away) {
                // it comes back, or the test says that it did not
            }
            Pause.of(BETWEEN_READS.plusMillis(reads.size() / 10));
        }
    }
}
