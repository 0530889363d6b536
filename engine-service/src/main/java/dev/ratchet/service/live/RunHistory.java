package dev.ratchet.service.live;

import com.google.protobuf.ByteString;
import org.jspecify.annotations.Nullable;

/** The history of runs, as far as watchers need it. Implemented by the gateway. Thread-safe. */
public interface RunHistory {
    /**
     * Reads on, and waits (about 20 seconds at most) where there is nothing new.
     *
     * @param position where the last page ended; absent for the beginning
     * @throws RuntimeException when there is no such run, or Temporal does not answer
     */
    Page next(String workflowId, @Nullable Position position);

    /**
     * Waits (about 20 seconds at most) for the end of a run.
     *
     * @param position of the last call; absent at first
     * @return the end's page: {@code ended} once there is one
     */
    Page end(String workflowId, @Nullable Position position);

    /** A place in a history: the execution (of a chain), and Temporal's token there. */
    record Position(String execution, ByteString token) {}

    /**
     * What was read.
     *
     * @param changed whether the run may have changed
     * @param ended whether the run (not just one execution of its chain) has ended
     */
    record Page(Position position, boolean changed, boolean ended) {}
}
