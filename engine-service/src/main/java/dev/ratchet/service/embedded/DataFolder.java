package dev.ratchet.service.embedded;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The locked folder of one embedded engine. The operating system drops the lock with the process, however that
 * ends; {@code engine.json} only says who holds it, and counts only while the lock is held. Thread-safe.
 */
public final class DataFolder implements AutoCloseable {
    /** Locks of this JVM: opening and closing a locked file a second time would silently drop its lock. */
    private static final Set<Path> HELD_HERE = ConcurrentHashMap.newKeySet();

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private final Path path;
    private final FileChannel channel;
    private EngineInfo info = EngineInfo.starting();

    private DataFolder(Path path, FileChannel channel) {
        this.path = path;
        this.channel = channel;
    }

    /**
     * Takes the folder, which is made where it is absent.
     *
     * @throws DataFolderHeldException if another engine has it
     * @throws UncheckedIOException if the folder cannot be made or written
     */
    public static DataFolder lock(Path folder) {
        try {
            Path path = Files.createDirectories(folder.toAbsolutePath()).toRealPath();
            if (!HELD_HERE.add(path)) {
                throw new DataFolderHeldException(path, read(path));
            }
            FileChannel channel = tryLock(path);
            if (channel == null) {
                HELD_HERE.remove(path);
                throw new DataFolderHeldException(path, read(path));
            }
            DataFolder locked = new DataFolder(path, channel);
            locked.write();
            return locked;
        } catch (IOException unusable) {
            throw new UncheckedIOException("Expected to use data folder " + folder + ", but " + unusable, unusable);
        }
    }

    /** Who holds the folder now, if anybody does and has said so. */
    public static Optional<EngineInfo> holder(Path folder) {
        try {
            if (!Files.exists(folder.resolve("engine.json"))) {
                return Optional.empty();
            }
            Path path = folder.toRealPath();
            if (HELD_HERE.contains(path)) {
                return Optional.ofNullable(read(path));
            }
            try (FileChannel free = tryLock(path)) {
                return free == null ? Optional.ofNullable(read(path)) : Optional.empty();
            }
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }

    public Path path() {
        return path;
    }

    /** Says in {@code engine.json} where the API listens, so that the command line finds this engine. */
    public synchronized void announceApi(String url) {
        info = info.withApi(url);
        write();
    }

    synchronized void announceTemporal(TemporalServer server) {
        info = info.withTemporal(server);
        write();
    }

    /** Gives the folder back. */
    @Override
    public synchronized void close() {
        if (!channel.isOpen()) {
            return;
        }
        try (channel) {
            Files.deleteIfExists(path.resolve("engine.json"));
        } catch (IOException ignored) {
            // the file means nothing without the lock, which is gone in any case
        } finally {
            HELD_HERE.remove(path);
        }
    }

    private void write() {
        try {
            Path fresh = path.resolve("engine.json.new");
            Files.write(fresh, JSON.writeValueAsBytes(info));
            Files.move(
                    fresh,
                    path.resolve("engine.json"),
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException failed) {
            throw new UncheckedIOException("Expected to write engine.json in " + path + ", but " + failed, failed);
        }
    }

    private static @Nullable FileChannel tryLock(Path path) throws IOException {
        FileChannel channel =
                FileChannel.open(path.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = channel.tryLock();
        if (lock == null) {
            channel.close();
            return null;
        }
        return channel;
    }

    private static @Nullable EngineInfo read(Path path) {
        try {
            return JSON.readValue(Files.readAllBytes(path.resolve("engine.json")), EngineInfo.class);
        } catch (IOException absentOrForeign) {
            return null;
        }
    }
}
