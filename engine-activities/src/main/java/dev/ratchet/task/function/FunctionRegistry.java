package dev.ratchet.task.function;

import dev.ratchet.task.spi.TaskFunction;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The functions a worker offers, by name. Immutable. */
final class FunctionRegistry {
    private static final int NAMES_SHOWN = 20;
    private final SortedMap<String, OfferedFunction> functions = new TreeMap<>();

    /**
     * @throws IllegalStateException when two functions share a name: which of them would run would be chance
     */
    FunctionRegistry(List<TaskFunction> builtIns, List<TaskFunction> plugIns) {
        builtIns.forEach(this::add);
        plugIns.forEach(this::add);
    }

    private void add(TaskFunction function) {
        if (functions.putIfAbsent(function.name(), OfferedFunction.of(function)) != null) {
            throw new IllegalStateException(
                    "Expected one function named '" + function.name() + "', but two on the class path have that name");
        }
    }

    @Nullable
    OfferedFunction find(String name) {
        return functions.get(name);
    }

    /** What to say about a name that nothing answers to. */
    String unknown(String name) {
        List<String> names = functions.keySet().stream().limit(NAMES_SHOWN).toList();
        String more = functions.size() > NAMES_SHOWN ? ", …" : "";
        return "Expected a function this worker offers (" + String.join(", ", names) + more + "), but '" + name
                + "' is none";
    }
}
