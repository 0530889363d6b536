package dev.ratchet.run;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.ratchet.money.Ledger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The state of a run as it travels over continue-as-new. Local work is drained first, and so are the dispatches that would
 * not go on without the execution.
 *
 * @param finishing whether nothing new starts because something failed, and what is in flight may finish
 * @param dispatches those that go on
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record CarriedRun(
        List<CarriedTask> tasks,
        List<CarriedScope> scopes,
        int instances,
        boolean paused,
        long version,
        long nextDispatch,
        int batches,
        long inlineBytes,
        Ledger ledger,
        Usage usage,
        List<String> costly,
        @Nullable Long startedAt,
        long updatedAt,
        @Nullable TaskKey firstFailure,
        List<String> dissolvedGroups,
        Map<String, @Nullable TaskError> commands,
        List<Revision> revisions,
        Audit audit,
        Map<TaskKey, Given> early,
        boolean finishing,
        List<CarriedDispatch> dispatches) {
    public CarriedRun {
        tasks = tasks == null ? List.of() : List.copyOf(tasks);
        scopes = scopes == null ? List.of() : List.copyOf(scopes);
        dissolvedGroups = dissolvedGroups == null ? List.of() : List.copyOf(dissolvedGroups);
        costly = costly == null ? List.of() : List.copyOf(costly);
        revisions = revisions == null ? List.of() : List.copyOf(revisions);
        commands = commands == null ? Map.of() : commands;
        audit = audit == null ? Audit.NONE : audit;
        early = early == null ? Map.of() : early;
        dispatches = dispatches == null ? List.of() : List.copyOf(dispatches);
    }

    /** What must travel of a state. Only of one that has nothing in flight. */
    public static CarriedRun of(RunState state) {
        return of(state, Set.of());
    }

    /** @param goingOn dispatches that go on meanwhile; nothing else may be in flight */
    public static CarriedRun of(RunState state, Set<Long> goingOn) {
        if (state.closingUntil() != null || state.isEnded()) {
            throw new IllegalStateException("Expected a run that goes on, but it ends");
        }
        if (!state.isQuietBut(goingOn)) {
            throw new IllegalStateException("Expected a run with nothing in flight, but " + state.inFlight() + " are");
        }
        ScopeState root = state.scope(TaskKey.ROOT);
        List<CarriedScope> scopes = new ArrayList<>();
        state.scopes.values().stream()
                .filter(scope -> scope != root)
                .forEach(scope -> scopes.add(CarriedScope.of(scope)));
        return new CarriedRun(
                state.carriedTasks(),
                scopes,
                state.instances,
                state.course.paused,
                state.version,
                state.open.next,
                root.main.batches,
                state.inlineBytes,
                state.books.ledger,
                state.books.usage,
                List.copyOf(state.books.costly),
                state.course.startedAt,
                state.course.updatedAt,
                state.course.firstFailure,
                root.groups.values().stream()
                        .filter(group -> group.dissolved)
                        .map(group -> group.name)
                        .toList(),
                new LinkedHashMap<>(state.commands),
                state.revisions,
                state.audit(),
                new TreeMap<>(state.early.all()),
                state.closing() != null,
                state.dispatches().stream()
                        .map(number -> CarriedDispatch.of(state, number))
                        .toList());
    }

    /** Goes on where {@link #of} left: the same state, and so the same events from here on. */
    public void restore(RunState state) {
        ScopeState root = state.scope(TaskKey.ROOT);
        dissolvedGroups.forEach(name -> root.dissolve(root.group(name)));
        Map<String, List<CarriedTask>> byScope = new TreeMap<>(ScopePath.ORDER);
        tasks.forEach(task -> byScope.computeIfAbsent(task.key().scope(), path -> new ArrayList<>())
                .add(task));
        byScope.getOrDefault(TaskKey.ROOT, List.of()).forEach(task -> task.restore(state));
        for (CarriedScope scope : scopes) {
            scope.restore(state);
            byScope.getOrDefault(scope.path(), List.of()).forEach(task -> task.restore(state));
        }
        dispatches.forEach(dispatch -> dispatch.restore(state));
        if (finishing) {
            state.course.closing = ClosingCause.FAILED_FINISHING;
            root.enter(ScopeLife.FINISHING);
        }
        state.reconsiderAll();
        state.instances = instances == 0 ? state.instances : instances;
        state.course.paused = paused;
        state.unsealed.sort(Comparator.comparingLong(key -> state.taskState(key).version));
        root.main.batches = batches;
        root.main.failed = firstFailure != null;
        state.version = version;
        state.open.next = nextDispatch;
        state.inlineBytes = inlineBytes;
        state.books.ledger = ledger;
        state.books.usage = usage;
        state.books.costly.addAll(costly);
        state.course.startedAt = startedAt;
        state.course.updatedAt = updatedAt;
        state.course.firstFailure = firstFailure;
        state.commands.putAll(commands);
        state.revisions.addAll(revisions);
        state.audit.restore(audit);
        early.forEach(state.early::keep);
        List.copyOf(state.over).forEach(state::forgetSealed);
    }
}
