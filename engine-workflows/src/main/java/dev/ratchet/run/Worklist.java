package dev.ratchet.run;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.TreeMap;

/**
 * The lanes of scopes in which something is to be done now, by what it is, in the order of their paths. Lanes tell of
 * themselves whenever one of their tasks is placed.
 */
final class Worklist {
    private final TreeMap<String, Lane> admitting = new TreeMap<>(ScopePath.ORDER);
    private final TreeMap<String, Lane> paying = new TreeMap<>(ScopePath.ORDER);
    private final TreeMap<String, Lane> queued = new TreeMap<>(ScopePath.ORDER);
    private final TreeMap<String, Lane> slotless = new TreeMap<>(ScopePath.ORDER);
    private int waiting;

    /** What a lane has to do may be something else now. */
    void note(Lane lane) {
        Lane.Work now = lane.work();
        Lane.Work before = lane.noted;
        if (now.equals(before)) {
            return;
        }
        note(admitting, lane, before.admits(), now.admits());
        note(paying, lane, before.pays(), now.pays());
        note(queued, lane, before.queued() >= 0, now.queued() >= 0);
        note(slotless, lane, before.slotless(), now.slotless());
        waiting += Math.max(0, now.queued()) - Math.max(0, before.queued());
        lane.noted = now;
    }

    private static void note(TreeMap<String, Lane> lanes, Lane lane, boolean before, boolean now) {
        if (now && !before) {
            lanes.put(lane.scope(), lane);
        } else if (before && !now) {
            lanes.remove(lane.scope());
        }
    }

    List<LaneView> admitting() {
        return List.copyOf(admitting.values());
    }

    /** As they are: whoever asks stops at the first that matters. */
    Iterable<LaneView> paying() {
        return Collections.<LaneView>unmodifiableCollection(paying.values())::iterator;
    }

    /** Those in which something starts without a slot, and as many of those in which something waits for one. */
    List<LaneView> starting(int slots) {
        if (slotless.isEmpty()) {
            return first(queued, slots);
        }
        TreeMap<String, LaneView> both = new TreeMap<>(ScopePath.ORDER);
        first(queued, slots).forEach(lane -> both.put(lane.scope(), lane));
        both.putAll(slotless);
        return List.copyOf(both.values());
    }

    private static List<LaneView> first(TreeMap<String, Lane> lanes, int most) {
        List<LaneView> first = new ArrayList<>();
        for (Lane lane : lanes.values()) {
            if (first.size() >= most) {
                break;
            }
            first.add(lane);
        }
        return first;
    }

    /** Tasks that wait for a slot. */
    int waiting() {
        return waiting;
    }
}
