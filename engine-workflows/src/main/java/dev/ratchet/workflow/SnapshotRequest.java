package dev.ratchet.workflow;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.ratchet.run.TaskKey;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a reader wants.
 *
 * @param since answer only tasks that changed after this version; 0 for all
 * @param tasks whether to answer tasks at all
 * @param knownPlan hash of the plan that the reader has, which is then answered without its content; absent for none
 * @param revisions which of the patches that were accepted to answer
 * @param audit whether to answer the requests that were read
 * @param only the tasks that are wanted; none for all
 * @param from where the part begins that is wanted; absent for the first
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record SnapshotRequest(
        long since,
        boolean tasks,
        @Nullable String knownPlan,
        Patches revisions,
        boolean audit,
        List<TaskKey> only,
        Snapshot.@Nullable Rest from) {
    /** Which accepted patches a reader wants. */
    public enum Patches {
        NONE,
        /** The one that made the graph as it is. */
        LAST,
        ALL
    }

    /** All that there is to know of a run. */
    public static final SnapshotRequest WHOLE = new SnapshotRequest(0, true, null, Patches.ALL, true, List.of(), null);

    /** Who has asked for what, and nothing else. */
    public static final SnapshotRequest AUDIT =
            new SnapshotRequest(0, false, null, Patches.NONE, true, List.of(), null);

    /** Graphs that a run has had, and nothing else. */
    public static SnapshotRequest graphs(Patches patches) {
        return new SnapshotRequest(0, false, null, patches, false, List.of(), null);
    }

    public SnapshotRequest {
        revisions = revisions == null ? Patches.NONE : revisions;
        only = only == null ? List.of() : List.copyOf(only);
    }

    /** For a reader that has no plan yet. */
    public SnapshotRequest(long since, boolean tasks) {
        this(since, tasks, null, Patches.NONE, false, List.of(), null);
    }

    /** What there is to know of one task. */
    public static SnapshotRequest of(TaskKey task) {
        return new SnapshotRequest(0, true, null, Patches.NONE, false, List.of(task), null);
    }

    /** All tasks, and the graph as it is: what a patch is made from. */
    public static SnapshotRequest toPatch(Patches revisions) {
        return new SnapshotRequest(0, true, null, revisions, false, List.of(), null);
    }

    /** The same for a reader that has a plan. */
    public SnapshotRequest knowing(@Nullable String plan) {
        return new SnapshotRequest(since, tasks, plan, revisions, audit, only, from);
    }

    /** The next part of the same. */
    public SnapshotRequest from(Snapshot.Rest rest) {
        return new SnapshotRequest(since, tasks, knownPlan, revisions, false, only, rest);
    }

    /** What changed in the same since it was read. */
    public SnapshotRequest changedSince(long version) {
        return new SnapshotRequest(Math.max(since, version), tasks, knownPlan, Patches.NONE, false, only, null);
    }

    /** A request whose answer holds what either of two wants. */
    public SnapshotRequest or(SnapshotRequest other) {
        return new SnapshotRequest(
                Math.min(since, other.since),
                tasks || other.tasks,
                null,
                revisions.compareTo(other.revisions) >= 0 ? revisions : other.revisions,
                audit || other.audit,
                both(other),
                null);
    }

    /** None, which is all, when one of them wants all. */
    private List<TaskKey> both(SnapshotRequest other) {
        boolean all = (tasks && only.isEmpty()) || (other.tasks && other.only.isEmpty());
        return all
                ? List.of()
                : java.util.stream.Stream.concat(only.stream(), other.only.stream())
                        .distinct()
                        .sorted()
                        .toList();
    }
}
