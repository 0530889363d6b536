package dev.ratchet.service.gateway;

import dev.ratchet.run.TaskRecord;
import dev.ratchet.run.Value;
import dev.ratchet.workflow.Parent;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a run owes to another one.
 *
 * @param rerunOf id of the run that it carries out again; absent when there is none
 * @param carried the state that the run begins with
 * @param kept the tasks that it keeps
 * @param parent the task that it carries out; absent when somebody submitted it
 */
record Origin(
        @Nullable String rerunOf,
        @Nullable Value carried,
        List<TaskRecord> kept,
        @Nullable Parent parent) {
    static final Origin NONE = new Origin(null, null, List.of(), null);

    Origin {
        kept = List.copyOf(kept);
    }

    static Origin again(String rerunOf, @Nullable Value carried, List<TaskRecord> kept) {
        return new Origin(rerunOf, carried, kept, null);
    }

    static Origin child(Parent parent) {
        return new Origin(null, null, List.of(), parent);
    }
}
