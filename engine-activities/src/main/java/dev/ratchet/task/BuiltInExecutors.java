package dev.ratchet.task;

import dev.ratchet.task.agent.AgentExecutor;
import dev.ratchet.task.approval.ApprovalExecutor;
import dev.ratchet.task.child.RunExecutor;
import dev.ratchet.task.external.ActivityExecutor;
import dev.ratchet.task.flow.BranchExecutor;
import dev.ratchet.task.flow.LoopExecutor;
import dev.ratchet.task.flow.MapExecutor;
import dev.ratchet.task.function.FunctionExecutor;
import dev.ratchet.task.http.HttpExecutor;
import dev.ratchet.task.http.HttpSettings;
import dev.ratchet.task.spi.TaskExecutor;
import dev.ratchet.task.spi.TaskExecutorProvider;
import dev.ratchet.task.transform.TransformExecutor;
import dev.ratchet.task.waiting.WaitExecutor;
import java.util.List;

/**
 * The task types that need no model. Found on the class path they are configured by the environment; a worker
 * that has settings of its own wires them itself, and what is wired wins.
 */
public final class BuiltInExecutors implements TaskExecutorProvider {
    private final HttpSettings http;

    /** For {@link java.util.ServiceLoader}. */
    public BuiltInExecutors() {
        this(HttpSettings.fromEnvironment(System.getenv()));
    }

    public BuiltInExecutors(HttpSettings http) {
        this.http = http;
    }

    @Override
    public List<TaskExecutor> executors() {
        return List.of(
                FunctionExecutor.withPlugIns(),
                new TransformExecutor(),
                new WaitExecutor(),
                new HttpExecutor(http),
                new ActivityExecutor(),
                new BranchExecutor(),
                new LoopExecutor(),
                new MapExecutor(),
                new RunExecutor(),
                new AgentExecutor(),
                new ApprovalExecutor());
    }
}
