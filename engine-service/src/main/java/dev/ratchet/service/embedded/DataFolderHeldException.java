package dev.ratchet.service.embedded;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Another engine holds the data folder. */
public final class DataFolderHeldException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient @Nullable EngineInfo holder;

    DataFolderHeldException(Path folder, @Nullable EngineInfo holder) {
        super(
                "Expected data folder %s to be free, but %s holds it. Use that engine, stop it, or name another folder with --data."
                        .formatted(folder, describe(holder)));
        this.holder = holder;
    }

    /** Who holds it, if it has said so. */
    public Optional<EngineInfo> holder() {
        return Optional.ofNullable(holder);
    }

    private static String describe(@Nullable EngineInfo holder) {
        if (holder == null) {
            return "another process";
        }
        String where = holder.api() == null ? "" : " at " + holder.api();
        return "the engine with pid %d%s, started %s,"
                .formatted(holder.pid(), where, Instant.ofEpochMilli(holder.startedAt()));
    }
}
