package dev.ratchet.run;

import static dev.ratchet.run.TaskStatus.CANCELLED;
import static dev.ratchet.run.TaskStatus.COMPLETED;
import static dev.ratchet.run.TaskStatus.FAILED;
import static dev.ratchet.run.TaskStatus.PENDING;
import static dev.ratchet.run.TaskStatus.RUNNING;
import static dev.ratchet.run.TaskStatus.SKIPPED;
import static dev.ratchet.run.TaskStatus.WAITING;

import java.util.List;

/**
 * All changes of status that there are, each with the events that make it. What readers are told follows from events; this
 * table says which ways through the states of contract, part 5, exist. A settled task
 * is left only when somebody opens it again; an ended run never.
 */
public final class Transitions {
    /** A task changes its status. */
    public record TaskEdge(TaskStatus from, TaskStatus to, Class<? extends RunEvent> by) {}

    /** A run changes its status. */
    public record RunEdge(RunStatus from, RunStatus to, Class<? extends RunEvent> by) {}

    private static final List<TaskEdge> TASKS = List.of(
            new TaskEdge(PENDING, WAITING, RunEvent.DecisionAsked.class),
            new TaskEdge(PENDING, WAITING, RunEvent.PreparationAsked.class),
            new TaskEdge(PENDING, WAITING, RunEvent.BudgetAwaited.class),
            new TaskEdge(PENDING, RUNNING, RunEvent.HandedOver.class),
            new TaskEdge(PENDING, RUNNING, RunEvent.Executing.class),
            new TaskEdge(PENDING, WAITING, RunEvent.Delegated.class),
            new TaskEdge(PENDING, SKIPPED, RunEvent.Skipped.class),
            new TaskEdge(PENDING, FAILED, RunEvent.Failed.class),
            new TaskEdge(PENDING, CANCELLED, RunEvent.Cancelled.class),
            new TaskEdge(WAITING, PENDING, RunEvent.Queued.class),
            new TaskEdge(WAITING, PENDING, RunEvent.Prepared.class),
            new TaskEdge(WAITING, PENDING, RunEvent.Reserved.class),
            new TaskEdge(WAITING, PENDING, RunEvent.RetryDue.class),
            new TaskEdge(WAITING, COMPLETED, RunEvent.Completed.class),
            new TaskEdge(WAITING, FAILED, RunEvent.Failed.class),
            new TaskEdge(WAITING, SKIPPED, RunEvent.Skipped.class),
            new TaskEdge(WAITING, CANCELLED, RunEvent.Cancelled.class),
            new TaskEdge(RUNNING, WAITING, RunEvent.AttemptFailed.class),
            new TaskEdge(RUNNING, PENDING, RunEvent.DeliveryLost.class),
            new TaskEdge(RUNNING, WAITING, RunEvent.DeliveryLost.class),
            new TaskEdge(RUNNING, WAITING, RunEvent.WorkerMissed.class),
            new TaskEdge(WAITING, RUNNING, RunEvent.WorkerFound.class),
            new TaskEdge(WAITING, PENDING, RunEvent.DeliveryLost.class),
            new TaskEdge(WAITING, PENDING, RunEvent.HandedBack.class),
            new TaskEdge(RUNNING, PENDING, RunEvent.HandedBack.class),
            new TaskEdge(RUNNING, COMPLETED, RunEvent.Completed.class),
            new TaskEdge(RUNNING, FAILED, RunEvent.Failed.class),
            new TaskEdge(RUNNING, CANCELLED, RunEvent.Cancelled.class),
            new TaskEdge(WAITING, RUNNING, RunEvent.AnswerTaken.class),
            new TaskEdge(PENDING, RUNNING, RunEvent.RepeatBegan.class),
            new TaskEdge(WAITING, RUNNING, RunEvent.RepeatBegan.class),
            new TaskEdge(FAILED, PENDING, RunEvent.Reopened.class),
            new TaskEdge(SKIPPED, PENDING, RunEvent.Reopened.class),
            new TaskEdge(WAITING, PENDING, RunEvent.Reopened.class));

    private static final List<RunEdge> RUNS = List.of(
            new RunEdge(RunStatus.PENDING, RunStatus.RUNNING, RunEvent.Started.class),
            new RunEdge(RunStatus.PENDING, RunStatus.ABORTING, RunEvent.Closing.class),
            new RunEdge(RunStatus.RUNNING, RunStatus.PAUSED, RunEvent.BudgetAwaited.class),
            new RunEdge(RunStatus.RUNNING, RunStatus.PAUSED, RunEvent.Completed.class),
            new RunEdge(RunStatus.RUNNING, RunStatus.PAUSED, RunEvent.AttemptFailed.class),
            new RunEdge(RunStatus.RUNNING, RunStatus.PAUSED, RunEvent.Failed.class),
            new RunEdge(RunStatus.RUNNING, RunStatus.PAUSED, RunEvent.DeliveryLost.class),
            new RunEdge(RunStatus.RUNNING, RunStatus.PAUSED, RunEvent.HandedBack.class),
            new RunEdge(RunStatus.RUNNING, RunStatus.PAUSED, RunEvent.AnswerTaken.class),
            new RunEdge(RunStatus.PAUSED, RunStatus.RUNNING, RunEvent.Reserved.class),
            new RunEdge(RunStatus.PAUSED, RunStatus.RUNNING, RunEvent.Queued.class),
            new RunEdge(RunStatus.PAUSED, RunStatus.RUNNING, RunEvent.Closing.class),
            new RunEdge(RunStatus.PAUSED, RunStatus.ABORTING, RunEvent.Closing.class),
            new RunEdge(RunStatus.RUNNING, RunStatus.PAUSED, RunEvent.Paused.class),
            new RunEdge(RunStatus.PAUSED, RunStatus.RUNNING, RunEvent.Resumed.class),
            new RunEdge(RunStatus.PAUSED, RunStatus.RUNNING, RunEvent.Skipped.class),
            new RunEdge(RunStatus.PAUSED, RunStatus.RUNNING, RunEvent.Reopened.class),
            new RunEdge(RunStatus.PAUSED, RunStatus.COMPLETED, RunEvent.Ended.class),
            new RunEdge(RunStatus.PAUSED, RunStatus.FAILED, RunEvent.Ended.class),
            new RunEdge(RunStatus.RUNNING, RunStatus.ABORTING, RunEvent.Closing.class),
            new RunEdge(RunStatus.RUNNING, RunStatus.COMPLETED, RunEvent.Ended.class),
            new RunEdge(RunStatus.RUNNING, RunStatus.FAILED, RunEvent.Ended.class),
            new RunEdge(RunStatus.ABORTING, RunStatus.ABORTED, RunEvent.Ended.class));

    private Transitions() {}

    public static List<TaskEdge> ofTasks() {
        return TASKS;
    }

    public static List<RunEdge> ofRuns() {
        return RUNS;
    }
}
