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

    private TreeSet<TaskKey> open(long dispatch) {
        next = Math.max(next, dispatch + 1);
        return owed.computeIfAbsent(dispatch, number -> new TreeSet<>());
    }

    void openGroup(long dispatch, Lane lane) {
        groupLanes.put(dispatch, lane);
        open(dispatch).clear();
    }

    void owe(long dispatch, TaskKey key) {
        open(dispatch).add(key);
    }

    void settle(long dispatch, TaskKey key) {
        TreeSet<TaskKey> keys = owed.get(dispatch);
        if (keys != null) {
            keys.remove(key);
        }
    }

    /** Forgets a dispatch; returns the lane of the group that it carried, if it did. */
    @Nullable
    Lane close(long dispatch) {
        owed.remove(dispatch);
        return groupLanes.remove(dispatch);
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
        return groupLanes.values().stream().mapToInt(Lane::slots).sum();
    }

    /** Attempts and groups that are on workers. */
    int count() {
        return groupLanes.size()
                + owed.values().stream().mapToInt(TreeSet::size).sum();
    }
}
