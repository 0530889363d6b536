package dev.ratchet.workflow;

import dev.ratchet.plan.Plan;
import dev.ratchet.run.Command;
import dev.ratchet.run.Request;
import dev.ratchet.run.Revision;
import dev.ratchet.run.RunInput;
import dev.ratchet.run.RunState;
import dev.ratchet.run.TaskError;
import io.temporal.failure.ApplicationFailure;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.unsafe.WorkflowUnsafe;
import org.jspecify.annotations.Nullable;

/** Takes patches in: each waits in its own handler until the loop has read it. */
final class Patches {
    /** At once; the server refuses more than ten. */
    static final int MOST_TOGETHER = 8;

    /** Type of the failure when there are more. */
    static final String OVERLOADED = "overloaded";

    /** Type of the failure when it is none. */
    static final String MALFORMED = "invalid_input";

    private final PlanSource plans;
    private final Mailbox mailbox;
    private final RunState state;
    private final Renewal renewal;
    private int open;

    Patches(PlanSource plans, Mailbox mailbox, RunState state, Renewal renewal) {
        this.plans = plans;
        this.mailbox = mailbox;
        this.state = state;
        this.renewal = renewal;
    }

    /**
     * Before a patch enters history: one whose plan cannot be read would fail one workflow task after the other.
     *
     * @throws ApplicationFailure when it is not one, or its plan cannot be read now
     */
    static void check(PlanSource plans, @Nullable PatchRequest request) {
        if (request == null
                || request.id() == null
                || request.change() == null
                || request.change().plan() == null) {
            throw ApplicationFailure.newNonRetryableFailure(
                    "Expected a patch with an id and a plan, but something is missing", MALFORMED);
        }
        try {
            var ignored = WorkflowUnsafe.deadlockDetectorOff(
                    () -> plans.byHash(request.change().plan()));
        } catch (RuntimeException unreadable) {
            throw ApplicationFailure.newNonRetryableFailure(
                    "Expected the plan of the patch to be readable, but it is not at the moment", OVERLOADED);
        }
    }

    /** Before a patch enters history. */
    void check() {
        if (renewal.isCrowded()) {
            throw ApplicationFailure.newNonRetryableFailure(
                    "Expected room for another patch, but the run continues as a new execution first", OVERLOADED);
        }
        if (open >= MOST_TOGETHER) {
            throw ApplicationFailure.newNonRetryableFailure(
                    "Expected at most " + MOST_TOGETHER + " patches of a run at once, but there are more", OVERLOADED);
        }
    }

    PatchVerdict patch(PatchRequest request) {
        open++;
        try {
            Plan plan = WorkflowUnsafe.deadlockDetectorOff(
                    () -> plans.byHash(request.change().plan()));
            Request.Patch patch = new Request.Patch(request.base(), plan, request.change());
            mailbox.putFromOutside(
                    at -> new RunInput.Commanded(at, new Command(request.id(), request.by(), request.why(), patch)));
            Workflow.await(() -> state.hasRead(request.id()) || state.isEnded());
            return verdict(request);
        } finally {
            open--;
        }
    }

    private PatchVerdict verdict(PatchRequest request) {
        TaskError refusal = state.refusal(request.id());
        if (refusal != null) {
            return new PatchVerdict(null, refusal.code(), refusal.message());
        }
        for (Revision revision : state.revisions().reversed()) {
            if (revision.command().equals(request.id())) {
                return new PatchVerdict(revision.number(), null, null);
            }
        }
        return new PatchVerdict(null, PatchVerdict.ENDED, "Expected a run that goes on, but this one has ended");
    }

    /** Where the graph is that the run follows now. */
    PlanRef plan(PlanRef first) {
        return state.revisions().isEmpty()
                ? first
                : new PlanRef(state.revisions().getLast().change().plan(), null);
    }
}
