package dev.ratchet.workflow;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * What a reader wants.
 *
 * @param since answer only tasks that changed after this version; 0 for all
 * @param tasks whether to answer tasks at all
 * @param revisions whether to answer the patches that were accepted
 * @param audit whether to answer the requests that were read
 * @param knownPlan hash of the plan that the reader has, which is then answered without its content; absent for none
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record SnapshotRequest(
        long since, boolean tasks, @Nullable String knownPlan, boolean revisions, boolean audit) {
    /** All that there is to know of a run. */
    public static final SnapshotRequest WHOLE = new SnapshotRequest(0, true, null, true, true);

    /** Who has asked for what, and nothing else. */
    public static final SnapshotRequest AUDIT = new SnapshotRequest(0, false, null, false, true);

    /** For a reader that has no plan yet. */
    public SnapshotRequest(long since, boolean tasks) {
        this(since, tasks, null, false, false);
    }
}
