package dev.ratchet.workflow;

import dev.ratchet.run.Command;
import dev.ratchet.run.DecisionRules;
import dev.ratchet.run.EngineVersions;
import dev.ratchet.run.Outcome;
import dev.ratchet.run.Request;
import dev.ratchet.run.RunInput;
import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.Workflow;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The run workflow: receives what comes from outside, and lets {@link RunLoop} do the rest. */
public final class RunWorkflowImpl implements RunWorkflow {
    private final PlanSource plans;
    private final DecisionRules rules;
    private final Mailbox mailbox = new Mailbox();
    private @Nullable RunLoop loop;

    public RunWorkflowImpl(PlanSource plans) {
        this(plans, DecisionRules.TODAY);
    }

    /** Decides by other rules. */
    public RunWorkflowImpl(PlanSource plans, DecisionRules rules) {
        this.plans = plans;
        this.rules = rules;
    }

    @Override
    public Snapshot run(RunStart start) {
        EngineVersions.require(start.run().engineVersion(), rules.newest());
        RunLoop own = new RunLoop(start, plans, mailbox, rules);
        loop = own;
        CancellationScope.current().getCancellationRequest().thenApply(reason -> {
            mailbox.putFromOutside(at -> new RunInput.Commanded(
                    at, new Command("temporal-cancel", "temporal", reason, new Request.Abort())));
            return null;
        });
        Workflow.newDetachedCancellationScope(own::untilEnd).run();
        return own.result();
    }

    @Override
    public void command(Command command) {
        mailbox.putFromOutside(at -> new RunInput.Commanded(at, command));
    }

    @Override
    public void report(List<Outcome> outcomes) {
        mailbox.putFromOutside(at -> new RunInput.Reported(at, outcomes));
    }

    /** An update may come with the very first workflow task, before the run was taken up. */
    @Override
    public PatchVerdict patch(PatchRequest request) {
        Workflow.await(() -> loop != null);
        return begun().patches().patch(request);
    }

    @Override
    public void checkPatch(PatchRequest request) {
        if (loop != null) {
            loop.patches().check();
        }
    }

    @Override
    public Snapshot snapshot(SnapshotRequest request) {
        return begun().snapshot(request);
    }

    @Override
    public @Nullable CommandVerdict verdict(String commandId) {
        return begun().verdict(commandId);
    }

    private RunLoop begun() {
        if (loop == null) {
            throw new IllegalStateException("Expected a run that has begun, but it has not");
        }
        return loop;
    }
}
