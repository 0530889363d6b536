package dev.ratchet.run;

import dev.ratchet.plan.Policies.ExecutionMode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which tasks of a wave share one activity: those that feed the same successors on the same queue (contract, part 4).
 * Each activity costs a trip through the server, whatever it carries. Pure.
 */
final class Packing {
    /** The most tasks that share an activity, and the width up to which a wave is narrow. */
    static final int MOST = 64;

    /** How many quick tasks travel together from the start. */
    private static final int QUICK = 16;

    /** Into how many activities a wide wave of quick tasks is cut, so that several workers have a share. */
    private static final int QUICK_SHARES = 4;

    private Packing() {}

    /** @param width how many tasks wait for a slot, those of the wave included */
    static List<List<TaskView>> pack(RunView view, int width, List<TaskView> wave) {
        Map<Companions, List<TaskView>> alike = new LinkedHashMap<>();
        for (TaskView task : wave) {
            alike.computeIfAbsent(companions(view, task), key -> new ArrayList<>())
                    .add(task);
        }
        List<List<TaskView>> packs = new ArrayList<>();
        alike.forEach((key, tasks) -> {
            int size = size(view.plan().policy().tasksPerActivity(), width, key.quick);
            for (int from = 0; from < tasks.size(); from += size) {
                packs.add(tasks.subList(from, Math.min(tasks.size(), from + size)));
            }
        });
        return packs;
    }

    private static int size(int fixed, int width, boolean quick) {
        if (fixed > 0) {
            return fixed;
        }
        if (quick) {
            return Math.clamp(Math.ceilDiv(width, QUICK_SHARES), QUICK, MOST);
        }
        return width <= MOST ? 1 : Math.clamp(Math.ceilDiv(width, MOST), 1, MOST);
    }

    private static Companions companions(RunView view, TaskView task) {
        return new Companions(
                ScopePath.shape(task.key().scope()),
                view.targets(task).stream().map(TaskView::index).toList(),
                task.node().taskQueue(),
                task.node().quick(),
                task.node().mode() == ExecutionMode.EXTERNAL ? task.key() : null,
                task.node().priority());
    }

    private record Companions(
            String body,
            List<Integer> targets,
            @Nullable String taskQueue,
            boolean quick,
            @Nullable TaskKey alone,
            int priority) {}
}
