package dev.ratchet.task.spi;

import java.util.List;

/** Names the executors of a plug-in; found by {@link java.util.ServiceLoader} on the worker's class path. */
public interface TaskExecutorProvider {
    List<TaskExecutor> executors();
}
