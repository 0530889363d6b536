package dev.ratchet.workflow;

import dev.ratchet.run.TaskRecord;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;
import java.util.List;

/** Short work beside the decider, run as local activities. Never throws for a task's sake. */
@ActivityInterface
public interface InlineActivity {
    @ActivityMethod(name = "Inline")
    InlineResult inline(InlineRequest request);

    /** Stores a page of settled tasks and returns its reference. */
    @ActivityMethod(name = "Seal")
    String seal(List<TaskRecord> page);
}
