package dev.ratchet.task.worker;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.ratchet.document.Json;
import dev.ratchet.expression.Expressions;
import dev.ratchet.plan.Edge;
import dev.ratchet.plan.Node;
import dev.ratchet.plan.Plan;
import dev.ratchet.plan.PlanPolicy;
import dev.ratchet.plan.Policies;
import dev.ratchet.plan.Question;
import dev.ratchet.plan.RetryPolicy;
import dev.ratchet.plan.Scope;
import dev.ratchet.plan.TaskSpec;
import dev.ratchet.run.CarriedRun;
import dev.ratchet.run.InlineAnswer;
import dev.ratchet.run.InlineJob;
import dev.ratchet.run.Outcome;
import dev.ratchet.run.Request;
import dev.ratchet.run.RunFold;
import dev.ratchet.run.RunInput;
import dev.ratchet.run.RunState;
import dev.ratchet.run.TaskKey;
import dev.ratchet.run.Value;
import dev.ratchet.workflow.AssignmentActivity;
import dev.ratchet.workflow.CommandVerdict;
import dev.ratchet.workflow.DispatchRequest;
import dev.ratchet.workflow.DispatchResult;
import dev.ratchet.workflow.InlineRequest;
import dev.ratchet.workflow.InlineResult;
import dev.ratchet.workflow.RunStart;
import dev.ratchet.workflow.Snapshot;
import dev.ratchet.workflow.SnapshotRequest;
import java.util.List;

/**
 * Loads what a run's first workflow task needs. In a cold process that takes longer than the second after which the SDK
 * takes workflow code for stuck.
 */
final class WarmUp {
    private static final List<Class<?>> TRAVELLING = List.of(
            RunStart.class,
            Snapshot.class,
            SnapshotRequest.class,
            CommandVerdict.class,
            DispatchRequest.class,
            DispatchResult.class,
            InlineRequest.class,
            InlineResult.class,
            AssignmentActivity.Job.class,
            CarriedRun.class,
            Value.class,
            Question.class,
            Request.class,
            Outcome.Result.class,
            InlineJob.class,
            InlineAnswer.class,
            RunInput.class);

    private WarmUp() {}

    static void run() {
        Expressions.warmUp();
        TRAVELLING.forEach(WarmUp::prepare);
        fold(Json.read(Json.write(plan()), Plan.class));
    }

    /** Readers and writers find out all about a type when they are made. */
    private static void prepare(Class<?> type) {
        ObjectMapper mapper = Json.mapper();
        mapper.readerFor(type);
        mapper.writerFor(type);
        if (type.isSealed()) {
            for (Class<?> arm : type.getPermittedSubclasses()) {
                prepare(arm);
            }
        }
    }

    private static void fold(Plan plan) {
        RunFold fold = new RunFold(new RunState(plan));
        fold.feed(new RunInput.Begin(1));
        fold.proceed(1);
        fold.feed(new RunInput.Reported(2, List.of(outcome("a"))));
        fold.proceed(2);
        Json.write(fold.state().records(0));
    }

    private static Outcome outcome(String id) {
        Outcome.Result completed =
                new Outcome.Completed(Value.of(JsonNodeFactory.instance.objectNode()), List.of(), List.of());
        return new Outcome(TaskKey.root(id), 1, 1, 1, 2, completed, null, false);
    }

    private static Plan plan() {
        return new Plan(PlanPolicy.DEFAULT, new Scope(List.of(node("a"), node("b", Edge.plain("a")))));
    }

    private static Node node(String id, Edge... edges) {
        TaskSpec task = new TaskSpec(id, "warm-up", null, null, null, List.of(), null, List.of(), List.of(), 1_000);
        return new Node(
                task,
                Policies.ExecutionMode.DISPATCHED,
                true,
                List.of(edges),
                List.of(),
                null,
                List.of(),
                Policies.TriggerRule.NONE_FAILED,
                RetryPolicy.ONCE,
                false,
                null,
                null,
                null,
                0,
                null);
    }
}
