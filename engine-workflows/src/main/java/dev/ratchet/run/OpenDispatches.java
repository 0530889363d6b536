package dev.ratchet.run;

import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The dispatches that workers have: what each still owes, and the lanes of those that carry a group. */
final class OpenDispatches {
    private final TreeMap<Long, TreeSet<TaskKey>> owed = new TreeMap<>();
    private final TreeMap<Long, Lane> groupLanes = new TreeMap<>();
    long next = 1;
    private int attempts;
    private int groupSlots;

    /** A worker has it from now on, or still: it may owe nothing. */
    TreeSet<TaskKey> open(long dispatch) {
        next = Math.max(next, dispatch + 1);
        return owed.computeIfAbsent(dispatch, number -> new TreeSet<>());
    }

    void openGroup(long dispatch, Lane lane) {
        forget(groupLanes.put(dispatch, lane));
        groupSlots += lane.slots();
        TreeSet<TaskKey> keys = open(dispatch);
        attempts -= keys.size();
        keys.clear();
    }

    void owe(long dispatch, TaskKey key) {
        attempts += open(dispatch).add(key) ? 1 : 0;
    }

    void settle(long dispatch, TaskKey key) {
        TreeSet<TaskKey> keys = owed.get(dispatch);
        if (keys != null && keys.remove(key)) {
            attempts--;
        }
    }

    /** Forgets a dispatch; returns the lane of the group that it carried, if it did. */
    @Nullable
    Lane close(long dispatch) {
        TreeSet<TaskKey> keys = owed.remove(dispatch);
        attempts -= keys == null ? 0 : keys.size();
        return forget(groupLanes.remove(dispatch));
    }

    private @Nullable Lane forget(@Nullable Lane lane) {
        groupSlots -= lane == null ? 0 : lane.slots();
        return lane;
    }

    @Nullable
    Lane groupLane(long dispatch) {
        return groupLanes.get(dispatch);
    }

    List<TaskKey> owed(long dispatch) {
        TreeSet<TaskKey> keys = owed.get(dispatch);
        return keys == null ? List.of() : List.copyOf(keys);
    }

    Set<Long> numbers() {
        return Collections.unmodifiableSet(owed.keySet());
    }

    /** The dispatches that carry a group, ascending, with its lane. */
    TreeMap<Long, Lane> groupLanes() {
        return groupLanes;
    }

    /** Slots that are granted to groups. */
    int groupSlots() {
        return groupSlots;
    }

    /** Attempts and groups that are on workers. */
    int count() {
        return groupLanes.size() + attempts;
    }
}
