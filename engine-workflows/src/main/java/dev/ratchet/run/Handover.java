package dev.ratchet.run;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/** Starts what is queued, scope after scope and in id order, as far as there are slots. Pure. */
final class Handover {
    private final RunView view;
    private final long at;
    private final List<RunEvent> events = new ArrayList<>();
    private final List<TaskView> wave = new ArrayList<>();
    private long dispatch;

    private Handover(RunView view, long at) {
        this.view = view;
        this.at = at;
        this.dispatch = view.nextDispatch();
    }

    /** What starts now in some lanes together: turns and items side by side may share activities. */
    static List<RunEvent> start(RunView view, List<LaneView> lanes, long at) {
        Handover handover = new Handover(view, at);
        int free = lanes.isEmpty() ? 0 : view.freeSlots(lanes.getFirst());
        for (LaneView lane : lanes) {
            free -= handover.start(lane, free);
        }
        handover.handOver(lanes);
        return handover.events;
    }

    /** Returns how many slots it takes. */
    private int start(LaneView lane, int slots) {
        int free = slots;
        lane.slotless().forEach(index -> events.add(begin(view.task(lane, index))));
        Queue<Integer> tasks = new ArrayDeque<>(soonest(lane.queued(), free));
        Queue<Map.Entry<Integer, String>> groups =
                new ArrayDeque<>(soonest(lane.queuedGroups().entrySet(), free));
        while (free > 0 && !(tasks.isEmpty() && groups.isEmpty())) {
            if (comesNext(tasks.peek(), groups.peek())) {
                free -= join(view.task(lane, tasks.remove()));
            } else {
                String group = groups.remove().getValue();
                int granted = Math.min(free, view.groupWidth(lane.scope(), group));
                free -= handOver(lane, group, granted);
            }
        }
        return slots - free;
    }

    /** Returns how many slots it takes: none when it may not go. */
    private int join(TaskView task) {
        RunEvent refusal = Reservation.refuseUnannounced(view, task, at);
        if (refusal == null) {
            wave.add(task);
            return 1;
        }
        events.add(refusal);
        return 0;
    }

    /** A group of which a member may not go is taken back at once: its members then go one by one. */
    private int handOver(LaneView lane, String group, int granted) {
        boolean isBound = view.members(lane.scope(), group).stream().anyMatch(task -> Reservation.isBound(view, task));
        events.add(new RunEvent.GroupHandedOver(at, dispatch, lane.scope(), group, granted));
        if (isBound) {
            events.add(new RunEvent.DispatchClosed(at, dispatch));
        }
        dispatch++;
        return isBound ? 0 : granted;
    }

    private RunEvent begin(TaskView task) {
        RunEvent refusal = Reservation.refuseUnannounced(view, task, at);
        return refusal != null
                ? refusal
                : switch (task.node().mode()) {
                    case CHILD -> new RunEvent.Delegated(at, task.key());
                    case PARKED -> new RunEvent.PreparationAsked(at, task.key());
                    case INLINE, ROUTING, DISPATCHED, PREPARED, COMPOSITE, EXTERNAL ->
                        new RunEvent.Executing(at, task.key());
                };
    }

    private void handOver(List<LaneView> lanes) {
        if (wave.isEmpty()) {
            return;
        }
        if (lanes.getFirst().isGroup()) {
            events.add(handedOver(lanes.getFirst().dispatch(), wave));
            return;
        }
        for (List<TaskView> pack : Packing.pack(view, view.waiting(), wave)) {
            events.add(handedOver(dispatch++, pack));
        }
    }

    private RunEvent handedOver(long number, List<TaskView> pack) {
        return new RunEvent.HandedOver(
                at, number, pack.stream().map(TaskView::key).toList());
    }

    private static boolean comesNext(@Nullable Integer task, Map.@Nullable Entry<Integer, String> group) {
        return task != null && (group == null || task < group.getKey());
    }

    /** No more than can start: a wide wave is not looked through for every slot. */
    private static <T> List<T> soonest(Collection<T> waiting, int free) {
        return waiting.stream().limit(Math.max(0, free)).toList();
    }
}
