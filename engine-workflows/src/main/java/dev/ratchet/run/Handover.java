package dev.ratchet.run;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

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
        lane.inline()
                .forEach(index -> events.add(
                        new RunEvent.Executing(at, view.task(lane, index).key())));
        Queue<Integer> tasks = new ArrayDeque<>(soonest(lane.queued(), free));
        Queue<Map.Entry<Integer, String>> groups =
                new ArrayDeque<>(soonest(lane.queuedGroups().entrySet(), free));
        while (free > 0 && !(tasks.isEmpty() && groups.isEmpty())) {
            if (comesNext(tasks.peek(), groups.peek())) {
                wave.add(view.task(lane, tasks.remove()));
                free--;
            } else {
                String group = groups.remove().getValue();
                int slots = Math.min(free, view.groupWidth(lane.scope(), group));
                events.add(new RunEvent.GroupHandedOver(at, dispatch++, lane.scope(), group, slots));
                free -= slots;
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

    private static boolean comesNext(@Nullable Integer task, Map.@Nullable Entry<Integer, String> group) {
        return task != null && (group == null || task < group.getKey());
    }

    /** No more than can start: a wide wave is not looked through for every slot. */
    private static <T> List<T> soonest(Collection<T> waiting, int free) {
        return waiting.stream().limit(Math.max(0, free)).toList();
    }
}
