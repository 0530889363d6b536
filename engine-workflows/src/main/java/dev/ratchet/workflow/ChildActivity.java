package dev.ratchet.workflow;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import dev.ratchet.run.RunContext;
import dev.ratchet.run.TaskKey;
import dev.ratchet.run.Value;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;
import org.jspecify.annotations.Nullable;

/** Starts and stops the runs that carry out tasks of others. At least once; the id of a child is the same each time. */
@ActivityInterface
public interface ChildActivity {
    /** The activity types in Temporal. */
    String START = "StartRun";

    String STOP = "StopRun";

    /**
     * One attempt of a task, as the run that carries it out.
     *
     * @param depth how many runs are around that run: 1 for the child of a run that somebody submitted
     * @param offspring how many runs that run may start, those that they start included
     * @param graph what the task's type prepared; absent to stop it
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Order(
            RunContext parent,
            TaskKey key,
            int attempt,
            int depth,
            int offspring,
            @Nullable Value graph) {
        /** The child's id. */
        @JsonIgnore
        public String child() {
            return ChildId.of(parent.workflowId(), parent.id(), key, attempt);
        }
    }

    /**
     * What became of an order to start.
     *
     * @param gone whether the child has ended: its parent heard of that before, or never will
     * @param detached what the task gives, when nobody waits for the child; absent when the parent does
     */
    @JsonInclude(JsonInclude.Include.NON_DEFAULT)
    record Started(boolean gone, @Nullable Value detached) {}

    /** Starts the child, or finds the one that was started before. Failures are retried unless they are not retryable. */
    @ActivityMethod(name = START)
    Started start(Order order);

    /** Aborts the child; nothing happens when there is none. */
    @ActivityMethod(name = STOP)
    void stop(Order order);
}
