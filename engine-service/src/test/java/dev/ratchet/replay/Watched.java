package dev.ratchet.replay;

import dev.ratchet.run.Command;
import dev.ratchet.run.Outcome;
import dev.ratchet.workflow.CommandVerdict;
import dev.ratchet.workflow.DispatchEnd;
import dev.ratchet.workflow.PatchRequest;
import dev.ratchet.workflow.PatchVerdict;
import dev.ratchet.workflow.RunStart;
import dev.ratchet.workflow.RunWorkflow;
import dev.ratchet.workflow.Snapshot;
import dev.ratchet.workflow.SnapshotRequest;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A run whose input may be changed and whose result is kept. */
final class Watched implements RunWorkflow {
    private final RunWorkflow run;
    private final UnaryOperator<RunStart> change;
    private final List<Snapshot> results;

    Watched(RunWorkflow run, List<Snapshot> results) {
        this(run, start -> start, results);
    }

    Watched(RunWorkflow run, UnaryOperator<RunStart> change, List<Snapshot> results) {
        this.run = run;
        this.change = change;
        this.results = results;
    }

    @Override
    public Snapshot run(RunStart start) {
        Snapshot result = run.run(change.apply(start));
        results.add(result);
        return result;
    }

    @Override
    public void command(Command command) {
        run.command(command);
    }

    @Override
    public void report(List<Outcome> outcomes) {
        run.report(outcomes);
    }

    @Override
    public void ended(DispatchEnd end) {
        run.ended(end);
    }

    @Override
    public PatchVerdict patch(PatchRequest request) {
        return run.patch(request);
    }

    @Override
    public void checkPatch(PatchRequest request) {
        run.checkPatch(request);
    }

    @Override
    public Snapshot snapshot(SnapshotRequest request) {
        return run.snapshot(request);
    }

    @Override
    public @Nullable CommandVerdict verdict(String commandId) {
        return run.verdict(commandId);
    }
}
