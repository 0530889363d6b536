package dev.ratchet.task;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.ratchet.document.ErrorCode;
import dev.ratchet.document.Json;
import dev.ratchet.expression.Bindings;
import dev.ratchet.expression.Condition;
import dev.ratchet.expression.ConditionEvaluator;
import dev.ratchet.run.Answer;
import dev.ratchet.run.RunContext;
import dev.ratchet.run.TaskKey;
import dev.ratchet.run.Value;
import dev.ratchet.task.spi.TaskContext;
import dev.ratchet.task.spi.TaskFailure;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One attempt without an engine: what a test says it knows, what it stored, and a way to cancel it. */
public final class FakeTaskContext implements TaskContext {
    private final Map<String, byte[]> stored = new ConcurrentHashMap<>();
    private final List<Runnable> closers = new CopyOnWriteArrayList<>();
    private JsonNode config = Json.mapper().createObjectNode();
    private JsonNode input = Json.mapper().createObjectNode();
    private JsonNode prepared = MissingNode.getInstance();
    private int attempt = 1;
    private long remainingMs = 600_000;
    private volatile boolean cancelled;
    private Function<String, @Nullable JsonNode> expressions = text -> null;

    public static FakeTaskContext of(String config) {
        return new FakeTaskContext().config(config);
    }

    public FakeTaskContext config(String json) {
        config = Json.read(json.replace('\'', '"'), JsonNode.class);
        return this;
    }

    public FakeTaskContext config(JsonNode fields) {
        config = fields;
        return this;
    }

    public FakeTaskContext input(String json) {
        input = Json.read(json.replace('\'', '"'), JsonNode.class);
        return this;
    }

    public FakeTaskContext input(JsonNode value) {
        input = value;
        return this;
    }

    public FakeTaskContext prepared(JsonNode value) {
        prepared = value;
        return this;
    }

    public FakeTaskContext attempt(int number) {
        attempt = number;
        return this;
    }

    public FakeTaskContext remainingMs(long millis) {
        remainingMs = millis;
        return this;
    }

    public FakeTaskContext evaluating(Function<String, @Nullable JsonNode> answers) {
        expressions = answers;
        return this;
    }

    /** What the dispatcher does on cancellation, but for the interrupt. */
    public void cancel() {
        cancelled = true;
        closers.forEach(Runnable::run);
    }

    public byte @Nullable [] stored(String ref) {
        return stored.get(ref);
    }

    @Override
    public RunContext run() {
        return new RunContext("r1", "default", Map.of(), Value.of(Json.mapper().createObjectNode()), null, 1);
    }

    @Override
    public TaskKey key() {
        return TaskKey.root("t1");
    }

    @Override
    public int attempt() {
        return attempt;
    }

    @Override
    public int delivery() {
        return 1;
    }

    @Override
    public JsonNode config() {
        return config;
    }

    @Override
    public JsonNode input() {
        return input;
    }

    @Override
    public JsonNode metadata() {
        return Json.mapper().createObjectNode();
    }

    @Override
    public JsonNode outputSchema() {
        return MissingNode.getInstance();
    }

    @Override
    public List<String> memory() {
        return List.of();
    }

    @Override
    public Map<String, Supplier<JsonNode>> dependencies() {
        return Map.of();
    }

    @Override
    public JsonNode prepared() {
        return prepared;
    }

    @Override
    public JsonNode evaluate(String expression) throws TaskFailure {
        JsonNode value = expressions.apply(expression);
        if (value == null) {
            throw TaskFailure.permanent(ErrorCode.EXECUTION_FAILED, "Expected a value, but '" + expression + "' fails");
        }
        return value;
    }

    @Override
    public Answer test(JsonNode condition, JsonNode output) {
        return Answer.of(new ConditionEvaluator().test(Condition.parse(condition), Bindings.ofOutput(output)));
    }

    @Override
    public String idempotencyKey() {
        return "default/r1/t1";
    }

    @Override
    public String secret(String name) throws TaskFailure {
        throw TaskFailure.permanent(ErrorCode.SECRET_NOT_FOUND, "Expected secret '" + name + "', but there is none");
    }

    @Override
    public JsonNode store(InputStream content, String mimeType) throws TaskFailure {
        byte[] bytes;
        try {
            bytes = content.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        String ref = "blob-" + (stored.size() + 1);
        stored.put(ref, bytes);
        return Json.mapper()
                .createObjectNode()
                .put("ref", ref)
                .put("size", bytes.length)
                .put("mime_type", mimeType);
    }

    @Override
    public void onCancel(Runnable close) {
        closers.add(close);
        if (cancelled) {
            close.run();
        }
    }

    @Override
    public boolean isCancelled() {
        return cancelled;
    }

    @Override
    public long remainingMs() {
        return remainingMs;
    }
}
