package dev.ratchet.workflow;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.ratchet.queue.Lease;
import dev.ratchet.queue.QueuedJob;
import dev.ratchet.run.Value;
import io.temporal.workflow.QueryMethod;
import io.temporal.workflow.SignalMethod;
import io.temporal.workflow.UpdateMethod;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One queue of jobs for agents. Begun by the first job, with signal-with-start; ends when it has been empty for a while, and
 * begins anew.
 */
@WorkflowInterface
public interface AgentQueueWorkflow {
    /** The workflow type in Temporal. */
    String TYPE = "AgentQueue";

    String OFFER = "offer";
    String WITHDRAW = "withdraw";
    String RENEW = "renew";
    String GIVE_BACK = "give_back";
    String LEASE = "lease";
    String WAITING = "waiting";
    String LEASE_OF = "lease_of";

    /** The workflow id of a queue. Ids of runs have one slash. */
    static String id(String organization, String queue) {
        return "queue/" + organization + "/" + queue;
    }

    /** How many jobs an agent, or somebody for several, would have, and for how long. */
    record Wish(int jobs, long leaseMs) {}

    /**
     * A lease as its holder knows it.
     *
     * @param number absent for whichever lease of the job there is
     * @param leaseMs for how long from now
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Held(String job, @Nullable Long number, long leaseMs) {}

    /** A job, asked about at a time: a query has no clock of its own. */
    record Asked(String job, long now) {}

    /** @param carried where the execution before left off; absent at the beginning */
    @WorkflowMethod(name = TYPE)
    void run(@Nullable Value carried);

    @SignalMethod(name = OFFER)
    void offer(@Nullable QueuedJob job);

    @SignalMethod(name = WITHDRAW)
    void withdraw(@Nullable String job);

    @SignalMethod(name = RENEW)
    void renew(@Nullable Held lease);

    @SignalMethod(name = GIVE_BACK)
    void giveBack(@Nullable Held lease);

    /** Jobs that nobody has, at most as many as wished for; none when there are none. */
    @UpdateMethod(name = LEASE)
    List<Lease> lease(Wish wish);

    /** How many jobs nobody has at that time. */
    @QueryMethod(name = WAITING)
    int waiting(long now);

    /** Number of the lease under which somebody has the job; null when nobody does. */
    @QueryMethod(name = LEASE_OF)
    @Nullable
    Long leaseOf(Asked asked);
}
