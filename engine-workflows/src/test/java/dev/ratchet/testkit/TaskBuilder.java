package dev.ratchet.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.ratchet.plan.Body;
import dev.ratchet.plan.Edge;
import dev.ratchet.plan.Node;
import dev.ratchet.plan.Policies.ExecutionMode;
import dev.ratchet.plan.Policies.TriggerRule;
import dev.ratchet.plan.Question;
import dev.ratchet.plan.RetryPolicy;
import dev.ratchet.plan.TaskSpec;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One task of a {@link PlanBuilder}: dispatched, without edges, one attempt, unless said otherwise. */
public final class TaskBuilder {
    private final String id;
    private final List<Edge> edges = new ArrayList<>();
    private final List<Question> questions = new ArrayList<>();
    private final List<JsonNode> late = new ArrayList<>();
    private @Nullable JsonNode when;
    private List<String> lateReads = List.of();
    private ExecutionMode mode = ExecutionMode.DISPATCHED;
    private boolean quick;
    private @Nullable TriggerRule rule;
    private RetryPolicy retry = RetryPolicy.ONCE;
    private boolean allowFailure;
    private @Nullable String group;
    private @Nullable String taskQueue;
    private @Nullable Body repeated;
    private long timeoutMs = 600_000;

    TaskBuilder(String id) {
        this.id = id;
    }

    /** Plain dependencies. */
    public TaskBuilder after(String... sources) {
        for (String source : sources) {
            edges.add(Edge.plain(source));
        }
        return this;
    }

    /** A dependency on one port; the source's script answers whether it is there, in the order in which edges were added. */
    public TaskBuilder afterPort(String source, String port) {
        edges.add(new Edge(source, port, null, 0, -1, -1));
        return this;
    }

    /** A dependency with a condition that the source's output alone decides. */
    public TaskBuilder afterIf(String source) {
        edges.add(new Edge(source, null, null, -1, 0, -1));
        return this;
    }

    /** A dependency with a condition that is answered when everything upstream of this task is settled. */
    public TaskBuilder afterIfLate(String source) {
        edges.add(new Edge(source, null, null, -1, -1, late.size()));
        late.add(JsonNodeFactory.instance.objectNode().put("from", source).put("condition", "true"));
        return this;
    }

    /** A dependency whose output feeds an input. */
    public TaskBuilder fedBy(String source, String input) {
        edges.add(new Edge(source, null, input, -1, -1, -1));
        return this;
    }

    /** It has a condition of its own. */
    public TaskBuilder conditional(String... reads) {
        when = BooleanNode.TRUE;
        lateReads = List.of(reads);
        return this;
    }

    public TaskBuilder mode(ExecutionMode kind) {
        mode = kind;
        return this;
    }

    public TaskBuilder quick() {
        quick = true;
        return this;
    }

    public TaskBuilder rule(TriggerRule own) {
        rule = own;
        return this;
    }

    public TaskBuilder retry(RetryPolicy policy) {
        retry = policy;
        return this;
    }

    /** So many attempts, a second apart, on whatever is retryable. */
    public TaskBuilder attempts(int most) {
        return retry(new RetryPolicy(most, 1_000, BigDecimal.ONE, 60_000, List.of()));
    }

    public TaskBuilder allowFailure() {
        allowFailure = true;
        return this;
    }

    public TaskBuilder group(String name) {
        group = name;
        return this;
    }

    public TaskBuilder taskQueue(String name) {
        taskQueue = name;
        return this;
    }

    public TaskBuilder timeout(Duration timeout) {
        timeoutMs = timeout.toMillis();
        return this;
    }

    /** Repeats a body for as long as its script's late answers say. */
    public TaskBuilder loop(PlanBuilder body, int maxIterations, boolean goOnWhenExhausted) {
        mode = ExecutionMode.COMPOSITE;
        timeoutMs = TaskSpec.NO_TIMEOUT_MS;
        repeated = new Body.Loop(
                body.build().root(), BooleanNode.TRUE, false, maxIterations, goOnWhenExhausted, List.of());
        return this;
    }

    /** Repeats a body for each item; its script says how many there are. */
    public TaskBuilder each(PlanBuilder body, int parallelism, boolean collect) {
        mode = ExecutionMode.COMPOSITE;
        timeoutMs = TaskSpec.NO_TIMEOUT_MS;
        repeated = new Body.Each(body.build().root(), parallelism, collect);
        return this;
    }

    void forgetQuestions() {
        questions.clear();
    }

    /** Puts to the sources what the edges of this task want to know. */
    void ask(Map<String, TaskBuilder> tasks) {
        edges.replaceAll(edge -> ask(tasks.get(edge.from()), edge));
    }

    private Edge ask(@Nullable TaskBuilder source, Edge edge) {
        if (source == null || (edge.portQuestion() < 0 && edge.conditionQuestion() < 0)) {
            return edge;
        }
        String port = edge.port();
        source.questions.add(port == null ? new Question.Holds(TextNode.valueOf(id)) : new Question.Port(port));
        int number = source.questions.size() - 1;
        return new Edge(edge.from(), port, edge.toInput(), port == null ? -1 : number, port == null ? number : -1, -1);
    }

    Node build(TriggerRule usual) {
        return new Node(
                new TaskSpec(
                        id, "test", null, null, null, List.of(), null, List.copyOf(questions), List.of(), timeoutMs),
                mode,
                quick,
                edges,
                late,
                when,
                lateReads,
                rule == null ? usual : rule,
                retry,
                allowFailure,
                group,
                taskQueue,
                null,
                0,
                repeated);
    }
}
