package dev.ratchet.plan;

import dev.ratchet.document.Problem;
import dev.ratchet.document.Problems;
import dev.ratchet.expression.Root;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SortedSet;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Compiles the body of one composite task. */
final class BodyCompiler {
    private static final Root[] OF_LOOP = {Root.ITERATION, Root.PREVIOUS};
    private static final Root[] OF_MAP = {Root.ITEM, Root.INDEX};

    private final Steering.Repeats repeats;
    private final List<TaskExpressions.Decided> conditions;
    private final Surroundings inside;
    private @Nullable ScopeCompiler scope;

    /** @param conditions of the task itself: one of a loop, none of a map */
    BodyCompiler(
            TaskForm form, List<TaskExpressions.Decided> conditions, Predicate<String> readable, Surroundings around) {
        this.repeats = Objects.requireNonNull(form.steering().repeats());
        this.conditions = List.copyOf(conditions);
        this.inside = new Surroundings(
                readable,
                around.base(),
                Stream.concat(
                                Stream.of(around.roots()),
                                Stream.of(repeats instanceof Steering.Repeats.Turns ? OF_LOOP : OF_MAP))
                        .distinct()
                        .toArray(Root[]::new));
    }

    /** Returns all that is wrong with it. */
    List<Problem> compile(TaskType.Catalogue types, Models models, TaskForm.BodyForm body) {
        Problems problems = new Problems();
        ScopeCompiler compiler = new ScopeCompiler(types, models, body.graph(), body.forms(), inside, problems);
        compiler.check();
        scope = compiler;
        return new ArrayList<>(problems.list());
    }

    /** Ids of tasks around it that its tasks read. */
    SortedSet<String> reads() {
        return inside.reads();
    }

    Body body(EffectivePolicy policy, List<String> memory) {
        Scope made = Objects.requireNonNull(scope).scope(policy, memory);
        return switch (repeats) {
            case Steering.Repeats.Turns loop -> {
                TaskExpressions.Decided decided = conditions.getFirst();
                yield new Body.Loop(
                        made,
                        decided.condition(),
                        loop.until(),
                        loop.maxIterations(),
                        loop.goOnWhenExhausted(),
                        List.copyOf(decided.reads()));
            }
            case Steering.Repeats.Items map -> new Body.Each(made, map.maxParallelism(), map.collect());
        };
    }
}
