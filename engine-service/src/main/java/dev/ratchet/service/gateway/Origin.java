package dev.ratchet.service.gateway;

import dev.ratchet.run.Command;
import dev.ratchet.run.Request;
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
 * @param asked the request for it; absent when its document is all there was
 */
record Origin(
        @Nullable String rerunOf,
        @Nullable Value carried,
        List<TaskRecord> kept,
        @Nullable Parent parent,
        @Nullable Command asked) {
    static final Origin NONE = new Origin(null, null, List.of(), null, null);

    Origin {
        kept = List.copyOf(kept);
    }

    static Origin again(String rerunOf, @Nullable Value carried, List<TaskRecord> kept, Signature signature) {
        Command asked = new Command("rerun", signature.by(), signature.why(), new Request.Rerun(rerunOf));
        return new Origin(rerunOf, carried, kept, null, asked);
    }

    static Origin child(Parent parent) {
        return new Origin(null, null, List.of(), parent, null);
    }
}
