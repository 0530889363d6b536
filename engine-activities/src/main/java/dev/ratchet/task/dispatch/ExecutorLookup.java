package dev.ratchet.task.dispatch;

import dev.ratchet.task.spi.TaskExecutor;
import org.jspecify.annotations.Nullable;

/** The executors of a worker. Thread-safe. */
public interface ExecutorLookup {
    /** Who carries out tasks of a type; absent when this worker has nobody for it. */
    @Nullable
    TaskExecutor executor(String type);
}
