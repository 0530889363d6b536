package dev.ratchet.workflow;

import dev.ratchet.run.RunInput;
import io.temporal.api.enums.v1.ParentClosePolicy;
import io.temporal.common.converter.RawValue;
import io.temporal.workflow.Async;
import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.ChildWorkflowOptions;
import io.temporal.workflow.ChildWorkflowStub;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The dispatches of a run that go on without the execution that began them, each as a {@link DispatchWorkflow}. Such a
 * workflow says itself how its dispatch ended. Of one that this execution began, Temporal tells when it ends without a word;
 * for those of earlier executions the run looks now and then.
 */
final class SeparateDispatches {
    private final String run;
    private final Mailbox mailbox;
    private final long lookMs;
    private final Map<Long, Child> open = new TreeMap<>();
    private long lookAt;
    private boolean isTimed;
    private boolean isLooking;

    SeparateDispatches(String run, Mailbox mailbox, long lookMs) {
        this.run = run;
        this.mailbox = mailbox;
        this.lookMs = lookMs;
    }

    /** One that is under way; without a scope it was begun by an earlier execution. */
    private static final class Child {
        private final @Nullable CancellationScope scope;
        private boolean started;

        Child(@Nullable CancellationScope scope, boolean started) {
            this.scope = scope;
            this.started = started;
        }
    }

    /** Goes on with what an earlier execution began. */
    void restore(Collection<Long> dispatches, long lookedAt) {
        dispatches.forEach(dispatch -> open.put(dispatch, new Child(null, true)));
        lookAt = lookedAt;
    }

    /** What comes of it lands in the mailbox. */
    void start(DispatchOrder order, RawValue input) {
        long dispatch = order.dispatch();
        ChildWorkflowStub stub = Workflow.newUntypedChildWorkflowStub(
                DispatchWorkflow.TYPE,
                ChildWorkflowOptions.newBuilder()
                        .setWorkflowId(DispatchWorkflow.id(run, dispatch))
                        .setParentClosePolicy(ParentClosePolicy.PARENT_CLOSE_POLICY_ABANDON)
                        .setStaticSummary(order.summary())
                        .build());
        CancellationScope scope = Workflow.newCancellationScope(() -> {
            var done = stub.executeAsync(Void.class, order, input, lookMs);
            stub.getExecution().handle((execution, failure) -> {
                noteStart(dispatch);
                return execution;
            });
            done.handle((nothing, failure) -> {
                mailbox.putFromOutside(at -> closed(at, dispatch));
                return nothing;
            });
        });
        open.put(dispatch, new Child(scope, false));
        scope.run();
    }

    private void noteStart(long dispatch) {
        Child child = open.get(dispatch);
        if (child != null) {
            child.started = true;
            mailbox.wakeFromOutside();
        }
    }

    /** It says itself how it ended before it does; of one that has said so nothing is lost. */
    private RunInput closed(long at, long dispatch) {
        open.remove(dispatch);
        return new RunInput.Lost(
                at, dispatch, List.of(), List.of(), "the workflow that carried it ended without a word");
    }

    void cancelAll(String why) {
        cancel(open.keySet(), why);
    }

    /** Tells those of these that are under way to stop. */
    void cancel(Set<Long> dispatches, String why) {
        for (long dispatch : new TreeSet<>(dispatches)) {
            Child child = open.get(dispatch);
            if (child != null && child.scope != null) {
                child.scope.cancel(why);
            } else if (child != null) {
                Async.procedure(() -> Workflow.newUntypedExternalWorkflowStub(DispatchWorkflow.id(run, dispatch))
                                .cancel())
                        .handle((told, gone) -> {
                            if (gone != null) {
                                mailbox.putFromOutside(at -> closed(at, dispatch));
                            }
                            return told;
                        });
            }
        }
    }

    /** Forgets those that have ended. */
    void closed(Set<Long> stillOpen) {
        open.keySet().retainAll(stillOpen);
    }

    /** The dispatches that a new execution would find. */
    Set<Long> started() {
        Set<Long> started = new TreeSet<>();
        open.forEach((dispatch, child) -> {
            if (child.started) {
                started.add(dispatch);
            }
        });
        return started;
    }

    /** When the run looks after them next, epoch milliseconds; 0 when it has had no cause to. */
    long lookAt() {
        return lookAt;
    }

    /** Looks after those that an earlier execution began, when it is time to. */
    void lookAfter(long now) {
        List<Long> inherited = open.entrySet().stream()
                .filter(each -> each.getValue().scope == null)
                .map(Map.Entry::getKey)
                .toList();
        if (inherited.isEmpty() || isLooking) {
            return;
        }
        if (lookAt == 0) {
            lookAt = now + lookMs;
        }
        if (now < lookAt) {
            setTimer(now);
            return;
        }
        look(inherited);
    }

    private void setTimer(long now) {
        if (!isTimed) {
            isTimed = true;
            Workflow.newTimer(Duration.ofMillis(lookAt - now)).handle((due, cancelled) -> {
                isTimed = false;
                mailbox.wakeFromOutside();
                return due;
            });
        }
    }

    private void look(List<Long> inherited) {
        isLooking = true;
        Neighbours.closed(inherited.stream()
                        .map(dispatch -> DispatchWorkflow.id(run, dispatch))
                        .toList())
                .handle((closed, unknown) -> {
                    isLooking = false;
                    lookAt = 0;
                    List<String> gone = closed == null ? List.of() : List.of(closed);
                    inherited.stream()
                            .filter(dispatch -> gone.contains(DispatchWorkflow.id(run, dispatch)))
                            .forEach(dispatch -> mailbox.putFromOutside(at -> closed(at, dispatch)));
                    mailbox.wakeFromOutside();
                    return closed;
                });
    }
}
