package dev.ratchet.task.dispatch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.ratchet.expression.Bindings;
import dev.ratchet.expression.Evaluator;
import dev.ratchet.expression.ExpressionException;
import dev.ratchet.expression.Root;
import dev.ratchet.run.Answer;
import dev.ratchet.run.Attempt;
import dev.ratchet.run.RunContext;
import dev.ratchet.run.TaskKey;
import dev.ratchet.task.blob.BlobStore;
import dev.ratchet.task.blob.Values;
import dev.ratchet.task.secret.Masking;
import dev.ratchet.task.spi.TaskContext;
import dev.ratchet.task.spi.TaskExecutor;
import dev.ratchet.task.spi.TaskFailure;
import java.io.InputStream;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** What one attempt sees: its fields and input resolved when they are first asked for, everything else read on demand. */
final class AttemptContext implements TaskContext {
    /** Stands before the first attempt of what is asked, once something else was asked of the same task before. */
    private static final String ANOTHER_REQUEST = "~";

    private static final Evaluator EVALUATOR = new Evaluator();

    private final Toolbox tools;
    private final Scene scene;
    private final Attempt attempt;
    private final StopSwitch stops;
    private final SecretAccess secrets;
    private final Masking masking = new Masking();
    private final Bindings bindings;
    private final Memo<JsonNode> config;
    private final Memo<JsonNode> input;
    private final Memo<List<String>> memory;
    private final Memo<JsonNode> prepared;
    private final long deadline;

    AttemptContext(Toolbox tools, Scene scene, Attempt attempt, TaskExecutor executor, StopSwitch stops) {
        this.tools = tools;
        this.scene = scene;
        this.attempt = attempt;
        this.stops = stops;
        this.secrets = new SecretAccess(tools.secrets(), scene.run().organization(), masking);
        Resolving resolving = new Resolving(scene, attempt, executor, secrets);
        this.input = new Memo<>(resolving::input);
        this.bindings = resolving.bindings(input);
        this.config = new Memo<>(() -> resolving.config(bindings, input));
        this.memory = new Memo<>(() -> Resolving.texts(attempt.task().memory(), bindings));
        this.prepared = new Memo<>(this::loadPrepared);
        this.deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(Timeouts.of(attempt));
    }

    /** What hides the secrets that this attempt has seen so far. */
    Masking masking() {
        return masking;
    }

    /** Resolves input, fields and memory now, so that what is wrong with them is known before anything happens. */
    void resolve() {
        input.get();
        config.get();
        memory.get();
    }

    /** What the conditions of this task's out-edges may name while its output is at hand. */
    Bindings onEdge(JsonNode output) {
        Bindings.Builder names = Bindings.builder()
                .lazy(Root.INPUT, scene::input)
                .lazy(Root.RUN, scene::facts)
                .value(Root.OUTPUT, output);
        Turns.bind(names, scene, attempt.key().scope());
        return names.build();
    }

    @Override
    public RunContext run() {
        return scene.run();
    }

    @Override
    public TaskKey key() {
        return attempt.key();
    }

    @Override
    public int attempt() {
        return attempt.attempt();
    }

    @Override
    public int delivery() {
        return attempt.delivery();
    }

    @Override
    public JsonNode config() {
        return config.get();
    }

    @Override
    public JsonNode input() {
        return input.get();
    }

    @Override
    public JsonNode metadata() {
        JsonNode metadata = attempt.task().metadata();
        return metadata == null ? JsonNodeFactory.instance.objectNode() : metadata;
    }

    @Override
    public JsonNode outputSchema() {
        JsonNode schema = attempt.task().outputSchema();
        return schema == null ? MissingNode.getInstance() : schema;
    }

    @Override
    public List<String> memory() {
        return memory.get();
    }

    @Override
    public Map<String, Supplier<JsonNode>> dependencies() {
        Map<String, Supplier<JsonNode>> outputs = new LinkedHashMap<>();
        for (String id : attempt.context()) {
            Scene.Seen seen = scene.find(attempt.key().scope(), id);
            Supplier<JsonNode> output = seen == null ? null : seen.output();
            if (output != null) {
                outputs.put(id, output);
            }
        }
        return Collections.unmodifiableMap(outputs);
    }

    @Override
    public JsonNode prepared() {
        return prepared.get();
    }

    @Override
    public JsonNode evaluate(String expression) throws TaskFailure {
        try {
            return EVALUATOR.evaluate(expression, bindings);
        } catch (ExpressionException e) {
            throw Failures.of(e, key(), masking);
        }
    }

    @Override
    public Answer test(JsonNode condition, JsonNode output) {
        return Answers.test(condition, bindings.with(Root.OUTPUT, output));
    }

    @Override
    public String idempotencyKey() {
        String path = run().workflowId() + "/" + key();
        return attempt.earlier() == 0 ? path : path + ANOTHER_REQUEST + (attempt.earlier() + 1);
    }

    @Override
    public String secret(String name) throws TaskFailure {
        return secrets.require(name);
    }

    @Override
    public JsonNode store(InputStream content, String mimeType) throws TaskFailure {
        return Values.describe(new MaskedStore(tools.blobs(), masking).put(content, mimeType));
    }

    @Override
    public void onCancel(Runnable close) {
        stops.onStop(close);
    }

    @Override
    public boolean isCancelled() {
        return stops.isStopped();
    }

    @Override
    public long remainingMs() {
        return Math.max(0, TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime()));
    }

    private JsonNode loadPrepared() {
        var value = attempt.prepared();
        return value == null ? MissingNode.getInstance() : tools.values().load(value, BlobStore.MAX_BYTES);
    }
}
