package dev.ratchet.task.dispatch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ratchet.document.Json;
import dev.ratchet.plan.Question;
import dev.ratchet.plan.TaskSpec;
import dev.ratchet.run.Attempt;
import dev.ratchet.run.RunContext;
import dev.ratchet.run.Source;
import dev.ratchet.run.TaskError;
import dev.ratchet.run.TaskKey;
import dev.ratchet.run.Value;
import dev.ratchet.workflow.DispatchRequest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Builds what a run sends to a worker. */
final class Requests {
    static final RunContext RUN = new RunContext(
            "r1", "acme", Map.of("team", "growth"), Value.of(FakeTasks.json("{\"topic\": \"rain\"}")), null, 1);

    private final Map<String, Source> sources = new LinkedHashMap<>();

    static AttemptBuilder attempt(String key, String type) {
        return new AttemptBuilder(key, type);
    }

    Requests completed(String key, String output) {
        return completed(key, Value.of(FakeTasks.json(output)));
    }

    Requests completed(String key, Value output) {
        sources.put(key, new Source("completed", output, null));
        return this;
    }

    Requests failed(String key, String code) {
        sources.put(key, new Source("failed", null, new TaskError(code, "broken", null)));
        return this;
    }

    Map<String, Source> sources() {
        return sources;
    }

    DispatchRequest request(AttemptBuilder... attempts) {
        return request(16 * 1024, attempts);
    }

    DispatchRequest request(int allowance, AttemptBuilder... attempts) {
        return new DispatchRequest(
                1, RUN, Arrays.stream(attempts).map(AttemptBuilder::build).toList(), sources, allowance, null);
    }

    /** One attempt, with a minute of time unless the test says otherwise. */
    static final class AttemptBuilder {
        private final TaskKey key;
        private final String type;
        private final List<Question> questions = new ArrayList<>();
        private final List<Attempt.Feed> feeds = new ArrayList<>();
        private final ObjectNode config = Json.mapper().createObjectNode();
        private List<String> reads = List.of();
        private List<String> memory = List.of("remember");
        private @Nullable JsonNode input;
        private @Nullable JsonNode outputSchema;
        private @Nullable Value prepared;
        private int earlier;
        private long timeoutMs = 60_000;

        private AttemptBuilder(String key, String type) {
            this.key = TaskKey.parse(key);
            this.type = type;
        }

        AttemptBuilder config(String field, String json) {
            config.set(field, FakeTasks.json(json));
            return this;
        }

        AttemptBuilder input(String json) {
            input = FakeTasks.json(json);
            return this;
        }

        AttemptBuilder outputSchema(String json) {
            outputSchema = FakeTasks.json(json);
            return this;
        }

        AttemptBuilder memory(String... texts) {
            memory = List.of(texts);
            return this;
        }

        AttemptBuilder reads(String... ids) {
            reads = List.of(ids);
            return this;
        }

        AttemptBuilder feed(String from, @Nullable String port, String toInput) {
            feeds.add(new Attempt.Feed(from, port, toInput));
            return this;
        }

        AttemptBuilder asks(Question question) {
            questions.add(question);
            return this;
        }

        AttemptBuilder prepared(Value value) {
            prepared = value;
            return this;
        }

        /** So many attempts were of another request. */
        AttemptBuilder earlier(int attempts) {
            earlier = attempts;
            return this;
        }

        AttemptBuilder timeoutMs(long millis) {
            timeoutMs = millis;
            return this;
        }

        Attempt build() {
            TaskSpec task = new TaskSpec(
                    key.id(), type, config, input, outputSchema, memory, null, questions, reads, timeoutMs);
            return new Attempt(
                    key,
                    task,
                    earlier + 1,
                    1,
                    feeds,
                    feeds.stream().map(Attempt.Feed::from).toList(),
                    prepared,
                    earlier);
        }
    }
}
