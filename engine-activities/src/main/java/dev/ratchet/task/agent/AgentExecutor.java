package dev.ratchet.task.agent;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ratchet.document.ErrorCode;
import dev.ratchet.plan.Policies;
import dev.ratchet.plan.TaskType;
import dev.ratchet.run.Hold;
import dev.ratchet.run.WaitingFor;
import dev.ratchet.task.asking.Asking;
import dev.ratchet.task.asking.AskingInspector;
import dev.ratchet.task.spi.Preparation;
import dev.ratchet.task.spi.TaskContext;
import dev.ratchet.task.spi.TaskExecutor;
import dev.ratchet.task.spi.TaskFailure;
import dev.ratchet.task.spi.TaskResult;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Hands work out, to whoever polls a queue or is called, and waits until they complete it. What they give is the output.
 * Thread-safe.
 */
public final class AgentExecutor implements TaskExecutor {
    private static final String DEFAULT_QUEUE = "default";
    private static final Pattern QUEUE = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]{0,62}");

    private static final TaskType TYPE = TaskType.of(
            "agent",
            Policies.ExecutionMode.PARKED,
            "Hands work out and waits until somebody completes it",
            Asking.schema("{\"queue\": {\"type\": \"string\", \"pattern\": \"^[A-Za-z0-9_][A-Za-z0-9_.-]{0,62}$\"}}"));

    @Override
    public TaskType type() {
        return TYPE;
    }

    @Override
    public TaskType.Inspector inspector() {
        return (config, sink) -> {
            AskingInspector.inspect(config, sink);
            JsonNode next = config.path("escalate_to");
            if (next.isTextual() && !next.textValue().contains("${") && !isSomebody(next.textValue())) {
                sink.problem("/escalate_to", ErrorCode.INVALID_INPUT, nobody());
            }
            return false;
        };
    }

    /** Where agents are called and no queue is named, none is needed. */
    @Override
    public Preparation prepare(TaskContext context) throws TaskFailure {
        JsonNode config = context.config();
        Asking asking = Asking.read(config);
        ObjectNode assignment = Asking.assignment(context, TYPE.name());
        assignment.set("input", context.input());
        String queue = asking.notifyUrl() == null ? DEFAULT_QUEUE : null;
        return asking.escalatingTo(next(asking.escalateTo()))
                .park(
                        WaitingFor.AGENT,
                        assignment,
                        config.path("queue").asText(queue),
                        config.has("default") ? config.get("default") : null);
    }

    @Override
    public TaskResult execute(TaskContext context) {
        return TaskResult.of(context.prepared());
    }

    private static @Nullable String next(@Nullable String escalateTo) throws TaskFailure {
        if (escalateTo == null || Asking.isUrl(escalateTo)) {
            return escalateTo;
        }
        if (!isSomebody(escalateTo)) {
            throw TaskFailure.permanent(ErrorCode.INVALID_INPUT, nobody());
        }
        return Hold.QUEUE + escalateTo;
    }

    private static boolean isSomebody(String text) {
        return Asking.isUrl(text) || QUEUE.matcher(text).matches();
    }

    private static String nobody() {
        return "Expected 'escalate_to' to be the name of a queue or an http or https URL, but it is neither";
    }
}
