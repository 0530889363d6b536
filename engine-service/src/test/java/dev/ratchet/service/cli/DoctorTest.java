package dev.ratchet.service.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ratchet.service.cli.Finding.Level;
import dev.ratchet.service.config.Environment;
import dev.ratchet.service.config.RatchetConfig;
import dev.ratchet.service.embedded.DataFolder;
import dev.ratchet.task.blob.BlobStore;
import dev.ratchet.task.blob.FolderBlobStore;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DoctorTest {
    @TempDir
    Path home;

    private final Map<String, String> variables = new HashMap<>();

    @BeforeEach
    void givenAHostWithACli() throws Exception {
        Path cli = Files.writeString(
                home.resolve("temporal"), "#!/bin/sh\necho 'temporal version 1.5.1 (Server 1.29.1, UI 2.42.1)'\n");
        assertThat(cli.toFile().setExecutable(true)).isTrue();
        variables.put("TEMPORAL_CLI", cli.toString());
        variables.put("RATCHET_PORT", "0");
        variables.put("RATCHET_ADMIN_PORT", "0");
        variables.put("RATCHET_DATA", home.resolve("data").toString());
    }

    private List<Finding> examine() {
        Environment environment = new Environment(variables, home);
        return new Doctor(RatchetConfig.load(null, environment), environment).examine(null);
    }

    private Finding finding(String subject) {
        return examine().stream()
                .filter(finding -> finding.subject().equals(subject))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void shouldFindNothingWrongOnAGoodHost() {
        assertThat(examine()).noneMatch(Finding::isProblem);
        assertThat(examine())
                .extracting(Finding::subject)
                .containsExactly(
                        "JDK",
                        "Temporal",
                        "data folder",
                        "API port",
                        "admin port",
                        "disk",
                        "blobs",
                        "model keys",
                        "clock");
    }

    @Test
    void shouldChangeNothing() {
        examine();

        assertThat(home.resolve("data")).doesNotExist();
        assertThat(home.toFile().list()).containsExactly("temporal");
    }

    @Test
    void shouldSayWhereTemporalWasFound() {
        assertThat(finding("Temporal").line()).contains("server 1.29.1", home.resolve("temporal") + " (TEMPORAL_CLI)");
    }

    @Test
    void shouldCallAWrongTemporalCliAProblem() {
        variables.put("TEMPORAL_CLI", "/absent");

        assertThat(finding("Temporal").level()).isEqualTo(Level.PROBLEM);
        assertThat(finding("Temporal").line()).contains("/absent", "-> correct or unset TEMPORAL_CLI");
    }

    @Test
    void shouldNameKeysButNeverTheirValues() {
        variables.put("ANTHROPIC_API_KEY", "canary-value");

        assertThat(finding("model keys").line())
                .contains("ANTHROPIC_API_KEY configured", "OPENAI_API_KEY not configured")
                .doesNotContain("canary");
        assertThat(examine()).extracting(Finding::line).noneMatch(line -> line.contains("canary"));
    }

    @Test
    void shouldCallATakenPortAProblemAndSayWhatToDo() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            variables.put("RATCHET_PORT", Integer.toString(taken.getLocalPort()));

            assertThat(finding("API port").level()).isEqualTo(Level.PROBLEM);
            assertThat(finding("API port").line()).contains(taken.getLocalPort() + ", taken", "-> choose another");
        }
    }

    @Test
    void shouldFindStoredValuesThatAreDamaged() throws Exception {
        Path blobs = home.resolve("data").resolve("blobs");
        FolderBlobStore store = new FolderBlobStore(blobs);
        store.put("sound".getBytes(StandardCharsets.UTF_8), BlobStore.JSON);
        assertThat(finding("blobs").line()).contains("1 stored values", "all sound");

        String ref = store.put("[{\"key\":\"a\"}]".getBytes(StandardCharsets.UTF_8), BlobStore.JSON)
                .ref();
        Path file =
                blobs.resolve(ref.substring(0, 2)).resolve(ref.substring(2, 4)).resolve(ref);
        Files.writeString(file, "[{\"key\":\"b\"}]");

        assertThat(finding("blobs").isProblem()).isTrue();
        assertThat(finding("blobs").line())
                .contains("1 damaged of 2", ref, "13 bytes, a page of tasks", "-> put these files back");
    }

    @Test
    void shouldNameTheEngineThatHoldsTheDataFolder() {
        try (DataFolder held = DataFolder.lock(home.resolve("data"))) {
            held.announceApi("http://127.0.0.1:4711");

            assertThat(finding("data folder").line())
                    .contains("held by the engine with pid "
                            + ProcessHandle.current().pid())
                    .contains("http://127.0.0.1:4711");
        }
    }
}
