package dev.ratchet.acceptance;

import static org.assertj.core.api.Assertions.fail;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.function.Predicate;

/** One run, for whoever submitted it. Thread-safe. */
record RunHandle(Api api, String id) {
    /** Machines that build are slow at times; whatever takes longer than this hangs. */
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    RunAnswer now() {
        return get("");
    }

    /** @param query with its question mark; may be empty */
    RunAnswer get(String query) {
        return new RunAnswer(api.get(path(query)));
    }

    /** The run once it has ended. */
    RunAnswer ended() {
        return when("?until=terminal&wait_ms=10000", RunAnswer::isTerminal);
    }

    /** The run once it is as wanted; fails if it ends otherwise. */
    RunAnswer when(Predicate<RunAnswer> wanted) {
        RunAnswer answer = now();
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!wanted.test(answer)) {
            if (answer.isTerminal() || System.nanoTime() > deadline) {
                fail("Expected run %s to get somewhere, but it is %s", id, answer.json());
            }
            answer = get("?until=change&wait_ms=5000&since=" + (answer.isDegraded() ? 0 : answer.version()));
            answer = answer.isTerminal() || !wanted.test(answer) ? now() : answer;
        }
        return now();
    }

    private RunAnswer when(String query, Predicate<RunAnswer> wanted) {
        RunAnswer answer = get(query);
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!wanted.test(answer)) {
            if (System.nanoTime() > deadline) {
                fail("Expected run %s to end, but it is %s", id, answer.json());
            }
            answer = get(query);
        }
        return answer;
    }

    JsonNode abort() {
        return api.post(path("/abort"), "", 202);
    }

    /** What an abort of a run that has ended is told. */
    JsonNode abortRefused() {
        return api.post(path("/abort"), "", 409);
    }

    void raiseBudget(String usd) {
        api.post(path("/budget"), "{\"amount\": " + usd + ", \"currency\": \"USD\"}", 202);
    }

    JsonNode task(String task) {
        return api.get(path("/tasks/" + task));
    }

    JsonNode attempts(String task) {
        return api.get(path("/tasks/" + task + "/attempts")).path("attempts");
    }

    byte[] output(String task) {
        return api.bytes(path("/tasks/" + task + "/output"));
    }

    private String path(String rest) {
        return "/runs/" + id + rest;
    }
}
