package dev.ratchet.testkit;

import dev.ratchet.plan.Edge;
import dev.ratchet.plan.Node;
import dev.ratchet.plan.Plan;
import dev.ratchet.plan.Policies.Scheduling;
import dev.ratchet.plan.Scope;
import dev.ratchet.run.RunEvent;
import dev.ratchet.run.RunStatus;
import dev.ratchet.run.TaskKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the events of a run and says which promises they break. Shares nothing with the engine but the names of events: it
 * would notice if the engine's own bookkeeping were wrong.
 */
public final class Audit {
    private Plan plan;
    private final List<String> broken = new ArrayList<>();
    private final Map<TaskKey, String> settled = new HashMap<>();
    private final Set<TaskKey> started = new HashSet<>();
    /** By task: the dispatch of the group that carries it, 0 when none does. */
    private final Map<TaskKey, Long> onWorkers = new HashMap<>();

    private final Map<TaskKey, Long> notBefore = new HashMap<>();
    private final Map<TaskKey, Integer> attempts = new HashMap<>();
    private final Map<TaskKey, Boolean> redelivered = new HashMap<>();
    private final Map<TaskKey, Integer> lost = new HashMap<>();
    private final Set<TaskKey> unheard = new HashSet<>();
    private final Map<Long, Integer> groupSlots = new HashMap<>();
    private final Set<String> queuedGroups = new HashSet<>();
    private final AuditOfMoney money;
    private boolean begun;
    private boolean closing;
    private boolean aborted;
    private final Set<String> stopping = new HashSet<>();
    private boolean paused;
    private @Nullable RunStatus end;

    private Audit(Plan plan) {
        this.plan = plan;
        this.money = new AuditOfMoney(plan.policy().budgetLimit(), broken);
    }

    /** The promises that the events of one run break; empty when all are kept. */
    public static List<String> of(Plan plan, List<RunEvent> events) {
        Audit audit = new Audit(plan);
        events.forEach(audit::read);
        audit.atTheEnd();
        return audit.broken;
    }

    private void read(RunEvent event) {
        check(end == null, "nothing happens after the end", event);
        money.read(event);
        switch (event) {
            case RunEvent.Started e -> {
                check(!begun, "a run begins once", e);
                begun = true;
            }
            case RunEvent.BatchBegan e -> batchBegan(e);
            case RunEvent.DecisionAsked e -> begins(e, e.key());
            case RunEvent.PreparationAsked e -> {
                begins(e, e.key());
                check(e.at() >= notBefore.getOrDefault(e.key(), 0L), "no timer is early", e);
                notBefore.remove(e.key());
            }
            case RunEvent.Queued e -> begins(e, e.key());
            case RunEvent.GroupQueued e -> groupQueued(e);
            case RunEvent.HandedOver e -> {
                check(!paused || groupSlots.containsKey(e.dispatch()), "nothing starts while the run is paused", e);
                e.keys().forEach(key -> handedOver(e, key));
            }
            case RunEvent.GroupHandedOver e -> {
                check(!closing, "nothing starts once the run closes", e);
                check(!paused, "nothing starts while the run is paused", e);
                groupSlots.put(e.dispatch(), e.slots());
                queuedGroups.remove(e.group());
                checkWidth(e);
            }
            case RunEvent.DispatchClosed e -> groupSlots.remove(e.dispatch());
            case RunEvent.Executing e -> executing(e);
            case RunEvent.Parked e -> {
                checkOpen(e, e.key());
                check(!closing, "nothing starts once the run closes", e);
            }
            case RunEvent.Delegated e -> {
                check(!closing && !paused, "nothing starts in a run that stops", e);
                begins(e, e.key());
                delivered(e, e.key());
            }
            case RunEvent.LookedAfter e -> checkOpen(e, e.key());
            case RunEvent.Recalled e -> checkOpen(e, e.key());
            case RunEvent.Completed e -> settles(e, e.key(), "completed");
            case RunEvent.Failed e -> settles(e, e.key(), "failed");
            case RunEvent.Skipped e -> {
                check(
                        !started.contains(e.key())
                                || attempts.getOrDefault(e.key(), 0) == 0
                                || unheard.contains(e.key())
                                || e.reason() == dev.ratchet.run.SkipReason.REQUESTED,
                        "started is not skipped",
                        e);
                settles(e, e.key(), "skipped");
            }
            case RunEvent.Cancelled e -> {
                check(
                        closing || !groupSlots.isEmpty() || !stopping.isEmpty(),
                        "nothing is cancelled while the run goes on",
                        e);
                settles(e, e.key(), "cancelled");
            }
            case RunEvent.AttemptFailed e -> attemptFailed(e);
            case RunEvent.RetryDue e -> {
                check(e.at() >= notBefore.getOrDefault(e.key(), Long.MAX_VALUE), "no timer is early", e);
                notBefore.remove(e.key());
            }
            case RunEvent.DeliveryLost e -> {
                leavesWorker(e, e.key());
                redelivered.put(e.key(), true);
                check(lost.merge(e.key(), 1, Integer::sum) <= 5, "five lost deliveries are enough", e);
                if (e.againAt() > e.at()) {
                    notBefore.put(e.key(), e.againAt());
                }
            }
            case RunEvent.DeliveryUnheard e -> {
                checkOpen(e, e.key());
                delivered(e, e.key());
                unheard.add(e.key());
                redelivered.put(e.key(), true);
                check(lost.merge(e.key(), 1, Integer::sum) <= 5, "five lost deliveries are enough", e);
            }
            case RunEvent.WorkerSought e -> e.keys().forEach(key -> checkOpen(e, key));
            case RunEvent.WorkerMissed e -> e.keys().forEach(key -> checkOpen(e, key));
            case RunEvent.WorkerFound e -> e.keys().forEach(key -> checkOpen(e, key));
            case RunEvent.HandedBack e -> {
                leavesWorker(e, e.key());
                redelivered.put(e.key(), true);
            }
            case RunEvent.Closing e -> {
                closing = true;
                aborted |= e.cause() == dev.ratchet.run.ClosingCause.ABORTED;
            }
            case RunEvent.Ended e -> end = e.status();
            case RunEvent.Decided e -> checkOpen(e, e.answer().key());
            case RunEvent.Prepared e -> checkOpen(e, e.key());
            case RunEvent.Reserved e -> checkOpen(e, e.key());
            case RunEvent.BudgetAwaited e -> checkOpen(e, e.key());
            case RunEvent.Patched e -> patched(e);
            case RunEvent.Paused e -> paused = true;
            case RunEvent.Resumed e -> paused = false;
            case RunEvent.Reopened e -> {
                check(!onWorkers.containsKey(e.key()), "what a worker has is not opened again", e);
                settled.remove(e.key());
                started.remove(e.key());
                notBefore
                        .keySet()
                        .removeIf(key -> key.equals(e.key()) || key.scope().startsWith(e.key() + "["));
                attempts.keySet()
                        .removeIf(key -> key.equals(e.key()) || key.scope().startsWith(e.key() + "["));
                lost.keySet().removeIf(key -> key.equals(e.key()) || key.scope().startsWith(e.key() + "["));
                settled.keySet().removeIf(key -> key.scope().startsWith(e.key() + "["));
                started.removeIf(key -> key.scope().startsWith(e.key() + "["));
            }
            case RunEvent.ItemReopened e -> {
                check(!closing, "nothing is opened again in a run that ends", e);
                check(!onWorkers.containsKey(e.key()), "what a worker has is not opened again", e);
                settled.remove(e.key());
                stopping.remove(e.key() + "[" + e.number() + "]");
            }
            case RunEvent.RepeatBegan e -> {
                begins(e, e.key());
                check(!closing, "nothing starts once the run closes", e);
            }
            case RunEvent.ScopeBegan e -> check(!closing && !paused, "no turn begins in a run that stops", e);
            case RunEvent.ScopeAsked e -> checkOpen(e, e.key());
            case RunEvent.ScopeEnded e -> checkOpen(e, e.key());
            case RunEvent.RepeatGivenUp e -> checkOpen(e, e.key());
            case RunEvent.Gathering e -> checkOpen(e, e.key());
            case RunEvent.ScopeClosing e -> stopping.add(e.scope());
            case RunEvent.AnswerTaken e -> leavesWorker(e, e.key());
            case RunEvent.AnswerKept e -> checkOpen(e, e.key());
            case RunEvent.Announced e -> checkOpen(e, e.key());
            case RunEvent.Escalated e -> checkOpen(e, e.key());
            case RunEvent.CommandRead e -> {
                // no promise is about being read
            }
            case RunEvent.BudgetRaised e -> {
                // the audit of money knows
            }
        }
    }

    private void begins(RunEvent event, TaskKey key) {
        checkOpen(event, key);
        for (Edge edge : node(key).edges()) {
            check(
                    settled.containsKey(new TaskKey(key.scope(), edge.from())),
                    "upstream is settled before a task begins",
                    event);
        }
        started.add(key);
    }

    private void groupQueued(RunEvent.GroupQueued event) {
        queuedGroups.add(event.group());
        for (Node node : plan.root().nodes()) {
            if (event.group().equals(node.group())) {
                for (Edge edge : node.edges()) {
                    boolean inside =
                            event.group().equals(node(TaskKey.root(edge.from())).group());
                    check(
                            inside || settled.containsKey(TaskKey.root(edge.from())),
                            "upstream of a group is settled before it begins",
                            event);
                }
            }
        }
    }

    private void batchBegan(RunEvent.BatchBegan event) {
        check(plan.policy().scheduling() == Scheduling.BATCH, "only batches begin", event);
        check(
                started.stream()
                        .filter(key -> key.scope().equals(event.scope()))
                        .allMatch(settled::containsKey),
                "a batch begins when the one before is settled",
                event);
        check(
                !event.scope().isEmpty() || (groupSlots.isEmpty() && queuedGroups.isEmpty()),
                "a batch begins when no group of the one before is open",
                event);
    }

    private void handedOver(RunEvent.HandedOver event, TaskKey key) {
        boolean inGroup = groupSlots.containsKey(event.dispatch());
        check(!closing || inGroup, "nothing starts once the run closes", event);
        check(!notBefore.containsKey(key), "no attempt before its delay is over", event);
        begins(event, key);
        check(
                onWorkers.put(key, inGroup ? event.dispatch() : 0L) == null,
                "an attempt is on one worker at a time",
                event);
        delivered(event, key);
        checkWidth(event);
    }

    private void executing(RunEvent.Executing event) {
        begins(event, event.key());
        check(!closing || !groupSlots.isEmpty(), "nothing starts once the run closes", event);
        check(!notBefore.containsKey(event.key()), "no attempt before its delay is over", event);
        delivered(event, event.key());
    }

    /** What has begun stays what it is. */
    private void patched(RunEvent.Patched event) {
        for (Node node : plan.root().nodes()) {
            int index = event.plan().root().indexOf(node.id());
            TaskKey key = TaskKey.root(node.id());
            boolean begun = settled.containsKey(key) || onWorkers.containsKey(key) || attempts.containsKey(key);
            check(
                    !begun || (index >= 0 && event.plan().root().node(index).equals(node)),
                    "what has begun is neither changed nor removed",
                    event);
        }
        check(!closing, "a run that ends is not patched", event);
        plan = event.plan();
    }

    private void delivered(RunEvent event, TaskKey key) {
        unheard.remove(key);
        if (redelivered.remove(key) == null) {
            int number = attempts.merge(key, 1, Integer::sum);
            lost.remove(key);
            check(number <= node(key).retry().maxAttempts(), "no more attempts than allowed", event);
        }
    }

    private void checkWidth(RunEvent event) {
        int granted = groupSlots.values().stream().mapToInt(Integer::intValue).sum();
        long alone =
                onWorkers.values().stream().filter(dispatch -> dispatch == 0).count();
        check(alone + granted <= plan.policy().maxParallelism(), "no more in flight than allowed", event);
        groupSlots.forEach((dispatch, slots) -> check(
                onWorkers.values().stream().filter(dispatch::equals).count() <= slots,
                "no more of a group in flight than granted",
                event));
    }

    private void attemptFailed(RunEvent.AttemptFailed event) {
        leavesWorker(event, event.key());
        long delay = node(event.key()).retry().delayAfter(attempts.getOrDefault(event.key(), 0));
        check(event.retryAt() >= event.at() + delay, "a retry waits for its delay", event);
        notBefore.put(event.key(), event.retryAt());
    }

    private void leavesWorker(RunEvent event, TaskKey key) {
        checkOpen(event, key);
        onWorkers.remove(key);
    }

    private void settles(RunEvent event, TaskKey key, String how) {
        check(settled.put(key, how) == null, "a terminal state never changes", event);
        onWorkers.remove(key);
    }

    private void checkOpen(RunEvent event, TaskKey key) {
        check(!settled.containsKey(key), "a terminal state never changes", event);
    }

    private void atTheEnd() {
        if (end == null) {
            return;
        }
        for (Node node : plan.root().nodes()) {
            check(settled.containsKey(TaskKey.root(node.id())), "every task is settled at the end: " + node.id(), null);
        }
        check(!aborted || end == RunStatus.ABORTED, "an abort ends in aborted", null);
        money.atTheEnd();
    }

    private Node node(TaskKey key) {
        Scope scope = scope(key.scope());
        return scope.node(scope.indexOf(key.id()));
    }

    /** The body that a turn or an item runs. */
    private Scope scope(String path) {
        if (path.isEmpty()) {
            return plan.root();
        }
        TaskKey composite = TaskKey.parse(path.substring(0, path.lastIndexOf('[')));
        return Objects.requireNonNull(node(composite).body()).scope();
    }

    private void check(boolean kept, String promise, @Nullable RunEvent event) {
        if (!kept) {
            broken.add(promise + (event == null ? "" : ": " + event));
        }
    }
}
