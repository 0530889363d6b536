package dev.ratchet.service.gateway;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ratchet.plan.Plan;
import dev.ratchet.plan.Scope;
import dev.ratchet.run.TaskRecord;
import dev.ratchet.run.TaskStatus;
import dev.ratchet.run.Value;
import dev.ratchet.workflow.Snapshot;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The output of a finished run: that of its only leaf, else an object by leaf id, absent above 100 leaves (contract, part
 * 3). Leaves that did not complete have none.
 */
final class RunOutput {
    private static final int MOST_LEAVES = 100;

    private final Pages pages;
    private final Hydration hydration;

    RunOutput(Pages pages, Hydration hydration) {
        this.pages = pages;
        this.hydration = hydration;
    }

    /** @param damages takes note of what cannot be read; an output of which a part is not known is none */
    @Nullable
    Value of(Plan plan, Snapshot ended, Damages damages) {
        Scope root = plan.root();
        List<String> leaves = IntStream.range(0, root.size())
                .filter(index -> root.targets(index).length == 0)
                .mapToObj(index -> root.node(index).id())
                .limit(MOST_LEAVES + 1)
                .toList();
        if (leaves.size() > MOST_LEAVES) {
            return null;
        }
        Map<String, Value> outputs = outputs(ended, new TreeSet<>(leaves), damages);
        if (outputs == null) {
            return null;
        }
        return leaves.size() == 1 ? outputs.get(leaves.getFirst()) : together(leaves, outputs);
    }

    /** Null when a page that may hold one of them cannot be read. */
    private @Nullable Map<String, Value> outputs(Snapshot ended, Set<String> leaves, Damages damages) {
        Map<String, Value> outputs = new TreeMap<>();
        collect(ended.tasks(), leaves, outputs);
        boolean whole = true;
        for (Snapshot.Page page : ended.pages()) {
            if (outputs.size() < leaves.size()) {
                List<TaskRecord> tasks = damages.without(Damage.Kind.TASKS, page.ref(), () -> pages.tasks(page));
                collect(tasks == null ? List.of() : tasks, leaves, outputs);
                whole &= tasks != null;
            }
        }
        return whole || outputs.size() == leaves.size() ? outputs : null;
    }

    private static void collect(List<TaskRecord> tasks, Set<String> leaves, Map<String, Value> outputs) {
        for (TaskRecord task : tasks) {
            Value output = task.output();
            if (task.state() == TaskStatus.COMPLETED
                    && output != null
                    && task.key().scope().isEmpty()
                    && leaves.contains(task.key().id())) {
                outputs.put(task.key().id(), output);
            }
        }
    }

    /** Large outputs are shown as references, as they are on their tasks. */
    private @Nullable Value together(List<String> leaves, Map<String, Value> outputs) {
        ObjectNode all = JsonNodeFactory.instance.objectNode();
        UnaryOperator<Value> shown = hydration.ofOneAnswer();
        for (String leaf : leaves) {
            Value output = outputs.get(leaf);
            if (output != null) {
                switch (shown.apply(output)) {
                    case Value.Inline(var json) -> all.set(leaf, json);
                    case Value.Stored stored ->
                        all.putObject(leaf)
                                .put("ref", stored.ref())
                                .put("size", stored.size())
                                .put("mime_type", stored.mimeType());
                }
            }
        }
        return all.isEmpty() ? null : Value.of(all);
    }
}
