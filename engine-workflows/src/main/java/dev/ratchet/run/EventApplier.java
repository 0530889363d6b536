package dev.ratchet.run;

import dev.ratchet.plan.TaskSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Takes events into account: the writing side of {@link RunState}. Total, and bookkeeping only. */
final class EventApplier {
    private static final int MAX_DECISIONS = 20;

    private final RunState run;

    EventApplier(RunState run) {
        this.run = run;
    }

    void apply(RunEvent event) {
        switch (event) {
            case RunEvent.Started e -> run.course.startedAt = e.at();
            case RunEvent.BatchBegan e -> run.scope(e.scope()).main.batches = e.number();
            case RunEvent.DecisionAsked e -> run.move(e.key(), Phase.DECIDING);
            case RunEvent.Decided e -> decided(e);
            case RunEvent.PreparationAsked e -> run.markEdges(run.move(e.key(), Phase.PREPARING));
            case RunEvent.Prepared e -> prepared(e);
            case RunEvent.Queued e -> run.markEdges(run.move(e.key(), Phase.QUEUED));
            case RunEvent.GroupQueued e -> groupQueued(e);
            case RunEvent.Skipped e -> skipped(e);
            case RunEvent.Reserved e -> reserved(e);
            case RunEvent.BudgetAwaited e -> run.move(e.key(), Phase.AWAITING_BUDGET);
            case RunEvent.HandedOver e -> handedOver(e);
            case RunEvent.GroupHandedOver e -> groupHandedOver(e);
            case RunEvent.Executing e -> beginDelivery(run.move(e.key(), Phase.EXECUTING), e.at());
            case RunEvent.Parked e -> parked(e);
            case RunEvent.Completed e -> completed(e);
            case RunEvent.AttemptFailed e -> attemptFailed(e);
            case RunEvent.RetryDue e -> run.move(e.key(), Phase.QUEUED);
            case RunEvent.DeliveryLost e -> deliveryLost(e);
            case RunEvent.DeliveryUnheard e -> deliveryUnheard(e);
            case RunEvent.HandedBack e -> handedBack(e);
            case RunEvent.WorkerSought e -> e.keys().forEach(key -> seekAgain(run.taskState(key), e.at()));
            case RunEvent.WorkerMissed e -> e.keys().forEach(key -> showWorker(run.taskState(key), true));
            case RunEvent.WorkerFound e -> e.keys().forEach(key -> workerFound(run.taskState(key), e.begun()));
            case RunEvent.Failed e -> failed(e);
            case RunEvent.Cancelled e -> cancelled(e);
            case RunEvent.DispatchClosed e -> dispatchClosed(e.dispatch());
            case RunEvent.CommandRead e -> {
                run.remember(e.command().id(), e.refusal());
                run.audit.note(e);
            }
            case RunEvent.BudgetRaised e -> run.books.raiseTo(e.limit());
            case RunEvent.Closing e -> {
                run.course.closing(e);
                run.scope(TaskKey.ROOT).enter(closing(e.until() != null));
            }
            case RunEvent.Ended e -> {
                run.course.ended(e);
                run.scope(TaskKey.ROOT).enter(ScopeLife.ENDED);
            }
            case RunEvent.RepeatBegan e -> repeatBegan(e);
            case RunEvent.ScopeBegan e -> run.openScope(e.key(), e.number());
            case RunEvent.ItemReopened e -> itemReopened(e);
            case RunEvent.ScopeAsked e ->
                run.scope(ScopePath.of(e.key(), e.number())).enter(ScopeLife.EVALUATED);
            case RunEvent.ScopeEnded e -> scopeEnded(e);
            case RunEvent.ScopeClosing e -> run.closeScope(e.scope(), e.cancels());
            case RunEvent.RepeatGivenUp e -> {
                run.repetition(e.key()).failure = e.error();
                run.agenda.set(run.taskState(e.key()), null);
                run.reconsiderWithin(run.taskState(e.key()));
            }
            case RunEvent.Gathering e -> run.move(e.key(), Phase.EXECUTING);
            case RunEvent.AnswerKept e -> answerKept(e);
            case RunEvent.Announced e -> run.taskState(e.key()).announced = true;
            case RunEvent.AnswerTaken e -> answerTaken(e);
            case RunEvent.Delegated e -> delegated(e);
            case RunEvent.LookedAfter e -> waitOn(run.taskState(e.key()), e.at());
            case RunEvent.Recalled e -> {
                TaskState task = run.taskState(e.key());
                task.errand = Objects.requireNonNull(task.errand).recall(e.why());
                waitOn(task, e.at());
            }
            case RunEvent.Escalated e -> escalated(e);
            case RunEvent.Reopened e -> reopened(e.key());
            case RunEvent.Paused e -> run.course.paused = true;
            case RunEvent.Resumed e -> run.course.paused = false;
            case RunEvent.Patched e -> run.patch(e);
        }
    }

    private static ScopeLife closing(boolean cancels) {
        return cancels ? ScopeLife.CANCELLING : ScopeLife.FINISHING;
    }

    private void decided(RunEvent.Decided e) {
        TaskState task = run.move(e.answer().key(), Phase.DECIDED);
        task.lateAnswers = e.answer().late();
        task.whenAnswer = e.answer().when();
        task.decisions = lastOf(e.answer().decisions());
    }

    private void prepared(RunEvent.Prepared e) {
        TaskState task = run.taskState(e.key());
        task.estimate = e.estimate();
        task.payload = e.payload();
        run.move(e.key(), Phase.QUEUED);
    }

    private void groupQueued(RunEvent.GroupQueued e) {
        ScopeState scope = run.scope(e.scope());
        GroupState group = scope.group(e.group());
        for (int member : group.members) {
            scope.move(scope.tasks.get(member), Phase.GROUPED);
            run.touch(scope.tasks.get(member));
        }
    }

    private void skipped(RunEvent.Skipped e) {
        boolean spends = run.taskState(e.key()).phase == Phase.DELEGATED;
        TaskState task = settle(e.key(), Phase.SKIPPED, e.at());
        task.reason = e.reason();
        task.blockedBy = e.blockedBy();
        if (spends) {
            run.books.presume(task);
        } else {
            run.books.release(task);
        }
    }

    private void reserved(RunEvent.Reserved e) {
        TaskState task = run.taskState(e.key());
        run.books.reserve(task, e.amount());
        run.move(e.key(), Phase.QUEUED);
    }

    private void handedOver(RunEvent.HandedOver e) {
        for (TaskKey key : e.keys()) {
            TaskState task = run.move(key, Phase.RUNNING);
            beginDelivery(task, e.at());
            task.dispatch = e.dispatch();
            run.open.owe(e.dispatch(), key);
            seekAgain(task, e.at());
        }
    }

    private void groupHandedOver(RunEvent.GroupHandedOver e) {
        ScopeState scope = run.scope(e.scope());
        Lane lane = scope.handOver(scope.group(e.group()), e.dispatch(), e.slots(), e.at());
        run.open.openGroup(e.dispatch(), lane);
    }

    private static void beginDelivery(TaskState task, long at) {
        task.beginDelivery(at);
        if (task.startedAt == null) {
            task.startedAt = at;
        }
    }

    /** On the engine's own queue nobody has to look for workers: whoever decides this is one. */
    private void seekAgain(TaskState task, long at) {
        if (task.node.taskQueue() != null && !task.lane.isGroup()) {
            run.agenda.set(task, at + WorkerSearch.pause(at - task.handedAt));
        }
    }

    private void showWorker(TaskState task, boolean missing) {
        if (task.unpolled != missing) {
            task.unpolled = missing;
            run.touch(task);
        }
    }

    private void workerFound(TaskState task, boolean begun) {
        showWorker(task, false);
        if (begun) {
            run.agenda.set(task, null);
        }
    }

    private void parked(RunEvent.Parked e) {
        run.taskState(e.key()).parkedFor = e.waitingFor();
        TaskState task = run.move(e.key(), Phase.PARKED);
        task.hold = e.hold();
        task.given = task.given == null || task.given.isUsedUp() ? null : task.given;
        task.announced = false;
        run.agenda.set(task, e.dueAt());
        if (e.hold() != null) {
            beginDelivery(task, e.at());
        }
        if (task.startedAt == null) {
            task.startedAt = e.at();
        }
    }

    private void delegated(RunEvent.Delegated e) {
        TaskState task = run.move(e.key(), Phase.DELEGATED);
        run.delegated.add(e.key());
        beginDelivery(task, e.at());
        task.errand = new Errand(e.at(), false, null);
        task.announced = false;
        waitOn(task, e.at());
    }

    private void waitOn(TaskState task, long at) {
        long timeout = task.node.task().timeoutMs();
        run.agenda.set(task, Objects.requireNonNull(task.errand).due(at, timeout));
    }

    private void repeatBegan(RunEvent.RepeatBegan e) {
        run.taskState(e.key()).repetition = null;
        TaskState task = run.move(e.key(), Phase.REPEATING);
        run.markEdges(task);
        beginDelivery(task, e.at());
        task.repetition =
                new Repetition(Objects.requireNonNull(task.node.body()), e.total(), e.items(), task.attemptsWithin);
        if (task.keptItems != null) {
            task.repetition.keep(task.keptItems);
            task.keptItems = null;
        }
        run.reconsider(task);
        limitTime(task, e.at());
    }

    private void limitTime(TaskState composite, long at) {
        long timeout = composite.node.task().timeoutMs();
        run.agenda.set(composite, timeout >= TaskSpec.NO_TIMEOUT_MS ? null : (Long) (at + timeout));
    }

    private void scopeEnded(RunEvent.ScopeEnded e) {
        Repetition repetition = run.repetition(e.key());
        run.endScope(ScopePath.of(e.key(), e.number()));
        repetition.end(e.number(), e.part(), e.goesOn());
        repetition.count(run.scope(ScopePath.of(e.key(), e.number())));
        TaskState task = run.taskState(e.key());
        if (!e.decisions().isEmpty()) {
            task.decisions = lastOf(concat(task.decisions, e.decisions()));
        }
        run.touch(task);
    }

    /** A loop of a thousand turns decides a thousand times; the last ones are shown. */
    private static List<Decision> lastOf(List<Decision> decisions) {
        return List.copyOf(decisions.subList(Math.max(0, decisions.size() - MAX_DECISIONS), decisions.size()));
    }

    private void answerKept(RunEvent.AnswerKept e) {
        if (run.task(e.key()) == null) {
            run.early.keep(e.key(), e.given());
        } else {
            TaskState task = run.taskState(e.key());
            task.given = e.given();
            run.touch(task);
        }
    }

    private void answerTaken(RunEvent.AnswerTaken e) {
        TaskState task = run.taskState(e.key());
        task.given = e.given();
        String note = e.given().note();
        if (note != null) {
            task.decisions = concat(task.decisions, List.of(Decision.ofOutput(note)));
        }
        if (e.given().value() != null) {
            run.move(e.key(), Phase.EXECUTING);
            task.payload = e.given().value();
            run.books.pay(task, e.given().usage());
        }
    }

    private void escalated(RunEvent.Escalated e) {
        TaskState task = run.taskState(e.key());
        task.hold = task.hold == null ? null : task.hold.escalate();
        task.announced = false;
        run.agenda.set(task, e.dueAt());
        run.touch(task);
    }

    private void itemReopened(RunEvent.ItemReopened e) {
        TaskState map = run.taskState(e.key());
        if (map.phase.isSettled()) {
            run.move(e.key(), Phase.REPEATING);
            map.reopen();
            map.output = null;
            map.answers = List.of();
            map.delivery = 1;
            run.unsealed.remove(e.key());
            limitTime(map, e.at());
        }
        run.reopenItem(map, e.number());
        run.reconsider(map);
        run.touch(map);
    }

    /** Attempts made so far stay; the end, and what followed from it, does not. */
    private void reopened(TaskKey key) {
        TaskState task = run.move(key, Phase.PENDING);
        run.books.release(task);
        task.reopen();
        run.unsealed.remove(key);
        run.forgetWithin(task);
        run.askAnew(task);
        run.reconsiderFailures(key.scope());
    }

    private void completed(RunEvent.Completed e) {
        TaskState task = settle(e.key(), Phase.COMPLETED, e.endedAt());
        noteStart(task, e.startedAt());
        task.error = null;
        task.output = e.result().output();
        task.answers = e.result().answers();
        task.simulated = e.simulated();
        if (!e.result().decisions().isEmpty()) {
            task.decisions = lastOf(concat(task.decisions, e.result().decisions()));
        }
        run.inlineBytes += inlineSize(task.output);
        run.books.pay(task, e.usage());
        task.logAttempt("completed", e.startedAt(), e.endedAt(), null);
    }

    /** The worker knows better than the run when the first delivery really began, unless others did the work. */
    private static void noteStart(TaskState task, @Nullable Long startedAt) {
        if (task.given == null && task.ownAttempts() <= 1 && task.delivery <= 1 && startedAt != null && startedAt > 0) {
            task.startedAt = startedAt;
        }
    }

    private void attemptFailed(RunEvent.AttemptFailed e) {
        TaskState task = run.move(e.key(), Phase.BACKING_OFF);
        noteStart(task, e.startedAt());
        task.error = e.error();
        task.given = task.given == null ? null : task.given.known();
        run.books.pay(task, e.usage());
        task.logAttempt("retried", e.startedAt(), e.endedAt(), e.error());
        run.agenda.set(task, e.retryAt());
    }

    private void deliveryLost(RunEvent.DeliveryLost e) {
        TaskState task = run.taskState(e.key());
        task.redelivery = true;
        task.lostDeliveries++;
        run.books.presume(task);
        if (e.againAt() > e.at()) {
            run.agenda.set(run.move(e.key(), Phase.BACKING_OFF), e.againAt());
        } else {
            run.move(e.key(), Phase.QUEUED);
        }
    }

    /** It stays where it is: whether it runs at all is still to be decided. */
    private void deliveryUnheard(RunEvent.DeliveryUnheard e) {
        TaskState task = run.taskState(e.key());
        task.beginDelivery(e.at());
        task.revision = run.revision();
        task.redelivery = true;
        task.lostDeliveries++;
        if (task.reserved != null) {
            run.books.presume(task);
            run.move(e.key(), task.phase);
        }
        run.touch(task);
    }

    private void handedBack(RunEvent.HandedBack e) {
        TaskState task = run.taskState(e.key());
        task.redelivery = true;
        if (e.begun()) {
            run.books.pay(task, e.usage());
        }
        run.move(e.key(), Phase.QUEUED);
    }

    private void failed(RunEvent.Failed e) {
        TaskState task = settle(e.key(), Phase.FAILED, e.endedAt() == null ? e.at() : e.endedAt());
        noteStart(task, e.startedAt());
        task.error = e.error();
        run.books.pay(task, e.usage());
        task.logAttempt("failed", e.startedAt(), e.endedAt(), e.error());
        if (!task.node.allowFailure()) {
            task.lane.failed = true;
            run.tally.touch(run.scope(e.key().scope()));
            if (e.key().scope().isEmpty()) {
                run.course.failed(e.key());
            }
        }
    }

    private void cancelled(RunEvent.Cancelled e) {
        TaskState task = settle(e.key(), Phase.CANCELLED, e.at());
        task.lane.cancelled = true;
        if (e.presumed()) {
            run.books.presume(task);
        } else {
            run.books.pay(task, e.usage());
        }
    }

    private void dispatchClosed(long dispatch) {
        Lane lane = run.open.close(dispatch);
        if (lane != null) {
            run.scope(lane.scope()).takeBack(lane);
        }
    }

    private TaskState settle(TaskKey key, Phase to, long at) {
        TaskState task = run.move(key, to);
        task.endedAt = at;
        task.payload = null;
        task.edgeMarks = null;
        run.unsealed.add(key);
        return task;
    }

    private static List<Decision> concat(List<Decision> first, List<Decision> second) {
        List<Decision> all = new ArrayList<>(first);
        all.addAll(second);
        return List.copyOf(all);
    }

    private static long inlineSize(@Nullable Value value) {
        return value instanceof Value.Inline(var json) ? json.toString().length() : 0;
    }
}
