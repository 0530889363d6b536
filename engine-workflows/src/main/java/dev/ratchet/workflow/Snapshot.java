package dev.ratchet.workflow;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.ratchet.run.Audit;
import dev.ratchet.run.Revision;
import dev.ratchet.run.RunRecord;
import dev.ratchet.run.TaskKey;
import dev.ratchet.run.TaskRecord;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A run as its workflow tells it: the answer of the snapshot query, and the result of the workflow. Holds nothing that
 * is not from events.
 *
 * @param tasks the live part and the unsealed tail: each task that is neither untouched nor sealed, and changed after
 *     the version asked for. A task of the plan that is in neither is {@code pending}
 * @param pages references of the sealed pages, each a JSON array of {@link TaskRecord}, oldest first
 * @param plan where the plan is
 * @param revisions the patches that were accepted, oldest first, when they were asked for
 * @param audit the requests that were read, when they were asked for; absent when there are none
 * @param rest where the next part begins; absent of the last one, and of a whole
 * @param stored where the whole snapshot is, when it is too large to be the result of a workflow: then there is nothing here
 *     but the run, its plan and its facts
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Snapshot(
        RunRecord run,
        List<TaskRecord> tasks,
        List<Page> pages,
        PlanRef plan,
        RunFacts facts,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Revision> revisions,
        @Nullable Audit audit,
        @Nullable Rest rest,
        @Nullable String stored) {
    public Snapshot {
        tasks = tasks == null ? List.of() : tasks;
        pages = pages == null ? List.of() : pages;
        revisions = revisions == null ? List.of() : List.copyOf(revisions);
    }

    /** All of a run. */
    public Snapshot(
            RunRecord run,
            List<TaskRecord> tasks,
            List<Page> pages,
            PlanRef plan,
            RunFacts facts,
            List<Revision> revisions,
            @Nullable Audit audit) {
        this(run, tasks, pages, plan, facts, revisions, audit, null, null);
    }

    /** Of a run that nobody has asked for anything. */
    public Snapshot(
            RunRecord run,
            List<TaskRecord> tasks,
            List<Page> pages,
            PlanRef plan,
            RunFacts facts,
            List<Revision> revisions) {
        this(run, tasks, pages, plan, facts, revisions, null);
    }

    /** What travels instead of a snapshot once it is stored. */
    Snapshot storedAs(String ref) {
        return new Snapshot(
                run, List.of(), List.of(), new PlanRef(plan.hash(), null), facts, List.of(), null, null, ref);
    }

    /**
     * Where a part begins.
     *
     * @param after the last task of the parts before; absent when there was none
     * @param toldTasks whether all tasks are in the parts before
     * @param revisions how many accepted patches are in the parts before
     */
    @JsonInclude(JsonInclude.Include.NON_DEFAULT)
    public record Rest(@Nullable TaskKey after, boolean toldTasks, int revisions) {
        static final Rest BEGINNING = new Rest(null, false, 0);
    }

    /** A sealed page: where it is, and the highest task version in it. */
    public record Page(String ref, long version, int size) {}

    /** What was given at the start: enough to answer without the document. */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record RunFacts(
            String id,
            String organization,
            @Nullable String name,
            java.util.Map<String, String> labels,
            long createdAt,
            dev.ratchet.run.Value document,
            @Nullable String rerunOf,
            @Nullable Parent parent) {
        /** Of a run that somebody submitted, and that is no other one's again. */
        public RunFacts(
                String id,
                String organization,
                @Nullable String name,
                java.util.Map<String, String> labels,
                long createdAt,
                dev.ratchet.run.Value document) {
            this(id, organization, name, labels, createdAt, document, null, null);
        }
    }
}
