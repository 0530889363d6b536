package dev.ratchet.workflow;

import dev.ratchet.run.TaskRecord;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;
import java.util.List;

/** Short work beside the decider, run as local activities. Never throws for a task's sake. */
@ActivityInterface
public interface InlineActivity {
    /** The activity types in Temporal. */
    String INLINE = "Inline";

    String SEAL = "Seal";

    @ActivityMethod(name = INLINE)
    InlineResult inline(InlineRequest request);

    /** Stores a page of settled tasks and returns its reference. */
    @ActivityMethod(name = SEAL)
    String seal(List<TaskRecord> page);
}
