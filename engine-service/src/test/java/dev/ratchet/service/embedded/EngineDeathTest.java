package dev.ratchet.service.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class EngineDeathTest {
    private static final int GONE_WITHIN_S = 20;

    @TempDir
    Path folder;

    private EmbeddedTemporal start() {
        return EmbeddedTemporal.start(folder, EmbeddedOptions.anyPort(TemporalForTests.cli()));
    }

    @Test
    void shouldEndTheServerWhenTheEngineIsKilled() throws Exception {
        try (EngineProcess engine = EngineProcess.start(folder)) {
            ProcessHandle server = engine.server();
            assertThat(server.isAlive()).isTrue();

            engine.kill();

            server.onExit().get(GONE_WITHIN_S, TimeUnit.SECONDS);
            assertThat(server.isAlive()).isFalse();
            start().close();
        }
    }

    @Test
    void shouldNameTheHolderOfALockedFolder() throws Exception {
        try (EngineProcess engine = EngineProcess.start(folder)) {
            assertThat(DataFolder.holder(folder)).hasValueSatisfying(holder -> {
                assertThat(holder.pid()).isEqualTo(engine.pid());
                assertThat(holder.api()).isEqualTo("http://127.0.0.1:4711");
                assertThat(holder.durable()).isTrue();
            });
            assertThatThrownBy(this::start)
                    .isInstanceOf(DataFolderHeldException.class)
                    .hasMessageContaining("Expected data folder " + folder.toRealPath())
                    .hasMessageContaining("the engine with pid " + engine.pid() + " at http://127.0.0.1:4711");
        }
    }

    @Test
    void shouldForgetAHolderThatWasKilled() throws Exception {
        try (EngineProcess engine = EngineProcess.start(folder)) {
            ProcessHandle dead = ProcessHandle.of(engine.pid()).orElseThrow();
            engine.kill();
            dead.onExit().get(GONE_WITHIN_S, TimeUnit.SECONDS);

            assertThat(folder.resolve("engine.json")).exists();
            assertThat(DataFolder.holder(folder)).isEmpty();
        }
    }

    @Test
    void shouldEndAnOrphanBeforeItOpensTheDatabaseItself() throws Exception {
        try (EngineProcess engine = EngineProcess.start(folder)) {
            ProcessHandle orphan = engine.server();
            engine.keeper().destroyForcibly();
            engine.kill();

            try (EmbeddedTemporal temporal = start()) {
                assertThat(orphan.isAlive()).isFalse();
                assertThat(temporal.pid()).isPresent().isNotEqualTo(orphan.pid());
            }
        }
    }

    @Test
    void shouldRefuseAFolderThatThisProcessHolds() {
        try (DataFolder held = DataFolder.lock(folder)) {
            assertThatThrownBy(() -> DataFolder.lock(held.path()))
                    .isInstanceOf(DataFolderHeldException.class)
                    .hasMessageContaining("pid " + ProcessHandle.current().pid());
        }
        DataFolder.lock(folder).close();
    }
}
