package dev.ratchet.run;

import dev.ratchet.plan.Policies.ExecutionMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Starts what is queued, in id order, as far as there are slots. Pure. */
final class Handover {
    private Handover() {}

    static List<RunEvent> start(RunView view, LaneView lane, long at) {
        if (!Reservation.mayStart(lane)) {
            return List.of();
        }
        List<RunEvent> events = new ArrayList<>();
        List<TaskView> wave = new ArrayList<>();
        int free = view.freeSlots(lane);
        long dispatch = view.nextDispatch();
        for (Map.Entry<Integer, String> entry : inOrder(lane).entrySet()) {
            if (!entry.getValue().isEmpty()) {
                if (free > 0) {
                    int slots = Math.min(free, view.groupWidth(lane.scope(), entry.getValue()));
                    events.add(new RunEvent.GroupHandedOver(at, dispatch++, lane.scope(), entry.getValue(), slots));
                    free -= slots;
                }
                continue;
            }
            TaskView task = view.task(lane, entry.getKey());
            if (Reservation.unreserved(task) != null) {
                continue;
            }
            if (task.node().mode() == ExecutionMode.INLINE) {
                events.add(new RunEvent.Executing(at, task.key()));
            } else if (free > 0) {
                wave.add(task);
                free--;
            }
        }
        events.addAll(handOver(view, lane, wave, dispatch, at));
        return events;
    }

    private static List<RunEvent> handOver(
            RunView view, LaneView lane, List<TaskView> wave, long firstDispatch, long at) {
        if (lane.isGroup()) {
            return wave.isEmpty() ? List.of() : List.of(handedOver(at, lane.dispatch(), wave));
        }
        List<RunEvent> events = new ArrayList<>();
        long dispatch = firstDispatch;
        for (List<TaskView> pack : Packing.pack(view.plan(), lane, wave)) {
            events.add(handedOver(at, dispatch++, pack));
        }
        return events;
    }

    private static RunEvent handedOver(long at, long dispatch, List<TaskView> pack) {
        return new RunEvent.HandedOver(
                at, dispatch, pack.stream().map(TaskView::key).toList());
    }

    /** Tasks (with an empty text) and groups, by number. */
    private static SortedMap<Integer, String> inOrder(LaneView lane) {
        SortedMap<Integer, String> order = new TreeMap<>(lane.queuedGroups());
        lane.queued().forEach(index -> order.put(index, ""));
        return order;
    }
}
