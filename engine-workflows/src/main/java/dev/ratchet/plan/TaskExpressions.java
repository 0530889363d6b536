package dev.ratchet.plan;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.ratchet.document.EdgeDocument;
import dev.ratchet.document.ErrorCode;
import dev.ratchet.document.Pointers;
import dev.ratchet.document.Problem;
import dev.ratchet.document.TaskDocument;
import dev.ratchet.expression.Condition;
import dev.ratchet.expression.ExpressionException;
import dev.ratchet.expression.Expressions;
import dev.ratchet.expression.Names;
import dev.ratchet.expression.Reads;
import dev.ratchet.expression.Root;
import dev.ratchet.expression.Templates;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Compiles all expressions of one task: those in its fields, its own condition and those of the edges into it. */
final class TaskExpressions {
    private static final String INPUT = "input";

    private final TaskDocument task;
    private final TaskType type;
    private final Steering steering;
    private final Predicate<String> executed;
    private final Names own;
    private final Names edge;
    private final List<Problem> problems = new ArrayList<>();
    private final SortedSet<String> late = new TreeSet<>();

    /**
     * @param readable the tasks that are settled before this one, as far as known
     * @param executed the tasks that somebody executes, who can then answer questions about the output
     */
    TaskExpressions(
            TaskDocument task,
            TaskForm form,
            Surroundings around,
            Predicate<String> readable,
            Predicate<String> executed) {
        this.task = task;
        this.type = form.type();
        this.steering = form.steering();
        this.executed = executed;
        this.own = around.names(Root.INPUT, Root.ARGS, Root.RUN).withTasks(readable);
        this.edge = around.names(Root.INPUT, Root.OUTPUT, Root.RUN).withTasks(readable);
    }

    /**
     * What the expressions of a task come to.
     *
     * @param reads ids of the tasks that its fields read
     * @param lateReads ids of the tasks whose results must be at hand to decide whether it runs
     * @param when its own condition in canonical JSON
     * @param conditions one entry for each edge into it
     * @param decided what it decides about other tasks
     */
    record Result(
            SortedSet<String> reads,
            SortedSet<String> lateReads,
            @Nullable JsonNode when,
            List<EdgeCondition> conditions,
            List<Decided> decided,
            List<Problem> problems) {
        Result {
            conditions = List.copyOf(conditions);
            decided = List.copyOf(decided);
            problems = List.copyOf(problems);
        }

        /** The same with other reads and problems. */
        Result with(SortedSet<String> otherReads, List<Problem> otherProblems) {
            return new Result(otherReads, lateReads, when, conditions, decided, otherProblems);
        }
    }

    /** A condition that is the task's own work, in canonical JSON, and the tasks that it reads. */
    record Decided(JsonNode condition, SortedSet<String> reads) {}

    /** The condition of an edge, by when it can be answered. */
    sealed interface EdgeCondition {
        /** There is none. */
        record None() implements EdgeCondition {}

        /** By whoever has the source's output. */
        record AtSource(JsonNode condition) implements EdgeCondition {}

        /** Once everything upstream of the target is settled. */
        record Late(JsonNode entry) implements EdgeCondition {}
    }

    private static final EdgeCondition NONE = new EdgeCondition.None();

    Result check(List<EdgeDocument> incoming) {
        List<EdgeCondition> conditions = new ArrayList<>(incoming.size());
        incoming.forEach(edge -> conditions.add(condition(edge)));
        Reads inInput = templates(task.values().input(), INPUT, own.without(Root.ARGS));
        JsonNode when = when(inInput);
        Reads reads = inInput.and(memory());
        for (Map.Entry<String, JsonNode> field : task.config().properties()) {
            reads = reads.and(field(field.getKey(), field.getValue()));
        }
        SortedSet<String> all = new TreeSet<>(reads.tasks());
        List<Decided> decided = decided(inInput);
        decided.forEach(each -> all.addAll(each.reads()));
        return new Result(all, late, when, conditions, decided, problems);
    }

    private List<Decided> decided(Reads inInput) {
        Names names = own.with(Root.OUTPUT);
        if (steering.repeats() instanceof Steering.Repeats.Turns) {
            names = names.with(Root.ITERATION, Root.PREVIOUS);
        }
        List<Decided> decided = new ArrayList<>();
        for (Steering.Clause clause : steering.conditions()) {
            try {
                Condition condition = Condition.parse(clause.condition());
                Reads reads = condition.check(names);
                SortedSet<String> tasks = new TreeSet<>(reads.tasks());
                if (reads.reads(Root.ARGS)) {
                    tasks.addAll(inInput.tasks());
                }
                decided.add(new Decided(condition.toJson(), tasks));
            } catch (ExpressionException e) {
                problem(task.atConfig(clause.pointer()), e.text());
            }
        }
        return decided;
    }

    private Reads field(String name, JsonNode value) {
        if (type.verbatimFields().contains(name)) {
            return Reads.NONE;
        }
        Names names = type.secretFields().contains(name) ? own.with(Root.SECRETS) : own;
        if (type.expressionFields().contains(name)) {
            return value.isTextual() ? expression(value.textValue(), name, names) : Reads.NONE;
        }
        return templates(value, name, names);
    }

    private Reads expression(String cel, String field, Names names) {
        try {
            return Expressions.check(cel, names).reads();
        } catch (ExpressionException e) {
            problem(task.at(field), e.text());
            return Reads.NONE;
        }
    }

    private Reads memory() {
        Reads reads = Reads.NONE;
        for (int i = 0; i < task.values().memory().size(); i++) {
            JsonNode text =
                    JsonNodeFactory.instance.textNode(task.values().memory().get(i));
            reads = reads.and(templatesAt(text, Pointers.element(task.at("memory"), i), own));
        }
        return reads;
    }

    private Reads templates(@Nullable JsonNode value, String field, Names names) {
        return value == null || !mayHoldTemplate(value) ? Reads.NONE : templatesAt(value, task.at(field), names);
    }

    private Reads templatesAt(JsonNode value, String at, Names names) {
        return Templates.check(
                value, JsonPointer.compile(at), names, (pointer, message) -> problem(pointer.toString(), message));
    }

    private static boolean mayHoldTemplate(JsonNode value) {
        if (value.isTextual()) {
            return value.textValue().contains("${");
        }
        for (JsonNode part : value) {
            if (mayHoldTemplate(part)) {
                return true;
            }
        }
        return false;
    }

    /** The condition reads {@code args}, so what {@code input} reads must be at hand for it too. */
    private @Nullable JsonNode when(Reads inInput) {
        JsonNode written = task.values().when();
        if (written == null) {
            return null;
        }
        try {
            Condition condition = Condition.parse(written);
            Reads reads = condition.check(own);
            late.addAll(reads.tasks());
            if (reads.reads(Root.ARGS)) {
                late.addAll(inInput.tasks());
            }
            return condition.toJson();
        } catch (ExpressionException e) {
            problem(task.at("when"), e.text());
            return null;
        }
    }

    private EdgeCondition condition(EdgeDocument edge) {
        if (edge.condition() == null) {
            return NONE;
        }
        try {
            Condition condition = Condition.parse(edge.condition().value());
            Reads reads = condition.check(this.edge);
            String from = edge.from().value();
            if (!reads.reads(Root.TASKS) && executed.test(from)) {
                return new EdgeCondition.AtSource(condition.toJson());
            }
            late.addAll(reads.tasks());
            if (reads.reads(Root.OUTPUT)) {
                late.add(from);
            }
            return new EdgeCondition.Late(
                    JsonNodeFactory.instance.objectNode().put("from", from).set("condition", condition.toJson()));
        } catch (ExpressionException e) {
            problem(edge.condition().pointer(), e.text());
            return NONE;
        }
    }

    private void problem(String pointer, String message) {
        problems.add(new Problem(pointer, ErrorCode.EXPRESSION_INVALID.wire(), message));
    }
}
