package dev.ratchet.workflow;

import dev.ratchet.run.Command;
import dev.ratchet.run.DecisionRules;
import dev.ratchet.run.EngineVersions;
import dev.ratchet.run.Outcome;
import dev.ratchet.run.RunInput;
import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.DynamicSignalHandler;
import io.temporal.workflow.Workflow;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The run workflow: receives what comes from outside, and lets {@link RunLoop} do the rest. Signals may come from strangers:
 * one that says nothing is ignored, one that cannot be read never gets here, and one of an unknown name only counts.
 */
public final class RunWorkflowImpl implements RunWorkflow {
    private final PlanSource plans;
    private final DecisionRules rules;
    private final Mailbox mailbox = new Mailbox();
    private final Traffic traffic = new Traffic();
    private final Renewal renewal;
    private @Nullable RunLoop loop;
    private @Nullable Snapshot result;

    public RunWorkflowImpl(PlanSource plans) {
        this(plans, DecisionRules.TODAY, RenewalLimits.DEFAULT);
    }

    /** Decides by other rules. */
    public RunWorkflowImpl(PlanSource plans, DecisionRules rules) {
        this(plans, rules, RenewalLimits.DEFAULT);
    }

    /** @param limits the same on every worker: the runs of one would not replay on another */
    public RunWorkflowImpl(PlanSource plans, RenewalLimits limits) {
        this(plans, DecisionRules.TODAY, limits);
    }

    private RunWorkflowImpl(PlanSource plans, DecisionRules rules, RenewalLimits limits) {
        this.plans = plans;
        this.rules = rules;
        this.renewal = new Renewal(limits, traffic);
    }

    @Override
    public Snapshot run(RunStart start) {
        EngineVersions.require(start.run().engineVersion(), rules.newest());
        Workflow.registerListener((DynamicSignalHandler) (unknown, arguments) -> traffic.signal());
        RunLoop own = new RunLoop(start, plans, mailbox, rules, renewal);
        loop = own;
        CancellationScope.current().getCancellationRequest().thenApply(reason -> {
            mailbox.putFromOutside(at -> new RunInput.Commanded(at, Cancellation.read(reason)));
            return null;
        });
        Workflow.newDetachedCancellationScope(own::untilEnd).run();
        Workflow.newDetachedCancellationScope(() -> result = own.result()).run();
        return Objects.requireNonNull(result);
    }

    @Override
    public void command(@Nullable Command command) {
        traffic.signal();
        if (command != null) {
            mailbox.putFromOutside(at -> new RunInput.Commanded(at, command));
        }
    }

    @Override
    public void report(@Nullable List<@Nullable Outcome> outcomes) {
        traffic.signal();
        if (outcomes != null) {
            mailbox.putFromOutside(at -> new RunInput.Reported(
                    at, outcomes.stream().filter(Objects::nonNull).toList()));
        }
    }

    @Override
    public void ended(@Nullable DispatchEnd end) {
        traffic.signal();
        if (end != null) {
            mailbox.putFromOutside(at -> begun().read(at, end));
        }
    }

    /** An update may come with the very first workflow task, before the run was taken up. */
    @Override
    public PatchVerdict patch(PatchRequest request) {
        traffic.update();
        Workflow.await(() -> loop != null);
        return begun().patches().patch(request);
    }

    @Override
    public void checkPatch(PatchRequest request) {
        Patches.check(plans, request);
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
