package dev.ratchet.service.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ratchet.document.Documents;
import dev.ratchet.plan.Node;
import dev.ratchet.plan.Policies.ExecutionMode;
import dev.ratchet.plan.TaskSpec;
import dev.ratchet.run.Command;
import dev.ratchet.run.Given;
import dev.ratchet.run.Hold;
import dev.ratchet.run.KnownTasks;
import dev.ratchet.run.Request;
import dev.ratchet.run.TaskError;
import dev.ratchet.run.TaskKey;
import dev.ratchet.run.TaskRecord;
import dev.ratchet.run.TaskStatus;
import dev.ratchet.run.Value;
import dev.ratchet.run.WaitingFor;
import dev.ratchet.service.problem.ProblemCode;
import dev.ratchet.service.problem.ProblemException;
import dev.ratchet.task.blob.BlobException;
import dev.ratchet.task.blob.BlobStore;
import dev.ratchet.task.blob.Values;
import dev.ratchet.workflow.SnapshotRequest;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Hands the answers of people and agents to runs. The run judges; only what has ended is judged here. */
final class Answering {
    private static final String AGENT = "agent";

    private final RunReader reader;
    private final Controls controls;
    private final AgentQueues queues;
    private final Values values;

    Answering(RunReader reader, Controls controls, AgentQueues queues, BlobStore blobs) {
        this.reader = reader;
        this.controls = controls;
        this.queues = queues;
        this.values = new Values(blobs);
    }

    AskedTask find(RunId run, String task) {
        return find(reader.read(run, SnapshotRequest.of(TaskKey.parse(task))).told(), task);
    }

    private AskedTask find(RunReading.Told run, String task) {
        TaskRecord record = run.tasks().stream()
                .filter(known -> known.key().toString().equals(task))
                .findFirst()
                .orElse(null);
        Node node = KnownTasks.node(run.knownPlan(), TaskKey.parse(task));
        if (node == null) {
            throw ProblemException.of(
                    ProblemCode.TASK_NOT_FOUND,
                    "Expected run " + run.run().id() + " to have that task, but it has not");
        }
        if (record == null) {
            var ignored = run.withAllTasks();
        }
        boolean parks = node.mode() == ExecutionMode.PARKED;
        TaskSpec spec = node.task();
        if (!parks || (record != null && record.waitingFor() == WaitingFor.TIMER)) {
            throw notWaiting(
                    "Expected a task that waits for a person or an agent, but " + task + " is a " + spec.type());
        }
        Hold hold = record == null ? null : record.hold();
        return new AskedTask(run, task, spec, record, hold == null ? null : assignment(spec, hold));
    }

    /** Whoever carries a task out has been told what it is; a decision needs the question that it is about. */
    private @Nullable JsonNode assignment(TaskSpec spec, Hold hold) {
        try {
            return load(hold.assignment());
        } catch (BlobException lost) {
            if (!spec.type().equals(AGENT)) {
                throw lost;
            }
            return null;
        }
    }

    Answered give(AskedTask task, Given given, @Nullable String key, Signature by) throws InterruptedException {
        if (task.reading().isTerminal()) {
            return again(task, given);
        }
        Controls.Sent sent = send(task, given, null, key, by);
        AskedTask after = find(sent.after().told(), task.key());
        if (sent.verdict() == null && sent.after().isTerminal()) {
            return again(after, given);
        }
        return new Answered(after, sent.verdict() != null && !task.isEarly());
    }

    /** Whoever comes second has come too late, whatever they say. */
    Answered giveOnce(AskedTask task, Given given, int attempt, String by) throws InterruptedException {
        Controls.Sent sent = send(task, given, attempt, null, new Signature(by, null));
        if (!sent.delivered()) {
            throw Controls.finished(task.run(), sent.after());
        }
        return new Answered(find(sent.after().told(), task.key()), sent.verdict() != null);
    }

    private Controls.Sent send(AskedTask task, Given given, @Nullable Integer once, @Nullable String key, Signature by)
            throws InterruptedException {
        String id = NewIds.hash("give\n" + task.key() + "\n" + (key == null ? UUID.randomUUID() : "key " + key));
        Request.Give give = new Request.Give(TaskKey.parse(task.key()), given, once);
        return controls.deliver(
                task.run(),
                new Command(id, by.by(), by.why(), give),
                key != null,
                SnapshotRequest.of(TaskKey.parse(task.key())));
    }

    /** The run has ended: what ended with this very answer was answered so. */
    private Answered again(AskedTask task, Given given) {
        TaskRecord record = task.record();
        if (record != null && isSame(record, given)) {
            return new Answered(task, true);
        }
        throw Controls.finished(task.run(), task.reading());
    }

    private boolean isSame(TaskRecord record, Given given) {
        Value output = record.output();
        Value value = given.value();
        if (record.state() == TaskStatus.COMPLETED && output != null && value != null) {
            return hash(output).equals(hash(value));
        }
        TaskError failed = record.error();
        TaskError error = given.error();
        return failed != null
                && error != null
                && failed.code().equals(error.code())
                && failed.message().equals(error.message());
    }

    /** When a decision was made is no part of it. */
    private String hash(Value value) {
        JsonNode json = load(value);
        if (json instanceof ObjectNode object && object.has("approved") && object.has("at")) {
            json = object.deepCopy().without("at");
        }
        return Documents.hash(json);
    }

    private JsonNode load(Value value) {
        return values.load(value, BlobStore.MAX_BYTES);
    }

    void heartbeat(AskedTask task, @Nullable Long lease, long leaseMs) {
        if (task.reading().isTerminal()) {
            throw Controls.finished(task.run(), task.reading());
        }
        TaskRecord record = task.record();
        Hold hold = task.hold();
        if (record == null || hold == null) {
            throw notWaiting("Expected " + task.key() + " to wait for an answer, but it does not");
        }
        String queue = hold.askedQueue();
        if (queue != null) {
            String job = task.run().workflowId() + "/" + task.key() + "/" + record.attempts();
            queues.renew(task.run().organization(), queue, job, lease, leaseMs);
        }
    }

    static ProblemException notWaiting(String message) {
        return ProblemException.of(ProblemCode.TASK_NOT_WAITING, message);
    }
}
