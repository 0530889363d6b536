package dev.ratchet.task.worker;

import dev.ratchet.plan.TaskType;
import dev.ratchet.task.dispatch.ExecutorLookup;
import dev.ratchet.task.spi.TaskExecutor;
import dev.ratchet.task.spi.TaskExecutorProvider;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The task types of this engine: those it is wired with and those of plug-ins on the class path. Immutable, thread-safe.
 */
public final class ExecutorRegistry implements TaskType.Catalogue, ExecutorLookup {
    private final Map<String, TaskExecutor> executors;
    private final List<TaskType> types;

    /** @throws IllegalArgumentException when two executors name the same type */
    public ExecutorRegistry(Collection<? extends TaskExecutor> executors) {
        Map<String, TaskExecutor> byName = new TreeMap<>();
        for (TaskExecutor executor : executors) {
            TaskExecutor other = byName.putIfAbsent(executor.type().name(), executor);
            if (other != null) {
                throw new IllegalArgumentException("Expected one executor for the task type "
                        + executor.type().name() + ", but both "
                        + other.getClass().getName() + " and "
                        + executor.getClass().getName() + " name it");
            }
        }
        this.executors = byName;
        this.types = byName.values().stream().map(TaskExecutor::type).toList();
    }

    /**
     * The given executors and those of every {@link TaskExecutorProvider} on the class path; of a type that is given, the given
     * one counts.
     */
    public static ExecutorRegistry withPlugins(Collection<? extends TaskExecutor> given) {
        List<TaskExecutor> all = new ArrayList<>(given);
        Set<String> names =
                given.stream().map(executor -> executor.type().name()).collect(Collectors.toSet());
        for (TaskExecutorProvider provider : ServiceLoader.load(TaskExecutorProvider.class)) {
            for (TaskExecutor executor : provider.executors()) {
                if (!names.contains(executor.type().name())) {
                    all.add(executor);
                }
            }
        }
        return new ExecutorRegistry(all);
    }

    @Override
    public @Nullable TaskExecutor executor(String type) {
        return executors.get(type);
    }

    @Override
    public @Nullable TaskType find(String name) {
        TaskExecutor executor = executors.get(name);
        return executor == null ? null : executor.type();
    }

    @Override
    public TaskType.Inspector inspector(String name) {
        TaskExecutor executor = executors.get(name);
        return executor == null ? TaskType.Inspector.NONE : executor.inspector();
    }

    /** In the order of their names. */
    @Override
    public List<TaskType> all() {
        return types;
    }
}
