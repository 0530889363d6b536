package dev.ratchet.workflow;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.ratchet.run.Command;
import dev.ratchet.run.RunContext;
import dev.ratchet.run.Value;
import org.jspecify.annotations.Nullable;

/**
 * The input of a run's workflow.
 *
 * @param run what its tasks may know of it
 * @param name shown to people
 * @param plan where its plan is
 * @param document the document as sent, stored; what patches will refer to
 * @param createdAt when it was accepted, epoch milliseconds
 * @param carried the state it goes on with after continue-as-new, or begins with when it keeps tasks of another run; absent
 *     at any other start
 * @param rerunOf id of the run that it carries out again; absent when there is none
 * @param parent the task of another run that it carries out; absent when somebody submitted it
 * @param asked the request that it was started by, when that was more than its document: noted first of all
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RunStart(
        RunContext run,
        @Nullable String name,
        PlanRef plan,
        Value document,
        long createdAt,
        @Nullable Value carried,
        @Nullable String rerunOf,
        @Nullable Parent parent,
        @Nullable Command asked) {
    /** Of a run that somebody submitted, and that is no other one's again. */
    public RunStart(
            RunContext run,
            @Nullable String name,
            PlanRef plan,
            Value document,
            long createdAt,
            @Nullable Value carried) {
        this(run, name, plan, document, createdAt, carried, null, null, null);
    }

    /**
     * The same, its JSON as text that is only written again: a run in a worker's cache holds its start for as long as it
     * lives, and trees take several times as much.
     */
    RunStart packed() {
        Value sent = document instanceof Value.Inline inline ? Value.of(Packed.json(inline.json())) : document;
        return new RunStart(run, name, plan.packed(), sent, createdAt, carried, rerunOf, parent, asked);
    }
}
