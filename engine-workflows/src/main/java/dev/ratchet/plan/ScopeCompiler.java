package dev.ratchet.plan;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ratchet.document.EdgeDocument;
import dev.ratchet.document.ErrorCode;
import dev.ratchet.document.GraphDocument;
import dev.ratchet.document.Problem;
import dev.ratchet.document.Problems;
import dev.ratchet.document.TaskDocument;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * Compiles one graph of sound form: finds all problems of the graph, or builds its scope. The bodies of composite tasks are
 * compiled by compilers of their own, as deep as the form allows.
 */
final class ScopeCompiler {
    private final TaskType.Catalogue types;
    private final Models models;
    private final Links links;
    private final Order order;
    private final List<TaskForm> forms;
    private final Surroundings surroundings;
    private final Problems problems;
    private final Map<Integer, BodyCompiler> bodies = new HashMap<>();
    private List<TaskExpressions.Result> expressions = List.of();

    /** @param surroundings what its tasks may read of what is around it */
    ScopeCompiler(
            TaskType.Catalogue types,
            Models models,
            GraphDocument graph,
            List<TaskForm> forms,
            Surroundings surroundings,
            Problems problems) {
        this.types = types;
        this.models = models;
        this.forms = forms;
        this.surroundings = surroundings;
        this.problems = problems;
        // Missing ends and doubled edges are collected first and reported after a cycle, in the contract's order.
        Problems ends = new Problems();
        this.links = Links.of(graph, ends);
        this.order = new Order(links);
        order.reportCycle(problems);
        ends.list().stream().filter(problem -> isMissingEnd(problem.code())).forEach(problems::add);
        ends.list().stream().filter(problem -> !isMissingEnd(problem.code())).forEach(problems::add);
    }

    private static boolean isMissingEnd(String code) {
        return code.equals(ErrorCode.DEP_NOT_FOUND.wire());
    }

    Links links() {
        return links;
    }

    Order order() {
        return order;
    }

    /** Finds all that is wrong with the graph. */
    void check() {
        new Groups(links, problems).check(types, order.isComplete());
        for (int i = 0; i < links.size(); i++) {
            forms.get(i).graphProblems().forEach(problems::add);
            checkTargets(i);
        }
        checkModels();
        expressions = checkExpressions();
    }

    /** The scope; only of a graph without problems. */
    Scope scope(EffectivePolicy policy, List<String> memory) {
        Map<Integer, Body> made = new HashMap<>();
        bodies.forEach((index, body) -> made.put(index, body.body(policy, memory)));
        return new Scope(new NodeAssembly(links, policy, memory).nodes(forms, expressions, made));
    }

    /** Whoever may be chosen waits for the choice. */
    private void checkTargets(int index) {
        TaskDocument task = links.task(index);
        for (Steering.Target target : forms.get(index).steering().targets()) {
            int to = links.indexOf(target.id());
            boolean waits = to >= 0
                    && links.incoming(to).stream()
                            .map(EdgeDocument::from)
                            .anyMatch(from -> from.value().equals(task.id()));
            if (!waits) {
                problems.add(
                        task.atConfig(target.pointer()),
                        ErrorCode.DAG_INVALID,
                        "Expected '" + target.id() + "' to name '" + task.id() + "' in its deps, but "
                                + (to < 0 ? "there is no such task" : "it does not"));
            }
        }
    }

    private void checkModels() {
        for (int i = 0; i < links.size(); i++) {
            TaskDocument task = links.task(i);
            JsonNode model = task.config().path("model");
            if (forms.get(i).type().mode() == Policies.ExecutionMode.PREPARED
                    && model.isTextual()
                    && !Holes.isTemplate(model.textValue())
                    && !models.known(model.textValue())) {
                problems.add(task.at("model"), ErrorCode.MODEL_UNKNOWN, models.refusal(model.textValue()));
            }
        }
    }

    private List<TaskExpressions.Result> checkExpressions() {
        List<TaskExpressions.Result> results = new ArrayList<>(links.size());
        List<Ancestry.Pair> pairs = new ArrayList<>();
        for (int i = 0; i < links.size(); i++) {
            TaskExpressions.Result result = expressions(i, Set.of());
            addPairs(i, result.reads(), pairs);
            addPairs(i, result.lateReads(), pairs);
            results.add(result);
        }
        Map<Integer, Set<String>> unsettled = new HashMap<>();
        for (Ancestry.Pair pair : new Ancestry(links, order).missing(pairs)) {
            unsettled
                    .computeIfAbsent(pair.reader(), reader -> new HashSet<>())
                    .add(links.task(pair.read()).id());
        }
        unsettled.forEach((reader, ids) -> results.set(reader, expressions(reader, ids)));
        results.forEach(result -> result.problems().forEach(problems::add));
        return results;
    }

    private TaskExpressions.Result expressions(int index, Set<String> unsettled) {
        Predicate<String> readable =
                id -> links.indexOf(id) >= 0 ? !unsettled.contains(id) : surroundings.isReadable(id);
        TaskForm form = forms.get(index);
        TaskExpressions own = new TaskExpressions(links.task(index), form, surroundings, readable, this::answers);
        TaskExpressions.Result result = own.check(links.incoming(index));
        TaskForm.BodyForm body = form.body();
        return body == null ? result : withBody(index, form, body, readable, result);
    }

    /** What a body reads of what is around it must be at hand for the task that repeats it. */
    private TaskExpressions.Result withBody(
            int index,
            TaskForm form,
            TaskForm.BodyForm body,
            Predicate<String> readable,
            TaskExpressions.Result result) {
        BodyCompiler compiler = new BodyCompiler(form, result.decided(), readable, surroundings);
        List<Problem> found = new ArrayList<>(result.problems());
        found.addAll(compiler.compile(types, models, body));
        bodies.put(index, compiler);
        SortedSet<String> reads = new TreeSet<>(result.reads());
        reads.addAll(compiler.reads());
        return result.with(reads, found);
    }

    /** Whether somebody has the output of a task at hand when it completes, and can answer for it. */
    private boolean answers(String id) {
        int index = links.indexOf(id);
        return index < 0 || !forms.get(index).type().mode().isParked();
    }

    /** Direct sources are upstream; of everything else it must be asked. */
    private void addPairs(int reader, SortedSet<String> reads, List<Ancestry.Pair> pairs) {
        for (String id : reads) {
            int read = links.indexOf(id);
            boolean direct = read < 0;
            for (int source : links.sources(reader)) {
                direct |= source == read;
            }
            if (!direct) {
                pairs.add(new Ancestry.Pair(reader, read));
            }
        }
    }
}
