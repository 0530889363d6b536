package dev.ratchet.task.dispatch;

import dev.ratchet.document.ErrorCode;
import dev.ratchet.document.Json;
import dev.ratchet.document.Weight;
import dev.ratchet.run.Attempt;
import dev.ratchet.run.RunFold;
import dev.ratchet.task.blob.BlobException;
import dev.ratchet.task.blob.BlobStore;
import dev.ratchet.workflow.Carriage;
import dev.ratchet.workflow.DispatchActivity;
import dev.ratchet.workflow.DispatchRequest;
import dev.ratchet.workflow.DispatchResult;
import dev.ratchet.workflow.GroupPiece;
import io.temporal.activity.Activity;
import io.temporal.failure.ApplicationFailure;
import java.util.List;

/**
 * Carries the attempts of a dispatch out side by side, each on a virtual thread, while it sends heartbeats and reports what
 * settled early; or folds a group. One instance serves all dispatches of a worker. Thread-safe.
 */
public final class Dispatcher implements DispatchActivity {
    private final Toolbox tools;
    private final AttemptRunner runner;
    private final InlineJobs inline;
    private final Draining draining;

    /** @param draining the worker's, so that a dispatch ends early when the worker shuts down */
    public Dispatcher(Toolbox tools, Draining draining) {
        this.tools = tools;
        this.runner = new AttemptRunner(tools);
        this.inline = new InlineJobs(tools);
        this.draining = draining;
    }

    @Override
    public DispatchResult dispatch(DispatchRequest request) {
        try {
            return dispatch(
                    request,
                    new TemporalLifeline(
                            Activity.getExecutionContext(), request.run().workflowId()));
        } catch (BlobException e) {
            throw ApplicationFailure.newFailure(e.text(), ErrorCode.EXECUTION_FAILED.wire());
        }
    }

    @Override
    public void nextTurn() {
        // its end is all that is wanted of it
    }

    DispatchResult dispatch(DispatchRequest request, Lifeline lifeline) {
        DispatchRequest whole = whole(request);
        GroupPiece group = whole.group();
        DispatchResult result = group == null ? carry(whole, lifeline) : fold(whole, group, lifeline);
        if (!result.handedBack().isEmpty()) {
            draining.holdUntilPollsEnd();
        }
        return Weight.of(result) <= Carriage.MAX_INLINE
                ? result
                : DispatchResult.storedAs(
                        tools.blobs().putJson(Json.tree(result)).ref());
    }

    /** A request that was too large to travel is where its reference says. */
    private DispatchRequest whole(DispatchRequest request) {
        String ref = request.stored();
        if (ref == null) {
            return request;
        }
        return tools.blobs().getJson(ref, BlobStore.MAX_BYTES, DispatchRequest.class);
    }

    private DispatchResult carry(DispatchRequest request, Lifeline lifeline) {
        if (draining.hasBegun()) {
            return new DispatchResult(
                    List.of(),
                    request.attempts().stream().map(Attempt::key).sorted().toList(),
                    List.of());
        }
        Scene scene = new Scene(request.run(), request.sources(), tools.values());
        return new Pack(lifeline, draining)
                .carryOut(
                        request.attempts(),
                        each -> runner.start(each, scene, request.inlineAllowance(), Threads.VIRTUAL));
    }

    private DispatchResult fold(DispatchRequest request, GroupPiece group, Lifeline lifeline) {
        RunFold fold = RunFold.ofGroup(
                group.plan(),
                group.settled(),
                group.name(),
                request.dispatch(),
                group.slots(),
                request.run().engineVersion(),
                tools.clock().millis());
        GroupHands hands = new GroupHands(tools, runner, inline, request.run(), request.inlineAllowance());
        return new GroupPack(fold, hands, draining, lifeline).carryOut();
    }
}
