package dev.ratchet.faults;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ratchet.document.Json;
import dev.ratchet.faults.EngineApi.Answer;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A client that asks again as long as nobody answers or the answer is that it cannot be now. Any other answer of 5xx is a
 * finding. Thread-safe.
 */
final class PatientClient implements RunsTold {
    private static final Duration BETWEEN_TRIES = Duration.ofMillis(250);

    private final EngineApi api;
    private final Findings findings;
    private final AtomicLong asked = new AtomicLong();
    private final AtomicLong unanswered = new AtomicLong();
    private final AtomicLong putOff = new AtomicLong();
    private volatile boolean closed;

    /** A call of the API. */
    interface Call {
        Answer send() throws IOException;
    }

    PatientClient(EngineApi api, Findings findings) {
        this.api = api;
        this.findings = findings;
    }

    /** Asks once; empty when there is nothing to be had from it now. */
    Optional<Answer> once(String what, Call call) {
        asked.incrementAndGet();
        try {
            Answer answer = call.send();
            if (answer.status() == 503) {
                putOff.incrementAndGet();
                return Optional.empty();
            }
            if (answer.status() >= 500) {
                findings.add("no 500", what, "%d %s", answer.status(), answer.body());
                return Optional.empty();
            }
            return Optional.of(answer);
        } catch (IOException away) {
            unanswered.incrementAndGet();
            return Optional.empty();
        }
    }

    /** Asks until there is an answer; empty when the round ended before. */
    Optional<Answer> until(String what, Call call) {
        while (!closed) {
            Optional<Answer> answer = once(what, call);
            if (answer.isPresent()) {
                return answer;
            }
            Pause.of(BETWEEN_TRIES);
        }
        return Optional.empty();
    }

    Optional<Answer> post(String path, JsonNode body) {
        return until("POST " + path, () -> api.post(path, body));
    }

    Optional<Answer> post(String path) {
        return post(path, nothing());
    }

    Optional<Answer> get(String path) {
        return until("GET " + path, () -> api.get(path, 30));
    }

    @Override
    public Optional<JsonNode> run(String run) {
        return get("/runs/" + run).filter(answer -> answer.status() == 200).map(Answer::body);
    }

    @Override
    public JsonNode attempts(String run, String task) {
        return get("/runs/" + run + "/tasks/" + URLEncoder.encode(task, StandardCharsets.UTF_8) + "/attempts")
                .orElseThrow()
                .body()
                .path("attempts");
    }

    EngineApi api() {
        return api;
    }

    static ObjectNode nothing() {
        return Json.mapper().createObjectNode();
    }

    /** Whoever still asks gives up. */
    void close() {
        closed = true;
    }

    boolean isClosed() {
        return closed;
    }

    @Override
    public String toString() {
        return "%d calls of the API, %d unanswered, %d answered with 503"
                .formatted(asked.get(), unanswered.get(), putOff.get());
    }
}
