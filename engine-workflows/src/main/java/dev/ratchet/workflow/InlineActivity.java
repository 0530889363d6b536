package dev.ratchet.workflow;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ratchet.run.TaskRecord;
import dev.ratchet.run.Value;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;
import java.util.List;

/** Short work beside the decider, run as local activities. Never throws for a task's sake. */
@ActivityInterface
public interface InlineActivity {
    /** The activity types in Temporal. */
    String INLINE = "Inline";

    String SEAL = "Seal";

    String CARRY = "Carry";

    @ActivityMethod(name = INLINE)
    InlineResult inline(InlineRequest request);

    /** Stores a page of settled tasks and returns its reference. */
    @ActivityMethod(name = SEAL)
    String seal(List<TaskRecord> page);

    /** Stores what a run has to send but is too large to travel: a request, or the state it goes on with. */
    @ActivityMethod(name = CARRY)
    Value.Stored carry(JsonNode load);
}
