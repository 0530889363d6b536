package dev.ratchet.task.prompt;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.NullNode;
import dev.ratchet.document.ErrorCode;
import dev.ratchet.document.Json;
import dev.ratchet.expression.Bindings;
import dev.ratchet.expression.Condition;
import dev.ratchet.expression.ConditionEvaluator;
import dev.ratchet.run.Answer;
import dev.ratchet.run.RunContext;
import dev.ratchet.run.TaskKey;
import dev.ratchet.run.Value;
import dev.ratchet.task.spi.Preparation;
import dev.ratchet.task.spi.TaskContext;
import dev.ratchet.task.spi.TaskExecutor;
import dev.ratchet.task.spi.TaskFailure;
import dev.ratchet.task.spi.TaskResult;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One prompt task and its attempt, as a worker would hand it to the executor. */
public final class PromptTask implements TaskContext {
    private final List<String> memory = new ArrayList<>();
    private final Map<String, Supplier<JsonNode>> dependencies = new LinkedHashMap<>();
    private final List<Runnable> closers = new CopyOnWriteArrayList<>();
    private JsonNode config = Json.read("{}", JsonNode.class);
    private JsonNode metadata = Json.read("{}", JsonNode.class);
    private JsonNode schema = MissingNode.getInstance();
    private JsonNode prepared = MissingNode.getInstance();
    private @Nullable JsonNode policy;
    private int attempt = 1;
    private volatile boolean cancelled;

    public static PromptTask of(String config) {
        PromptTask task = new PromptTask();
        task.config = json(config);
        return task;
    }

    public PromptTask memory(String text) {
        memory.add(text);
        return this;
    }

    public PromptTask dependency(String id, String output) {
        return dependency(id, () -> json(output));
    }

    public PromptTask dependency(String id, Supplier<JsonNode> output) {
        dependencies.put(id, output);
        return this;
    }

    public PromptTask metadata(String json) {
        metadata = json(json);
        return this;
    }

    public PromptTask outputSchema(String json) {
        schema = json(json);
        return this;
    }

    public PromptTask contextPolicy(String json) {
        policy = json(json);
        return this;
    }

    public PromptTask attempt(int number) {
        attempt = number;
        return this;
    }

    public void cancel() {
        cancelled = true;
        closers.forEach(Runnable::run);
    }

    public boolean isWatched() {
        return !closers.isEmpty();
    }

    /** Prepares, and keeps what was prepared for {@link #execute} as the worker does: as JSON text. */
    public Preparation.Ready prepare(TaskExecutor executor) throws TaskFailure {
        Preparation.Ready ready = (Preparation.Ready) executor.prepare(this);
        prepared = json(Json.write(ready.payload()));
        return ready;
    }

    public TaskResult execute(TaskExecutor executor) throws TaskFailure, InterruptedException {
        return executor.execute(this);
    }

    public TaskResult run(TaskExecutor executor) throws TaskFailure, InterruptedException {
        prepare(executor);
        return execute(executor);
    }

    public static JsonNode json(String text) {
        return Json.read(text, JsonNode.class);
    }

    @Override
    public RunContext run() {
        return new RunContext("run", "default", Map.of(), Value.of(NullNode.getInstance()), policy, 1);
    }

    @Override
    public TaskKey key() {
        return TaskKey.root("task");
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
        return json("{}");
    }

    @Override
    public JsonNode metadata() {
        return metadata;
    }

    @Override
    public JsonNode outputSchema() {
        return schema;
    }

    @Override
    public List<String> memory() {
        return memory;
    }

    @Override
    public Map<String, Supplier<JsonNode>> dependencies() {
        return dependencies;
    }

    @Override
    public JsonNode prepared() {
        return prepared;
    }

    @Override
    public JsonNode evaluate(String expression) throws TaskFailure {
        throw TaskFailure.permanent(ErrorCode.EXECUTION_FAILED, "Expected no expression, but a prompt evaluated one");
    }

    @Override
    public Answer test(JsonNode condition, JsonNode output) {
        return Answer.of(new ConditionEvaluator().test(Condition.parse(condition), Bindings.ofOutput(output)));
    }

    @Override
    public String idempotencyKey() {
        return "default/run/task";
    }

    @Override
    public String secret(String name) throws TaskFailure {
        throw TaskFailure.permanent(ErrorCode.SECRET_NOT_FOUND, "Expected no secret, but a prompt read one");
    }

    @Override
    public JsonNode store(InputStream content, String mimeType) throws TaskFailure {
        throw TaskFailure.permanent(ErrorCode.EXECUTION_FAILED, "Expected no blob, but a prompt stored one");
    }

    @Override
    public void onCancel(Runnable close) {
        closers.add(close);
    }

    @Override
    public boolean isCancelled() {
        return cancelled;
    }

    @Override
    public long remainingMs() {
        return 600_000;
    }
}
