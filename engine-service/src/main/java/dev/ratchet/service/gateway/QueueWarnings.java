package dev.ratchet.service.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ratchet.plan.Warning;
import dev.ratchet.task.execution.TaskQueues;
import io.grpc.StatusRuntimeException;
import io.temporal.client.WorkflowClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Warns of task queues in a document that no worker looks at. Says nothing where Temporal does not answer. Thread-safe. */
final class QueueWarnings {
    private static final String QUEUE = "task_queue";

    /** Where tasks are; what else a document holds is its author's. */
    private static final List<String> LISTS = List.of("tasks", "nodes", "body");

    /** More queues than anybody names by mistake: each costs a call. */
    private static final int MOST = 32;

    private final WorkflowClient client;

    QueueWarnings(WorkflowClient client) {
        this.client = client;
    }

    List<Warning> of(JsonNode document) {
        Map<String, String> queues = new TreeMap<>();
        collect(document, "", queues);
        List<Warning> warnings = new ArrayList<>();
        queues.entrySet().stream().limit(MOST).forEach(queue -> {
            if (!mayBePolled(queue.getKey())) {
                warnings.add(new Warning(
                        queue.getValue(),
                        "Expected a worker at task queue " + queue.getKey()
                                + ", but none has asked it for work lately; its tasks would wait until one does"));
            }
        });
        return warnings;
    }

    private boolean mayBePolled(String queue) {
        try {
            return TaskQueues.arePolled(client, queue);
        } catch (StatusRuntimeException unknown) {
            return true;
        }
    }

    /** Notes where each queue is named first. */
    private static void collect(JsonNode task, String pointer, Map<String, String> queues) {
        JsonNode queue = task.path(QUEUE);
        if (queue.isTextual() && !queue.textValue().isEmpty()) {
            queues.putIfAbsent(queue.textValue(), pointer + "/" + QUEUE);
        }
        if (task.path("config").isObject()) {
            collect(task.path("config"), pointer + "/config", queues);
        }
        for (String list : LISTS) {
            JsonNode tasks = task.path(list);
            for (int i = 0; tasks.isArray() && i < tasks.size(); i++) {
                collect(tasks.get(i), pointer + "/" + list + "/" + i, queues);
            }
        }
    }
}
