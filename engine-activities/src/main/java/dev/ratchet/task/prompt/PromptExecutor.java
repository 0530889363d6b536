package dev.ratchet.task.prompt;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.ratchet.document.ErrorCode;
import dev.ratchet.document.Json;
import dev.ratchet.plan.TaskType;
import dev.ratchet.run.Usage;
import dev.ratchet.task.model.ChatReply;
import dev.ratchet.task.model.ModelRegistry;
import dev.ratchet.task.spi.Preparation;
import dev.ratchet.task.spi.TaskContext;
import dev.ratchet.task.spi.TaskExecutor;
import dev.ratchet.task.spi.TaskFailure;
import dev.ratchet.task.spi.TaskResult;
import java.util.List;

/**
 * Carries out {@code prompt} tasks in two steps: what is sent is built, estimated and stored; once its money is reserved,
 * it is sent. What was used is paid at the prices of the estimate. Thread-safe.
 */
public final class PromptExecutor implements TaskExecutor {
    private final ModelRegistry models;
    private final PromptPreparation preparation;
    private final PromptInspector inspector;

    public PromptExecutor(ModelRegistry models) {
        this.models = models;
        this.preparation = new PromptPreparation(models);
        this.inspector = new PromptInspector(models);
    }

    @Override
    public TaskType type() {
        return PromptSchema.TYPE;
    }

    @Override
    public TaskType.Inspector inspector() {
        return inspector;
    }

    @Override
    public Preparation prepare(TaskContext context) throws TaskFailure {
        PreparedPrompt prepared = preparation.prepare(context);
        return new Preparation.Ready(prepared.estimate(), Json.tree(prepared));
    }

    @Override
    public TaskResult execute(TaskContext context) throws TaskFailure, InterruptedException {
        PreparedPrompt prepared = prepared(context);
        ChatReply reply = models.chat(prepared.offer(), prepared.request(), context);
        Usage usage = prepared.offer().model().pricing().usage(reply.inputTokens(), reply.outputTokens());
        JsonNode output = PromptAnswer.output(reply, usage, prepared.request().outputSchema());
        return new TaskResult(output, usage, prepared.offer().simulated(), List.of());
    }

    private static PreparedPrompt prepared(TaskContext context) throws TaskFailure {
        try {
            PreparedPrompt prepared = Json.mapper().treeToValue(context.prepared(), PreparedPrompt.class);
            if (prepared != null) {
                return prepared;
            }
        } catch (JsonProcessingException | IllegalArgumentException e) {
            throw unreadable();
        }
        throw unreadable();
    }

    private static TaskFailure unreadable() {
        return TaskFailure.permanent(
                ErrorCode.CONTEXT_BUILD_FAILED, "Expected the prompt that was prepared, but it cannot be read");
    }
}
