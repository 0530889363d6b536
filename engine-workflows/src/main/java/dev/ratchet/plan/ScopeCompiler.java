package dev.ratchet.plan;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ratchet.document.ErrorCode;
import dev.ratchet.document.GraphDocument;
import dev.ratchet.document.Problems;
import dev.ratchet.document.TaskDocument;
import dev.ratchet.expression.Names;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;

/** Compiles one graph of sound form: finds all problems of the graph, or builds its scope. */
final class ScopeCompiler {
    private final TaskType.Catalogue types;
    private final Models models;
    private final Links links;
    private final Order order;
    private final List<TaskForm> forms;
    private final Names names;
    private final Problems problems;

    /** @param names what every expression may read, whatever it stands for */
    ScopeCompiler(
            TaskType.Catalogue types,
            Models models,
            GraphDocument graph,
            List<TaskForm> forms,
            Names names,
            Problems problems) {
        this.names = names;
        this.types = types;
        this.models = models;
        this.forms = forms;
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

    /** What the expressions of each task come to; with problems reported, what could be made of them. */
    List<TaskExpressions.Result> check() {
        new Groups(links, problems).check(types, order.isComplete());
        for (int i = 0; i < links.size(); i++) {
            forms.get(i).graphProblems().forEach(problems::add);
        }
        checkModels();
        return checkExpressions();
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
        return new TaskExpressions(
                        links.task(index),
                        forms.get(index).type(),
                        id -> links.indexOf(id) >= 0 && !unsettled.contains(id),
                        id -> links.indexOf(id) < 0
                                || forms.get(links.indexOf(id)).type().mode() != Policies.ExecutionMode.PARKED,
                        names)
                .check(links.incoming(index));
    }

    /** Direct sources are upstream; of everything else it must be asked. */
    private void addPairs(int reader, SortedSet<String> reads, List<Ancestry.Pair> pairs) {
        for (String id : reads) {
            int read = links.indexOf(id);
            boolean direct = false;
            for (int source : links.sources(reader)) {
                direct |= source == read;
            }
            if (!direct) {
                pairs.add(new Ancestry.Pair(reader, read));
            }
        }
    }
}
