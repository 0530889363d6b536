package dev.ratchet.run;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import dev.ratchet.document.Money;
import dev.ratchet.document.Text;
import org.jspecify.annotations.Nullable;

/**
 * A request that a run has read, for whoever wants to know later who asked for what and why.
 *
 * @param at when the run read it, epoch milliseconds
 * @param request what was asked for
 * @param task key of the task that it is about; absent when it is about the run
 * @param by who asked; absent when nobody said
 * @param byTask the task in whose name it was asked; absent when it was no task
 * @param why what they said about it
 * @param limit the new limit, when it raises a budget
 * @param refusal why it had no effect; absent when it had, or when nothing was left to do
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record AuditEntry(
        long at,
        Asked request,
        @Nullable String task,
        @Nullable String by,
        @Nullable String byTask,
        @Nullable String why,
        @Nullable Money limit,
        @Nullable TaskError refusal) {
    private static final int MAX_NAME = 300;
    private static final int MAX_WHY = 1_000;

    /** Kinds of requests. */
    public enum Asked {
        ABORT,
        BUDGET,
        PAUSE,
        RESUME,
        ANSWER,
        SKIP,
        RETRY,
        PATCH,
        RERUN
    }

    public AuditEntry {
        task = cut(task, MAX_NAME);
        by = cut(by, MAX_NAME);
        byTask = cut(byTask, MAX_NAME);
        why = cut(why, MAX_WHY);
    }

    static AuditEntry of(RunEvent.CommandRead event) {
        Command command = event.command();
        return switch (command.what()) {
            case Request.Abort abort -> entry(event, Asked.ABORT, null);
            case Request.RaiseBudget raise ->
                new AuditEntry(
                        event.at(),
                        Asked.BUDGET,
                        null,
                        command.by(),
                        null,
                        command.why(),
                        raise.limit(),
                        event.refusal());
            case Request.Pause pause -> entry(event, Asked.PAUSE, null);
            case Request.Rerun again -> entry(event, Asked.RERUN, null);
            case Request.Resume resume -> entry(event, Asked.RESUME, null);
            case Request.Give give -> entry(event, Asked.ANSWER, give.key());
            case Request.Skip skip -> entry(event, Asked.SKIP, skip.key());
            case Request.Retry retry -> entry(event, Asked.RETRY, retry.key());
            case Request.Patch patch ->
                new AuditEntry(
                        event.at(),
                        Asked.PATCH,
                        null,
                        command.by(),
                        patch.change().task(),
                        command.why(),
                        null,
                        event.refusal());
        };
    }

    private static AuditEntry entry(RunEvent.CommandRead event, Asked asked, @Nullable TaskKey task) {
        Command command = event.command();
        return new AuditEntry(
                event.at(),
                asked,
                task == null ? null : task.toString(),
                command.by(),
                null,
                command.why(),
                null,
                event.refusal());
    }

    /** About how much it takes in JSON. */
    @JsonIgnore
    int characters() {
        return length(task)
                + length(by)
                + length(byTask)
                + length(why)
                + (refusal == null ? 0 : length(refusal.message()));
    }

    private static int length(@Nullable String text) {
        return text == null ? 0 : text.length();
    }

    private static @Nullable String cut(@Nullable String text, int most) {
        return text == null ? null : Text.cut(text, most);
    }
}
