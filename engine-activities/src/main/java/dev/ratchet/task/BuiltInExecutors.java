package dev.ratchet.task;

import dev.ratchet.task.function.FunctionExecutor;
import dev.ratchet.task.spi.TaskExecutor;
import dev.ratchet.task.spi.TaskExecutorProvider;
import dev.ratchet.task.transform.TransformExecutor;
import dev.ratchet.task.waiting.WaitExecutor;
import java.util.List;

/** The task types that need no model and no person. */
public final class BuiltInExecutors implements TaskExecutorProvider {
    @Override
    public List<TaskExecutor> executors() {
        return List.of(FunctionExecutor.withPlugIns(), new TransformExecutor(), new WaitExecutor());
    }
}
